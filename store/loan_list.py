"""Lists of loans: searched, filtered and paged in the database, stable while loans are added."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import asyncpg
import msgspec

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
AND ($4::text IS NULL OR s.stage = $4) AND {_FOUND.format(5, 6, 7)}
"""


class LoanFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which loans a list holds; what is None lets every loan pass."""

    statuses: tuple[str, ...] | None = None
    product: str | None = None
    stage: str | None = None
    search: str | None = None
    """A loan id or external id, whole."""
    search_keys: tuple[str, ...] = ()
    """Keyed hashes a borrower must all have, where ``search`` is no id."""

    @property
    def found(self) -> tuple[Any, ...]:
        """What ``_FOUND`` takes."""
        return self.product, self.search, self.search_keys

    @property
    def all(self) -> tuple[Any, ...]:
        """What ``_FILTERS`` takes from $3 on."""
        return self.statuses, self.stage, *self.found


async def loan_list(
    pool: asyncpg.Pool,
    day: date,
    known_at: datetime,
    wanted: LoanFilter,
    *,
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
    cursor = f"AND ({value}, s.loan_id) {beyond} ($9::{kind}, $10)" if after is not None else ""
    rows: list[Any] = await pool.fetch(
        f"WITH {AT_DAY} SELECT s.*, {value} AS sort_value, l.borrower_id, l.governing_state, "
        f"l.external_id FROM standing AS s JOIN loan AS l USING (loan_id) WHERE {_FILTERS} "
        f"{cursor} ORDER BY {value} {direction}, s.loan_id {direction} LIMIT $8",
        day, known_at, *wanted.all, limit, *(after or ()),
    )  # fmt: skip
    return rows


async def loan_count(pool: asyncpg.Pool, day: date, known_at: datetime, wanted: LoanFilter) -> int:
    """How many loans pass the filter, those of ``loans_beyond`` left out."""
    count: int = await pool.fetchval(
        f"WITH {AT_DAY} SELECT count(*) FROM at_day AS s JOIN loan AS l USING (loan_id) "
        f"WHERE {_FILTERS}",
        day, known_at, *wanted.all,
    )  # fmt: skip
    return count


async def loans_beyond(
    pool: asyncpg.Pool, day: date, known_at: datetime, wanted: LoanFilter
) -> list[Any]:
    """Loans that are found and whose closed form does not reach the day: the engine says those.

    Only it knows their status and stage, so that these filters are not asked here.
    """
    rows: list[Any] = await pool.fetch(
        f"WITH {AT_DAY} SELECT s.loan_id, l.borrower_id, l.governing_state, l.external_id "
        f"FROM at_day AS s JOIN loan AS l USING (loan_id) "
        f"WHERE s.beyond AND {_FOUND.format(3, 4, 5)} ORDER BY 1",
        day, known_at, *wanted.found,
    )  # fmt: skip
    return rows


async def loan_labels(pool: asyncpg.Pool, loan_id: str) -> tuple[str, dict[str, str]]:
    """External id and metadata of a loan."""
    row = await pool.fetchrow("SELECT external_id, metadata FROM loan WHERE loan_id = $1", loan_id)
    return (row["external_id"], row["metadata"]) if row else ("", {})
