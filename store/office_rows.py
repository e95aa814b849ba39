"""What the office looks at: messages for the world, and what the installation is."""

from __future__ import annotations

from typing import Any, Final

import asyncpg

MOST_COUNTED: Final = 10_000
"""Counting of waiting messages stops here."""


async def messages(
    pool: asyncpg.Pool, *, before: int | None, waiting_only: bool, limit: int
) -> list[Any]:
    """Messages of the outbox, newest first, before a number."""
    waiting = "AND delivered_at IS NULL" if waiting_only else ""
    rows: list[Any] = await pool.fetch(
        "SELECT message, loan_id, seq, topic, body, recorded_at, delivered_at FROM outbox "
        f"WHERE ($1::bigint IS NULL OR message < $1) {waiting} ORDER BY message DESC LIMIT $2",
        before, limit,
    )  # fmt: skip
    return rows


async def waiting(pool: asyncpg.Pool) -> Any:
    """How many messages wait, up to ``MOST_COUNTED``, and since when the oldest does."""
    return await pool.fetchrow(
        "SELECT (SELECT count(*) FROM (SELECT FROM outbox WHERE delivered_at IS NULL "
        "LIMIT $1) AS counted) AS count, (SELECT recorded_at FROM outbox "
        "WHERE delivered_at IS NULL ORDER BY message LIMIT 1) AS oldest_at",
        MOST_COUNTED,
    )


async def installation(pool: asyncpg.Pool) -> Any:
    """Version of the database and of its schema, its size, and the last business date sealed."""
    return await pool.fetchrow(
        "SELECT current_setting('server_version') AS server, "
        "pg_database_size(current_database()) AS bytes, "
        "(SELECT max(posted_on) FROM day_root) AS sealed_through, "
        "(SELECT count(*) FROM definition) AS definitions"
    )


async def legal_entities(pool: asyncpg.Pool) -> list[str]:
    """Legal entities that have loans, each found by one step over an ordered column."""
    rows = await pool.fetch(
        "SELECT DISTINCT legal_entity_id FROM (SELECT legal_entity_id FROM loan "
        "ORDER BY loan_id DESC LIMIT 10000) AS latest ORDER BY 1"
    )
    return [row["legal_entity_id"] for row in rows]
