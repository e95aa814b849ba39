"""The migrated database is what the tables say, and the application cannot rewrite history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from store.migrate import upgrade
from store.postgres import open_pool
from store.tables import metadata
from store.tables.metadata import APPEND_ONLY

MIGRATIONS = Path(__file__).parents[2] / "store" / "migrations" / "versions"


async def test_the_migrated_schema_is_what_the_tables_describe(fresh_database: str) -> None:
    async def connect() -> Any:
        return await asyncpg.connect(fresh_database)

    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_migrating_twice_changes_nothing(fresh_database: str) -> None:
    await upgrade(fresh_database)


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
@pytest.mark.parametrize("change", ["DELETE FROM {0}", "UPDATE {0} SET {1} = {1}"])
async def test_the_application_cannot_change_what_was_written(
    module_database: str, table: str, change: str
) -> None:
    column = metadata.tables[table].columns.keys()[-1]
    async with open_pool(module_database, size=2) as pool:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute(change.format(table, column))


def test_migrations_follow_one_another_and_no_number_is_taken_twice() -> None:
    files = sorted(MIGRATIONS.glob("0*.py"))
    numbers = [path.name[:4] for path in files]
    assert numbers == [f"{number:04}" for number in range(1, len(files) + 1)]
    for path, before in zip(files, [None, *numbers], strict=False):
        text = path.read_text(encoding="utf-8")
        follows = f'"{before}"' if before else "None"
        assert f'revision = "{path.name[:4]}"' in text and f"down_revision = {follows}" in text
