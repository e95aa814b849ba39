"""Lists of loans: searched, filtered and paged in the database, stable while loans are added.

A page is found by keys first: in the order of an index, as few rows as it shows. Only those are
worked out as they stand on the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

import asyncpg
import msgspec

from store.book import NOT_BEYOND, SPAN, at_day, beyond_statement, only_newest

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
MOST_COUNTED: Final = 2_000
"""Counting stops here: a number nobody reads would cost a look at every loan."""
_LATE: Final = "p.status = 'active' AND p.oldest_unpaid_due_date < $1::date"
_ON_TIME: Final = f"({_LATE}) IS NOT TRUE"


class LoanFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which loans a list holds; what is None lets every loan pass."""

    statuses: tuple[str, ...] | None = None
    product: str | None = None
    stage: str | None = None
    late_days: int | None = None
    """At least so many days past due."""
    contract_month: date | None = None
    """The first day of the month of the contract."""
    search: str | None = None
    """A loan id or external id, whole."""
    search_keys: tuple[str, ...] = ()
    """Keyed hashes a borrower must all have, where ``search`` is no id."""


class _Asked:
    """Conditions on positions ``p`` with their parameters, numbered from $3."""

    def __init__(self, day: date, known_at: datetime) -> None:
        self.parameters: list[Any] = [day, known_at]
        self.conditions: list[str] = []
        self.only_late = False
        """Whether a condition lets no loan pass that is not past due."""

    def given(self, value: Any, type_: str) -> str:
        """A parameter as SQL."""
        self.parameters.append(value)
        return f"${len(self.parameters)}::{type_}"

    def find(self, wanted: LoanFilter) -> None:
        """Ask for a product, and for what a person searches."""
        if wanted.product is not None:
            self.conditions.append(f"p.product = {self.given(wanted.product, 'text')}")
        if wanted.contract_month is not None:
            month = self.given(wanted.contract_month, "date")
            self.conditions.append(f"p.contract_month = {month}")
        if wanted.search is not None:
            text, keys = self.given(wanted.search, "text"), self.given(wanted.search_keys, "text[]")
            self.conditions.append(
                "p.loan_id = ANY(ARRAY(SELECT loan_id FROM loan WHERE loan_id = "
                f"{text} UNION SELECT loan_id FROM loan WHERE external_id = {text} "
                "AND external_id <> '' UNION SELECT loan_id FROM loan WHERE borrower_id = ANY("
                f"ARRAY(SELECT borrower_id FROM borrower WHERE search @> {keys}))))"
            )

    def filter(self, wanted: LoanFilter) -> None:
        """Ask for all that is wanted, of loans whose closed form reaches the day."""
        self.find(wanted)
        if wanted.statuses is not None:
            places = ", ".join(self.given(status, "text") for status in wanted.statuses)
            self.conditions.append(f"p.status IN ({places})")
        if wanted.stage is not None:
            self.conditions.append(f"p.stage = {self.given(wanted.stage, 'text')}")
        if wanted.late_days is not None:
            since = self.given(self.parameters[0] - timedelta(days=wanted.late_days), "date")
            self.conditions.append(f"p.status = 'active' AND p.oldest_unpaid_due_date <= {since}")
            self.only_late = wanted.late_days > 0
        self.conditions.append(NOT_BEYOND)

    def sql(self, *more: str) -> str:
        return " AND ".join((SPAN, *self.conditions, *more))


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
    column, direction, _ = SORTS[sort]
    asked = _Asked(day, known_at)
    asked.conditions.append(await only_newest(pool, day, known_at))
    asked.filter(wanted)
    parts = _by_lateness if column == "days_past_due" else _by_column
    at_most = asked.given(limit, "int")
    shown = _first_of([*parts(asked, sort, after)], at_most)
    value = f"s.{column}" if column != "next_due_date" else _due("s")
    rows: list[Any] = await pool.fetch(
        f"WITH {shown}, {at_day('p.loan_id = ANY(ARRAY(SELECT loan_id FROM shown))')} "
        f"SELECT s.*, {value} AS sort_value, l.borrower_id, l.governing_state, l.external_id "
        f"FROM standing AS s JOIN loan AS l USING (loan_id) "
        f"ORDER BY {value} {direction}, s.loan_id {direction} LIMIT {at_most}",
        *asked.parameters,
    )
    return rows


def _first_of(parts: list[str], at_most: str) -> str:
    """Loans of parts that follow each other; a part is read where those before fill no page."""
    named = []
    for number, part in enumerate(parts):
        condition, order = part.split(" ORDER BY ")
        if number:
            condition += f" AND (SELECT count(*) FROM part_{number - 1}) < {at_most}"
        chosen = f"SELECT p.loan_id FROM position AS p WHERE {condition} ORDER BY {order}"
        named.append(f"part_{number} AS ({chosen} LIMIT {at_most})")
    all_parts = " UNION ALL ".join(f"SELECT loan_id FROM part_{n}" for n in range(len(parts)))
    return ", ".join((*named, f"shown AS ({all_parts})"))


def _due(table: str) -> str:
    return f"coalesce({table}.next_due_date, '9999-12-31'::date)"


def _by_column(asked: _Asked, sort: str, after: tuple[Any, str] | None) -> Iterator[str]:
    """Positions in the order of one of their columns, after a cursor."""
    column, direction, kind = SORTS[sort]
    value = f"p.{column}" if column != "next_due_date" else _due("p")
    order = f" ORDER BY {value} {direction}, p.loan_id {direction}"
    if after is None:
        yield asked.sql() + order
        return
    beyond = ">" if direction == "ASC" else "<"
    cursor = f"({asked.given(after[0], kind)}, {asked.given(after[1], 'text')})"
    yield asked.sql(f"({value}, p.loan_id) {beyond} {cursor}") + order


def _by_lateness(asked: _Asked, sort: str, after: tuple[Any, str] | None) -> Iterator[str]:
    """Loans past due by the day they are so since, and those that are not by their ids."""
    ids, days, beyond, later = (
        ("DESC", "ASC", "<", ">=") if sort.startswith("-") else ("ASC", "DESC", ">", "<=")
    )
    late, on_time = [_LATE], [_ON_TIME]
    if after is not None and after[0] > 0:
        since = asked.given(asked.parameters[0] - timedelta(days=after[0]), "date")
        late += [
            f"p.oldest_unpaid_due_date {later} {since}",
            f"(p.oldest_unpaid_due_date <> {since} "
            f"OR p.loan_id {beyond} {asked.given(after[1], 'text')})",
        ]
    elif after is not None:
        on_time.append(f"p.loan_id {beyond} {asked.given(after[1], 'text')}")
    worst_first = sort.startswith("-")
    parts = []
    if asked.only_late or after is None or after[0] > 0 or not worst_first:
        parts.append(
            asked.sql(*late) + f" ORDER BY p.oldest_unpaid_due_date {days}, p.loan_id {ids}"
        )
    if not asked.only_late and (after is None or after[0] == 0 or worst_first):
        parts.append(asked.sql(*on_time) + f" ORDER BY p.loan_id {ids}")
    yield from parts if worst_first else reversed(parts)


async def loan_count(
    pool: asyncpg.Pool, day: date, known_at: datetime, wanted: LoanFilter
) -> int | None:
    """How many loans pass the filter, those of ``loans_beyond`` left out.

    None where they are more than ``MOST_COUNTED``.
    """
    asked = _Asked(day, known_at)
    asked.conditions.append(await only_newest(pool, day, known_at))
    asked.filter(wanted)
    count: int = await pool.fetchval(
        f"SELECT count(*) FROM (SELECT FROM position AS p WHERE {asked.sql()} "
        f"LIMIT {MOST_COUNTED + 1}) AS counted",
        *asked.parameters,
    )
    return count if count <= MOST_COUNTED else None


async def loans_beyond(
    pool: asyncpg.Pool, day: date, known_at: datetime, wanted: LoanFilter
) -> list[Any]:
    """Loans that are found and whose closed form does not reach the day: the engine says those.

    Only it knows their status and stage, so that these filters are not asked here.
    """
    asked, newest = _Asked(day, known_at), await only_newest(pool, day, known_at)
    asked.find(wanted)
    statement = beyond_statement(newest, *asked.conditions)
    rows: list[Any] = await pool.fetch(statement, *asked.parameters)
    return rows


async def loan_labels(pool: asyncpg.Pool, loan_id: str) -> tuple[str, dict[str, str]]:
    """External id and metadata of a loan."""
    row = await pool.fetchrow("SELECT external_id, metadata FROM loan WHERE loan_id = $1", loan_id)
    return (row["external_id"], row["metadata"]) if row else ("", {})
