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
_FOUND: Final = """
(${0}::text IS NULL OR s.product = ${0})
AND (${1}::text IS NULL OR s.loan_id = ${1} OR l.external_id = ${1}
     OR l.borrower_id IN (SELECT borrower_id FROM borrower WHERE search @> ${2}::text[]))
"""
_FILTERS: Final = f"""
NOT s.beyond AND ($3::text[] IS NULL OR s.status = ANY($3))
AND ($5::text IS NULL OR s.stage = $5) AND {_FOUND.format(4, 6, 7)}
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
    """Up to ``limit`` loans after a cursor (value, loan id) in the order of ``sort``.

    Loans whose closed form does not reach the day are left out; ``loans_beyond`` names them.
    """
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
    """How many loans pass the filters, those of ``loans_beyond`` left out."""
    count: int = await pool.fetchval(
        f"WITH {AT_DAY} SELECT count(*) FROM at_day AS s JOIN loan AS l USING (loan_id) "
        f"WHERE {_FILTERS}",
        day, known_at, list(statuses) if statuses else None, product, stage, search,
        list(search_keys),
    )  # fmt: skip
    return count


async def loans_beyond(
    pool: asyncpg.Pool,
    day: date,
    known_at: datetime,
    *,
    product: str | None,
    search: str | None,
    search_keys: Sequence[str],
) -> list[Any]:
    """Loans that are found and whose closed form does not reach the day: the engine says those."""
    rows: list[Any] = await pool.fetch(
        f"WITH {AT_DAY} SELECT s.loan_id, l.borrower_id, l.governing_state, l.external_id "
        f"FROM at_day AS s JOIN loan AS l USING (loan_id) "
        f"WHERE s.beyond AND {_FOUND.format(3, 4, 5)} ORDER BY 1",
        day, known_at, product, search, list(search_keys),
    )  # fmt: skip
    return rows


async def loan_labels(pool: asyncpg.Pool, loan_id: str) -> tuple[str, dict[str, str]]:
    """External id and metadata of a loan."""
    row = await pool.fetchrow("SELECT external_id, metadata FROM loan WHERE loan_id = $1", loan_id)
    return (row["external_id"], row["metadata"]) if row else ("", {})
