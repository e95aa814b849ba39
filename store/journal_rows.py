"""Journal entries of a loan as stored, and what the accounts of loans come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg


async def journal_rows(
    pool: asyncpg.Pool, loan_id: str, known_at: datetime | None = None
) -> list[Any]:
    """Postings of a loan with their entries, in order."""
    rows: list[Any] = await pool.fetch(
        "SELECT j.entry, j.event_seq, j.effective_on, j.posted_on, j.title, p.role, p.account, "
        "p.amount FROM journal_entry AS j JOIN posting AS p USING (loan_id, entry) "
        "WHERE j.loan_id = $1 AND ($2::timestamptz IS NULL OR j.recorded_at <= $2) "
        "ORDER BY j.entry, p.line",
        loan_id, known_at,
    )  # fmt: skip
    return rows


async def account_sums(pool: asyncpg.Pool, loan_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """Loan → role → what its postings come to, minor units."""
    rows = await pool.fetch(
        "SELECT loan_id, role, sum(amount)::bigint AS amount FROM posting "
        "WHERE loan_id = ANY($1) GROUP BY 1, 2",
        list(loan_ids),
    )
    sums: dict[str, dict[str, int]] = {}
    for row in rows:
        sums.setdefault(row["loan_id"], {})[row["role"]] = row["amount"]
    return sums
