"""One house for each file of tests, its API, and a loan to try things on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.api.door import Door, held_open, lend
from tests.api.served import TODAY


@pytest.fixture(scope="module")
async def door(
    module_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Door]:
    """The API of a house of its own; its business date is 10 January 2025."""
    async with held_open(module_database, tmp_path_factory.mktemp("home"), TODAY) as door:
        yield door


@pytest.fixture
async def loan(door: Door) -> str:
    """A loan disbursed today."""
    return await lend(door)
