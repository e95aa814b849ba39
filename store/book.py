"""The book in one statement: closed forms of every loan, for any day, as known at any moment.

Interest owed is carry + balance × rate × days ÷ year, or carry + so much a day where the schedule
fixes it by period, in exact numerics, rounded as the product
rounds; what SQL cannot say (another day count, a loan past its next boundary) is left out here and
named, so that the engine says it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

import asyncpg
import msgspec

NOW_AND_LATER: Final = datetime(9999, 12, 30, tzinfo=UTC)
"""Moment that knows everything recorded."""
_DAYS: Final = """
CASE p.day_count
  WHEN '30/360' THEN
    360 * (extract(year FROM $1::date)::int - extract(year FROM p.anchor)::int)
    + 30 * (extract(month FROM $1::date)::int - extract(month FROM p.anchor)::int)
    + CASE WHEN extract(day FROM $1::date) = 31 AND extract(day FROM p.anchor) >= 30 THEN 30
           ELSE extract(day FROM $1::date)::int END
    - least(30, extract(day FROM p.anchor)::int)
  ELSE $1::date - p.anchor
END
"""
_YEAR: Final = "CASE p.day_count WHEN 'actual/365' THEN 365 ELSE 360 END"
_IN_SQL: Final = ("actual/365", "actual/360", "30/360")
"""Day counts the statement knows; the others are the engine's."""
_ENGINES: Final = f"(p.per_day_numerator IS NULL AND NOT p.day_count = ANY(ARRAY{list(_IN_SQL)!r}))"
SPAN: Final = """p.valid_from <= $1::date AND p.valid_until > $1::date
    AND p.known_from <= $2::timestamptz AND p.known_until > $2::timestamptz"""
"""The position ``p`` that holds on day $1, as known at moment $2: one for each loan."""
NEWEST: Final = "p.known_until = 'infinity' AND p.valid_until = 'infinity'"
"""The last position of a loan, as known now; indexes of lists hold these alone."""
_ROUNDED: Final = """
greatest(0, CASE rounding
  WHEN 'half_up' THEN div(2 * n + d, 2 * d)
  WHEN 'half_down' THEN div(2 * n + d - 1, 2 * d)
  WHEN 'up' THEN div(n + d - 1, d)
  WHEN 'half_even' THEN div(2 * n + d, 2 * d)
       - CASE WHEN mod(2 * n + d, 2 * d) = 0 AND mod(div(2 * n + d, 2 * d), 2) = 1 THEN 1 ELSE 0 END
  ELSE div(n, d)
END)::bigint
"""
_PAST_DUE: Final = (
    "CASE WHEN o.valid_from = $1::date THEN o.past_due_first_day ELSE o.past_due_after END"
)
AT_DAY: Final = f"""
at_day AS (
  SELECT p.*, {_DAYS} AS days, {_YEAR} AS year,
         (p.status = 'active' AND (coalesce(p.next_boundary <= $1::date, false)
            OR {_ENGINES})) AS beyond
  FROM position AS p
  WHERE {SPAN}
), exact AS (
  SELECT a.*,
    CASE WHEN a.per_day_numerator IS NULL
         THEN a.carry_numerator * a.rate_denominator * a.year
              + coalesce(a.interest_bearing, a.principal)::numeric * a.rate_numerator * a.days
                * a.carry_denominator
         ELSE a.carry_numerator * a.per_day_denominator
              + a.per_day_numerator::numeric * ($1::date - a.anchor) * a.carry_denominator END AS n,
    CASE WHEN a.per_day_numerator IS NULL THEN a.carry_denominator * a.rate_denominator * a.year
         ELSE a.carry_denominator * a.per_day_denominator END AS d
  FROM at_day AS a
), owed AS (
  SELECT e.*, {_ROUNDED} AS interest FROM exact AS e
), standing AS (
  SELECT o.*,
    CASE WHEN o.status <> 'active' THEN 0
         WHEN o.all_past_due_after < $1::date THEN o.principal + o.interest
         WHEN {_PAST_DUE} <= o.principal THEN {_PAST_DUE}
         ELSE least({_PAST_DUE}, o.principal + o.interest) END
    + CASE WHEN o.status <> 'active' THEN 0
           WHEN o.valid_from = $1::date THEN o.past_due_fees_first_day
           ELSE o.past_due_fees_after END AS amount_past_due,
    CASE WHEN o.status = 'active' AND o.oldest_unpaid_due_date < $1::date
         THEN $1::date - o.oldest_unpaid_due_date ELSE 0 END AS days_past_due
  FROM owed AS o
)
"""
"""Loans as they stand on day $1, known at moment $2; ``beyond`` marks those the engine must say."""


def at_day(also: str) -> str:
    """``AT_DAY`` of the loans whose position ``p`` meets a further condition."""
    return AT_DAY.replace(SPAN, f"{SPAN} AND {also}")


async def only_newest(pool: asyncpg.Pool, day: date, known_at: datetime) -> str:
    """A further condition on ``p`` by which indexes of the newest positions may be used.

    ``TRUE`` where the newest position of some loan does not hold yet on the day, or was not known.
    """
    if known_at < NOW_AND_LATER:
        return "TRUE"
    # The last one, not whether one is later: a plan kept for any day would read the whole book.
    last = f"SELECT max(p.valid_from) FROM position AS p WHERE {NEWEST}"
    begun = await pool.fetchval(last)
    return "TRUE" if begun is not None and begun > day else NEWEST


_TOTALS: Final = """
WITH {0}
SELECT product, currency, status, stage, count(*) AS loans, sum(principal)::bigint AS principal,
       sum(interest)::bigint AS interest, sum(fees_owed)::bigint AS fees,
       count(*) FILTER (WHERE days_past_due > 0) AS past_due_loans,
       sum(amount_past_due)::bigint AS amount_past_due,
       coalesce(sum(principal) FILTER (WHERE days_past_due >= 30), 0)::bigint AS late_30
FROM standing WHERE NOT beyond GROUP BY 1, 2, 3, 4
"""
NOT_BEYOND: Final = (
    f"(p.status <> 'active' OR (p.next_boundary <= $1::date) IS NOT TRUE AND NOT ({_ENGINES}))"
)
"""A position whose closed form reaches the day."""
_RUNNING: Final = f"SELECT p.loan_id FROM position AS p WHERE {SPAN} AND p.status = 'active'"
_BEYOND: Final = f"""
SELECT l.loan_id, l.borrower_id, l.governing_state, l.external_id FROM loan AS l
WHERE l.loan_id IN ({{overdue}} UNION ALL {_RUNNING} AND {{also}} AND {_ENGINES})
ORDER BY l.loan_id
"""
_OVERDUE: Final = f"{_RUNNING} AND {{also}} AND p.next_boundary <= $1::date"
_OVERDUE_NEWEST: Final = f"""
SELECT overdue.loan_id
FROM (SELECT min(p.next_boundary) AS day FROM position AS p WHERE {NEWEST}) AS first,
     generate_series(0, $1::date - first.day) AS after,
     LATERAL ({_RUNNING} AND {{also}} AND p.next_boundary = first.day + after) AS overdue
"""
"""Day by day: boundaries of newest positions all lie close together, and no statistics say so."""


def beyond_statement(newest: str, *conditions: str) -> str:
    """Loans the engine must say, of those whose position ``p`` meets the conditions."""
    also = " AND ".join((newest, *conditions))
    overdue = _OVERDUE_NEWEST if newest == NEWEST else _OVERDUE
    return _BEYOND.format(overdue=overdue.format(also=also), also=also)


_LATEST: Final = f"""
WITH late AS (
  SELECT p.loan_id FROM position AS p
  WHERE {SPAN} AND {{0}} AND p.status = 'active' AND p.oldest_unpaid_due_date < $1::date
    AND {NOT_BEYOND}
  ORDER BY p.oldest_unpaid_due_date, p.loan_id LIMIT $3
), {at_day("p.loan_id = ANY(ARRAY(SELECT loan_id FROM late))")}
SELECT s.*, l.borrower_id, l.governing_state, l.external_id FROM standing AS s
JOIN loan AS l USING (loan_id) ORDER BY s.oldest_unpaid_due_date, s.loan_id
"""
_OUT: Final = "ARRAY['loan_disbursed', 'disbursement_reversed']"
_MONTHS: Final = f"""
SELECT date_trunc('month', e.effective_on)::date AS month,
       -coalesce(sum(p.amount) FILTER (WHERE e.kind = ANY({_OUT})), 0)::bigint AS disbursed,
       coalesce(sum(p.amount) FILTER (WHERE e.kind <> ALL({_OUT})), 0)::bigint AS collected
FROM event AS e
JOIN journal_entry AS j ON j.loan_id = e.loan_id AND j.event_seq = e.seq
JOIN posting AS p ON p.loan_id = j.loan_id AND p.entry = j.entry AND p.role = 'cash'
WHERE e.kind = ANY(ARRAY['loan_disbursed', 'disbursement_reversed', 'payment_received',
                         'payment_returned', 'payment_reversed'])
  AND e.effective_on <= $1 AND e.effective_on >= $3 AND e.recorded_at <= $2
GROUP BY 1 ORDER BY 1
"""


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Loans of one product, status and stage together; minor units."""

    product: str
    currency: str
    status: str
    stage: str
    loans: int
    principal: int
    interest: int
    fees: int
    past_due_loans: int
    amount_past_due: int
    late_30: int
    """Principal of loans 30 or more days past due."""


async def totals(pool: asyncpg.Pool, day: date, known_at: datetime) -> list[Totals]:
    """The book on a day, by product, status and stage, but for loans the engine must say."""
    statement = _TOTALS.format(at_day(await only_newest(pool, day, known_at)))
    return [Totals(**dict(row)) for row in await pool.fetch(statement, day, known_at)]


async def beyond(pool: asyncpg.Pool, day: date, known_at: datetime) -> list[Any]:
    """Loans whose closed form does not reach the day: time has decided something since."""
    statement = beyond_statement(await only_newest(pool, day, known_at))
    rows: list[Any] = await pool.fetch(statement, day, known_at)
    return rows


async def longest_past_due(
    pool: asyncpg.Pool, day: date, known_at: datetime, limit: int
) -> list[Any]:
    """The loans longest past due, but for loans the engine must say."""
    statement = _LATEST.format(await only_newest(pool, day, known_at))
    rows: list[Any] = await pool.fetch(statement, day, known_at, limit)
    return rows


async def cash_by_month(
    pool: asyncpg.Pool, day: date, known_at: datetime, since: date
) -> list[tuple[date, int, int]]:
    """(first of month, disbursed, collected) from a day to a day."""
    rows = await pool.fetch(_MONTHS, day, known_at, since)
    return [(row["month"], row["disbursed"], row["collected"]) for row in rows]
