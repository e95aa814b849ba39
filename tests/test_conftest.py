"""The databases that tests are given are real, migrated and their own."""

from __future__ import annotations

import asyncpg


async def test_each_test_has_a_database_of_its_own(
    fresh_database: str, module_database: str
) -> None:
    names = []
    for url in (fresh_database, module_database):
        connection = await asyncpg.connect(url)
        names.append(await connection.fetchval("SELECT current_database()::text"))
        await connection.close()
    assert len(set(names)) == 2
