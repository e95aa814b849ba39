"""Whether the database answers."""

from __future__ import annotations

from store.postgres import open_pool
from store.reachable import is_reachable


async def test_an_open_pool_is_reachable_and_a_closed_one_is_not(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        assert await is_reachable(pool)
        await pool.close()
        assert not await is_reachable(pool)
