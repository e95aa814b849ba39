"""Lists of loans: searched, filtered and paged in the database, stable while loans are added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import asyncpg

from store.book import AT_DAY

SORTS: Final = {
    "-days_past_due": ("days_past_due", "DESC", "bigint"),
    "days_past_due": ("days_past_due", "ASC", "bigint"),
    "-principal": ("principal", "DESC", "bigint"),
    "principal": ("principal", "ASC", "bigint"),
    "-loan_id": ("loan_id", "DESC", "text"),
    "loan_id": ("loan_id", "ASC", "text"),
    "next_due_date": ("next_due_date", "ASC", "date"),
}
"""Name of a sort → column, direction, type of its cursor."""
_FILTERS: Final = """
($3::text[] IS NULL OR s.status = ANY($3)) AND ($4::text IS NULL OR s.product = $4)
AND ($5::text IS NULL OR s.stage = $5)
AND ($6::text IS NULL OR s.loan_id = $6 OR l.external_id = $6
     OR l.borrower_id IN (SELECT borrower_id FROM borrower WHERE search @> $7::text[]))
"""


async def loan_list(
    pool: asyncpg.Pool,
    day: date,
    known_at: datetime,
    *,
    statuses: Sequence[str] | None,
    product: str | None,
    stage: str | None,
    search: str | None,
    search_keys: Sequence[str],
    sort: str,
    after: tuple[Any, str] | None,
    limit: int,
) -> list[Any]:
    """Up to ``limit`` loans after a cursor (value, loan id) in the order of ``sort``."""
    column, direction, kind = SORTS[sort]
    beyond = ">" if direction == "ASC" else "<"
    value = f"coalesce(s.{column}, DATE '9999-12-31')" if kind == "date" else f"s.{column}"
    cursor = ""
    parameters: list[Any] = [
        day, known_at, list(statuses) if statuses else None, product, stage, search,
        list(search_keys), limit,
    ]  # fmt: skip
    if after is not None:
        cursor = f"AND ({value}, s.loan_id) {beyond} ($9::{kind}, $10)"
        parameters += list(after)
    rows: list[Any] = await pool.fetch(
        f"WITH {AT_DAY} SELECT s.*, {value} AS sort_value, l.borrower_id, l.governing_state, "
        f"l.external_id FROM standing AS s JOIN loan AS l USING (loan_id) WHERE {_FILTERS} "
        f"{cursor} ORDER BY {value} {direction}, s.loan_id {direction} LIMIT $8",
        *parameters,
    )
    return rows


async def loan_count(
    pool: asyncpg.Pool,
    day: date,
    known_at: datetime,
    *,
    statuses: Sequence[str] | None,
    product: str | None,
    stage: str | None,
    search: str | None,
    search_keys: Sequence[str],
) -> int:
    """How many loans pass the filters."""
    count: int = await pool.fetchval(
        "SELECT count(*) FROM position AS s JOIN loan AS l USING (loan_id) "
        "WHERE s.valid_from <= $1 AND s.valid_until > $1 AND s.known_from <= $2 "
        f"AND s.known_until > $2 AND {_FILTERS}",
        day, known_at, list(statuses) if statuses else None, product, stage, search,
        list(search_keys),
    )  # fmt: skip
    return count


async def loan_labels(pool: asyncpg.Pool, loan_id: str) -> tuple[str, dict[str, str]]:
    """External id and metadata of a loan."""
    row = await pool.fetchrow("SELECT external_id, metadata FROM loan WHERE loan_id = $1", loan_id)
    return (row["external_id"], row["metadata"]) if row else ("", {})
