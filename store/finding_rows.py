"""The findings log: what rules said, written once, read newest first by one index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import asyncpg
import msgspec


class FindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule said; the rest of its row is the loan, the moment and who asked."""

    effective_on: date
    """The day it is about."""
    seq: int
    """Number of the loan's event it is about; 0 where nothing happened."""
    command: str
    rule: str
    outcome: str
    """refused, set_aside, adjusted or warned."""
    message: str
    citation: str
    detail: dict[str, Any]
    """figures of the rule, the row of a decision table, what was asked for without a loan."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which findings are looked for; what is empty lets every one pass."""

    rule: str = ""
    outcome: str = ""
    loan_id: str = ""
    since: date | None = None
    until: date | None = None
    """Business dates on which they were recorded, both included."""
    after: tuple[date, int] | None = None
    """The finding a page ended with: business date and number."""


COLUMNS: Final = FindingRow.__struct_fields__
_UNNESTED: Final = ("date", "int", "text", "text", "text", "text", "text", "jsonb")
_SHOWN: Final = (
    "finding, loan_id, posted_on, recorded_at, actor, effective_on, seq, command, rule, outcome, "
    "message, citation, detail"
)


def insertion(first: int, source: str) -> str:
    """The statement that adds findings whose columns are the parameters from ``first`` on.

    ``source`` gives loan_id, posted_on, recorded_at and actor, and says from where.
    """
    places = zip(range(first, first + len(COLUMNS)), _UNNESTED, strict=True)
    lists = ", ".join(f"${number}::{kind}[]" for number, kind in places)
    givens, _, origin = source.partition(" FROM ")
    return (
        f"INSERT INTO finding (loan_id, posted_on, recorded_at, actor, {', '.join(COLUMNS)}) "
        f"SELECT {givens}, f.* FROM {origin}{', ' if origin else ''}unnest({lists}) AS f"
    )


def columns_of(rows: Sequence[FindingRow]) -> list[list[Any]]:
    """The rows by column."""
    return [[getattr(row, name) for row in rows] for name in COLUMNS]


async def add_findings(
    pool: asyncpg.Pool,
    rows: Sequence[FindingRow],
    *,
    loan_id: str,
    posted_on: date,
    recorded_at: datetime,
    actor: str,
) -> None:
    """Keep what rules said where nothing else is written.

    The same words about the same command of a loan by the same actor count once a business date,
    so that who asks again and again fills no log.
    """
    fresh = [row for row in rows if not loan_id or not await _said(pool, row, loan_id, posted_on,
                                                                   actor)]  # fmt: skip
    if fresh:
        statement = insertion(5, "$1::text, $2::date, $3::timestamptz, $4::text")
        await pool.execute(statement, loan_id, posted_on, recorded_at, actor, *columns_of(fresh))


async def _said(
    pool: asyncpg.Pool, row: FindingRow, loan_id: str, posted_on: date, actor: str
) -> bool:
    found: bool = await pool.fetchval(
        "SELECT EXISTS (SELECT FROM finding WHERE loan_id = $1 AND posted_on = $2 AND actor = $3 "
        "AND rule = $4 AND outcome = $5 AND command = $6 AND message = $7)",
        loan_id, posted_on, actor, row.rule, row.outcome, row.command, row.message,
    )  # fmt: skip
    return found


async def findings(pool: asyncpg.Pool, wanted: Wanted, limit: int) -> list[Any]:
    """Findings newest first by business date, up to ``limit``."""
    given: list[Any] = []
    where = []
    for column in ("rule", "outcome", "loan_id"):
        if value := getattr(wanted, column):
            given.append(value)
            where.append(f"{column} = ${len(given)}")
    for sign, day in ((">=", wanted.since), ("<=", wanted.until)):
        if day is not None:
            given.append(day)
            where.append(f"posted_on {sign} ${len(given)}")
    if wanted.after is not None:
        given += wanted.after
        where.append(f"(posted_on, finding) < (${len(given) - 1}::date, ${len(given)}::bigint)")
    given.append(limit)
    rows: list[Any] = await pool.fetch(
        f"SELECT {_SHOWN} FROM finding {'WHERE ' if where else ''}{' AND '.join(where)} "
        f"ORDER BY posted_on DESC, finding DESC LIMIT ${len(given)}",
        *given,
    )
    return rows


async def rules_found(pool: asyncpg.Pool) -> list[str]:
    """Rules that have any finding, each found by one step over an index."""
    rows = await pool.fetch(
        "WITH RECURSIVE named AS (SELECT min(rule) AS rule FROM finding UNION ALL "
        "SELECT (SELECT min(f.rule) FROM finding AS f WHERE f.rule > named.rule) FROM named "
        "WHERE named.rule IS NOT NULL) SELECT rule FROM named WHERE rule IS NOT NULL"
    )
    return [row["rule"] for row in rows]
