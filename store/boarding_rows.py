"""Boarding files and the rows of them that became loans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg


async def find_or_add_boarding(
    pool: asyncpg.Pool,
    boarding_id: str,
    content_hash: bytes,
    product: str,
    rows: int,
    actor: str,
    at: datetime,
) -> str:
    """The id under which this very file boards into a product: an earlier one, else the new."""
    found: Any = await pool.fetchval(
        "SELECT boarding_id FROM boarding WHERE content_hash = $1 AND product = $2",
        content_hash, product,
    )  # fmt: skip
    if found is not None:
        return str(found)
    await pool.execute(
        "INSERT INTO boarding (boarding_id, content_hash, product, state, rows, actor, "
        "recorded_at) VALUES ($1, $2, $3, 'boarding', $4, $5, $6)",
        boarding_id, content_hash, product, rows, actor, at,
    )  # fmt: skip
    return boarding_id


async def finish_boarding(pool: asyncpg.Pool, boarding_id: str, state: str, report: bytes) -> None:
    """Keep how the file fared."""
    await pool.execute(
        "UPDATE boarding SET state = $2, report = $3 WHERE boarding_id = $1",
        boarding_id, state, report,
    )  # fmt: skip


async def boarding_report(pool: asyncpg.Pool, boarding_id: str) -> bytes | None:
    """How a file fared."""
    found: bytes | None = await pool.fetchval(
        "SELECT report FROM boarding WHERE boarding_id = $1", boarding_id
    )
    return found


async def boarded_before(
    pool: asyncpg.Pool, product: str, external_ids: Sequence[str]
) -> dict[str, str]:
    """Of these external ids of a product, those that are loans already, with the loan of each."""
    rows = await pool.fetch(
        "SELECT external_id, loan_id FROM loan "
        "WHERE external_id <> '' AND product = $1 AND external_id = ANY($2)",
        product, list(external_ids),
    )  # fmt: skip
    return {row["external_id"]: row["loan_id"] for row in rows}


async def add_boarded_row(
    pool: asyncpg.Pool, boarding_id: str, line: int, external_id: str, loan_id: str
) -> None:
    """Note that a row became a loan."""
    await pool.execute(
        "INSERT INTO boarding_row (boarding_id, line, external_id, loan_id) "
        "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        boarding_id, line, external_id, loan_id,
    )  # fmt: skip
