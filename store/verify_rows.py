"""What verification reads: all loans in order, their states, and positions as known now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import asyncpg

from store.daily_rows import DAY_ROOTS


async def loan_ids(pool: asyncpg.Pool) -> list[str]:
    """Every loan by id."""
    return [row["loan_id"] for row in await pool.fetch("SELECT loan_id FROM loan ORDER BY 1")]


async def current_positions(pool: asyncpg.Pool, loan_ids: Sequence[str]) -> dict[str, list[Any]]:
    """Loan → its positions as known now, by day."""
    found: dict[str, list[Any]] = {}
    for row in await pool.fetch(
        "SELECT * FROM position WHERE loan_id = ANY($1) AND known_until = 'infinity' "
        "ORDER BY loan_id, valid_from",
        list(loan_ids),
    ):
        found.setdefault(row["loan_id"], []).append(row)
    return found


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


async def days_unlike_their_root(pool: asyncpg.Pool) -> list[date]:
    """Business dates whose events no longer give the root and the number kept for the day."""
    rows = await pool.fetch(
        f"SELECT r.posted_on FROM day_root AS r LEFT JOIN ({DAY_ROOTS} GROUP BY posted_on) AS e "
        "USING (posted_on) WHERE (e.events, e.root) IS DISTINCT FROM (r.events, r.root) ORDER BY 1"
    )
    return [row["posted_on"] for row in rows]
