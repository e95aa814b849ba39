"""What verification reads: all loans in order, their states, and positions as known now."""

from __future__ import annotations

from typing import Any

import asyncpg


async def loan_ids(pool: asyncpg.Pool) -> list[str]:
    """Every loan by id."""
    return [row["loan_id"] for row in await pool.fetch("SELECT loan_id FROM loan ORDER BY 1")]


async def current_positions(pool: asyncpg.Pool, loan_id: str) -> list[Any]:
    """Positions of a loan as known now, by day."""
    rows: list[Any] = await pool.fetch(
        "SELECT * FROM position WHERE loan_id = $1 AND known_until = 'infinity' "
        "ORDER BY valid_from",
        loan_id,
    )
    return rows


async def entry_count(pool: asyncpg.Pool) -> int:
    """How many journal entries there are."""
    count: int = await pool.fetchval("SELECT count(*) FROM journal_entry")
    return count


async def unbalanced_entries(pool: asyncpg.Pool) -> list[str]:
    """Entries whose postings do not add up to zero."""
    rows = await pool.fetch(
        "SELECT loan_id, entry FROM posting GROUP BY 1, 2 HAVING sum(amount) <> 0 ORDER BY 1, 2"
    )
    return [f"{row['loan_id']}/{row['entry']}" for row in rows]


async def roots(pool: asyncpg.Pool) -> list[Any]:
    """Roots of business dates."""
    rows: list[Any] = await pool.fetch("SELECT posted_on, events, root FROM day_root ORDER BY 1")
    return rows
