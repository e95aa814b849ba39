"""Statements of how the book moved, on an empty database."""

from __future__ import annotations

from datetime import date

from store import book_movement
from store.book import NOW_AND_LATER
from store.postgres import open_pool

BEFORE, DAY = date(2026, 1, 1), date(2026, 2, 1)


async def test_no_loans_moved_nowhere(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        assert await book_movement.roll(pool, BEFORE, DAY, NOW_AND_LATER, ["loan_x"]) == []
        assert await book_movement.vintages(pool, DAY, NOW_AND_LATER, []) == []
        assert await book_movement.due(pool, DAY, DAY, NOW_AND_LATER, []) == []
        assert await book_movement.there_on(pool, ["loan_x"], DAY, NOW_AND_LATER) == []
        assert await book_movement.contract_months(pool, ["loan_x"]) == {}
