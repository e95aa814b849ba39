"""Two lenders to tell a story with: one lets every day pass over the book, one never does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.door import held_open
from tests.stories.lender import CLOSED_DAY, Lender


@pytest.fixture(params=[True, False], ids=["with daily runs", "without a daily run"])
async def lender(
    request: pytest.FixtureRequest, fresh_database: str, tmp_path: Path
) -> AsyncIterator[Lender]:
    """A lender on the day its loans are closed."""
    async with held_open(fresh_database, tmp_path, CLOSED_DAY) as door:
        yield Lender(door=door, runs_daily=request.param)
