"""Frequency: how often installments fall due.

A closed family: each kind states only what the contract states. ``engine.values.due_dates`` turns
one and a first payment date into dates.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final, TypeAlias, assert_never

import msgspec


class EveryDays(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="every_days"):
    """Every so many days."""

    days: int = 1


class Weekly(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="weekly"):
    """Every week, on the weekday of the first payment."""


class Biweekly(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="biweekly"):
    """Every two weeks, on the weekday of the first payment."""


class EveryWeeks(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="every_weeks"):
    """Every so many weeks."""

    weeks: int


class Semimonthly(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="semimonthly"):
    """Twice a month on two days of the month; a day the month lacks is its last day."""

    days: tuple[int, int] = (1, 15)


class Monthly(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="monthly"):
    """Every month on one day; a day the month lacks is its last day."""

    day: int | None = None
    """1 to 31, where 31 is month end; the first payment's day when left out."""
    skip_months: tuple[int, ...] = ()
    """Months of the year (1 to 12) in which nothing falls due: a teacher's summer."""


class EveryMonths(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="every_months"):
    """Every so many months on one day of the month."""

    months: int
    day: int | None = None
    """1 to 31, where 31 is month end; the first payment's day when left out."""


class Quarterly(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="quarterly"):
    """Every three months, on the day of the first payment."""


class Semiannual(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="semiannual"):
    """Every six months, on the day of the first payment."""


class Annual(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="annual"):
    """Every year, on the day of the first payment."""


class Single(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="single"):
    """One payment only."""


class ExplicitDates(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="explicit_dates"
):
    """The contract lists the due dates, ascending."""

    dates: tuple[date, ...]


Frequency: TypeAlias = (
    EveryDays
    | Weekly
    | Biweekly
    | EveryWeeks
    | Semimonthly
    | Monthly
    | EveryMonths
    | Quarterly
    | Semiannual
    | Annual
    | Single
    | ExplicitDates
)

DAYS_IN_YEAR: Final = 365


def days_between(frequency: Frequency) -> int | None:
    """Days from one due date to the next where it is a fixed number, else None."""
    match frequency:
        case EveryDays(days=days):
            return days
        case Weekly():
            return 7
        case Biweekly():
            return 14
        case EveryWeeks(weeks=weeks):
            return 7 * weeks
        case _:
            return None


def months_between(frequency: Frequency) -> int | None:
    """Months from one due date to the next where it is a fixed number, else None."""
    match frequency:
        case Monthly(skip_months=()):
            return 1
        case EveryMonths(months=months):
            return months
        case Quarterly():
            return 3
        case Semiannual():
            return 6
        case Annual():
            return 12
        case _:
            return None


def periods_per_year(frequency: Frequency) -> Fraction:
    """Installments in a year: 12, 24, 26, 52; 365 over the days between for days.

    A single payment and explicit dates count one.
    """
    match frequency:
        case EveryDays(days=days):
            return Fraction(DAYS_IN_YEAR, days)
        case Weekly():
            return Fraction(52)
        case Biweekly():
            return Fraction(26)
        case EveryWeeks(weeks=weeks):
            return Fraction(52, weeks)
        case Semimonthly():
            return Fraction(24)
        case Monthly(skip_months=skipped):
            return Fraction(12 - len(skipped))
        case EveryMonths(months=months):
            return Fraction(12, months)
        case Quarterly():
            return Fraction(4)
        case Semiannual():
            return Fraction(2)
        case Annual() | Single() | ExplicitDates():
            return Fraction(1)
        case _ as never:
            assert_never(never)
