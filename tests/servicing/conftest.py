"""One lender for each test, on a fresh database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.servicing.lending import Lender, lender_on


@pytest.fixture
async def lender(fresh_database: str, tmp_path: Path) -> AsyncIterator[Lender]:
    """A lender whose business date is the day the first loans are made."""
    async with lender_on(fresh_database, tmp_path) as lender:
        yield lender
