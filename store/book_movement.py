"""How the book moved: stages between two days, loans by the month they began, what falls due next.

Each statement leaves out loans that the engine must say; those are told to it by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import asyncpg
import msgspec

from store.book import SPAN

STANDING: Final = "CASE WHEN p.status = 'active' THEN p.stage ELSE p.status END"
"""Where a loan stands: its stage while it is active, else its status."""
_SPAN_BEFORE: Final = SPAN.replace("$1", "$3")
_ROLL: Final = f"""
WITH now AS (
  SELECT p.loan_id, {STANDING} AS standing, p.principal FROM position AS p
  WHERE {SPAN} AND p.loan_id <> ALL($4::text[])
), before AS (
  SELECT p.loan_id, {STANDING} AS standing FROM position AS p
  WHERE {_SPAN_BEFORE} AND p.loan_id <> ALL($4::text[])
)
SELECT coalesce(before.standing, 'new') AS was, now.standing AS now, count(*) AS loans,
       sum(now.principal)::bigint AS principal
FROM now LEFT JOIN before USING (loan_id) GROUP BY 1, 2
"""
_VINTAGES: Final = f"""
SELECT date_trunc('month', l.contract_date)::date AS month, count(*) AS loans,
       count(*) FILTER (WHERE p.status = 'active') AS active,
       count(*) FILTER (WHERE p.status = 'paid_off') AS paid_off,
       count(*) FILTER (WHERE p.status = 'charged_off') AS charged_off,
       count(*) FILTER (WHERE p.status = 'active'
                        AND p.oldest_unpaid_due_date <= $1::date - 30) AS late_30,
       sum(p.principal)::bigint AS principal
FROM position AS p JOIN loan AS l USING (loan_id)
WHERE {SPAN} AND p.loan_id <> ALL($3::text[]) GROUP BY 1
"""
_DUE: Final = f"""
SELECT p.next_due_date AS due_date, count(*) AS loans, sum(p.next_due_amount)::bigint AS amount
FROM position AS p
WHERE {SPAN} AND p.status = 'active' AND p.next_due_date >= $1::date AND p.next_due_date <= $3::date
  AND p.loan_id <> ALL($4::text[])
GROUP BY 1 ORDER BY 1
"""


class Vintage(msgspec.Struct, frozen=True, kw_only=True):
    """Loans of contracts of one month, as they stand; principal in minor units."""

    month: date
    loans: int
    active: int
    paid_off: int
    charged_off: int
    late_30: int
    """Active ones 30 or more days past due."""
    principal: int


async def roll(
    pool: asyncpg.Pool, before: date, day: date, known_at: datetime, but: Sequence[str]
) -> list[tuple[str, str, int, int]]:
    """(where loans stood before, where they stand, how many, their principal now)."""
    rows = await pool.fetch(_ROLL, day, known_at, before, list(but))
    return [(row["was"], row["now"], row["loans"], row["principal"]) for row in rows]


async def vintages(
    pool: asyncpg.Pool, day: date, known_at: datetime, but: Sequence[str]
) -> list[Vintage]:
    """Loans by the month of their contract."""
    rows = await pool.fetch(_VINTAGES, day, known_at, list(but))
    return [Vintage(**dict(row)) for row in rows]


async def due(
    pool: asyncpg.Pool, day: date, through: date, known_at: datetime, but: Sequence[str]
) -> list[tuple[date, int, int]]:
    """(due date, loans, amount) of what falls due next on each loan, from a day to a day."""
    rows = await pool.fetch(_DUE, day, known_at, through, list(but))
    return [(row["due_date"], row["loans"], row["amount"]) for row in rows]


async def there_on(
    pool: asyncpg.Pool, loan_ids: Sequence[str], day: date, known_at: datetime
) -> list[str]:
    """Those of the loans that were there on a day."""
    rows = await pool.fetch(
        f"SELECT p.loan_id FROM position AS p WHERE {SPAN} AND p.loan_id = ANY($3)",
        day, known_at, list(loan_ids),
    )  # fmt: skip
    return [row["loan_id"] for row in rows]


async def contract_months(pool: asyncpg.Pool, loan_ids: Sequence[str]) -> dict[str, date]:
    """Loan → first of the month of its contract."""
    rows: list[Any] = await pool.fetch(
        "SELECT loan_id, date_trunc('month', contract_date)::date AS month FROM loan "
        "WHERE loan_id = ANY($1)",
        list(loan_ids),
    )
    return {row["loan_id"]: row["month"] for row in rows}
