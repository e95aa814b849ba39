"""Unit periods: how Regulation Z counts time between advances and payments.

Source: 12 CFR 1026 Appendix J, (b)(1) to (b)(5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeAlias, assert_never

import msgspec

from engine.values.frequency import Frequency, Semimonthly, days_between, months_between
from engine.values.months import add_months, is_month_end, month_index, whole_months_back

_DAYS_IN_YEAR: Final = 365


class MonthsPeriod(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="months"):
    """A month or a multiple of it up to a year."""

    months: int = 1


class SemimonthPeriod(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="semimonth"):
    """Half a month, fifteen days."""


class DaysPeriod(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="days"):
    """A day, a week or a multiple of a week."""

    days: int = 7


class TermPeriod(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="term"):
    """The whole term of a single-advance, single-payment transaction shorter than a year."""

    per_year: Fraction


UnitPeriod: TypeAlias = MonthsPeriod | SemimonthPeriod | DaysPeriod | TermPeriod

MONTH: Final = MonthsPeriod()
YEAR: Final = MonthsPeriod(months=12)


def unit_periods_per_year(unit: UnitPeriod) -> Fraction:
    """How many unit periods make a year: 12, 24, 52, 26, 365 …"""
    match unit:
        case MonthsPeriod(months=months):
            return Fraction(12, months)
        case SemimonthPeriod():
            return Fraction(24)
        case DaysPeriod(days=days):
            return Fraction(364, days) if days % 7 == 0 else Fraction(_DAYS_IN_YEAR, days)
        case TermPeriod(per_year=per_year):
            return per_year
        case _ as never:
            assert_never(never)


def frequency_unit_period(frequency: Frequency) -> UnitPeriod | None:
    """The unit period of a regular frequency; None when the dates must tell."""
    if isinstance(frequency, Semimonthly):
        return SemimonthPeriod()
    days, months = days_between(frequency), months_between(frequency)
    if days is not None and (days == 1 or days % 7 == 0):
        return DaysPeriod(days=days)
    if months is not None and months <= 12:
        return MonthsPeriod(months=months)
    return None


def series_day(payment_dates: Sequence[date]) -> int:
    """The day of the month a series of payments falls on: 31 when each is its month's last day.

    A series on the 29th or 30th uses the last day of February.
    """
    if all(is_month_end(day) for day in payment_dates):
        return 31
    return max(day.day for day in payment_dates)


def unit_periods_between(
    unit: UnitPeriod, earlier: date, later: date, series: int = 0
) -> tuple[int, Fraction]:
    """Full unit periods between two dates and the remaining fraction of one, per (b)(5).

    Full periods count back from the later date. ``series`` is the day of the month the payments
    fall on, where the later date is a shorter month's last day in its place.
    """
    match unit:
        case MonthsPeriod(months=12):
            return _years_back(earlier, later, series)
        case MonthsPeriod(months=1):
            months, days = whole_months_back(earlier, later, series)
            extra, days = divmod(days, 30)
            return months + extra, Fraction(days, 30)
        case MonthsPeriod(months=months):
            return _over(_thirties(earlier, later, series), 30 * months)
        case SemimonthPeriod():
            return _over(_thirties(earlier, later, series), 15)
        case DaysPeriod(days=days):
            return _over((later - earlier).days, days)
        case TermPeriod():
            return (1, Fraction(0)) if later > earlier else (0, Fraction(0))
        case _ as never:
            assert_never(never)


def _over(days: int, length: int) -> tuple[int, Fraction]:
    full, rest = divmod(days, length)
    return full, Fraction(rest, length)


def _thirties(earlier: date, later: date, series: int) -> int:
    months, days = whole_months_back(earlier, later, series)
    return 30 * months + days


def _years_back(earlier: date, later: date, series: int) -> tuple[int, Fraction]:
    months, days = whole_months_back(earlier, later, series)
    years, months = divmod(months, 12)
    if days == 0:
        return years, Fraction(months, 12)
    rest = (add_months(later, -12 * years) - earlier).days
    return years, Fraction(rest, _DAYS_IN_YEAR)


def unit_period(advance_dates: Sequence[date], payment_dates: Sequence[date]) -> UnitPeriod:
    """The unit period of a transaction: the most frequent common period, per (b)(4).

    Of equally frequent ones the smaller; without a common period the average period, rounded to a
    standard interval; for one advance and one payment the term, at most a year.
    """
    advances, payments = sorted(set(advance_dates)), sorted(set(payment_dates))
    if len(advances) == 1 and len(payments) == 1:
        return _term(advances[0], payments[0])
    if _is_semimonthly(payments):
        return SemimonthPeriod()
    spans = _periods(advances, payments)
    intervals = [_interval(first, second) for first, second in spans]
    common = Counter(interval for interval in intervals if _within_a_year(interval))
    repeated = {interval: count for interval, count in common.items() if count > 1}
    if not repeated:
        return _average(spans)
    return min(repeated, key=lambda interval: (-repeated[interval], _length(interval)))


def _periods(advances: list[date], payments: list[date]) -> list[tuple[date, date]]:
    """The intervals between advances, between payments, and from the start to the first payment.

    Advances and payments are each a series of their own, per (b)(3)(i).
    """
    start = (advances[0], payments[0])
    return [*pairwise(advances), *([start] if start[0] < start[1] else []), *pairwise(payments)]


def _interval(first: date, second: date) -> UnitPeriod:
    months = month_index(second) - month_index(first)
    same_day = add_months(first, months) == second or add_months(second, -months) == first
    if months and (same_day or (is_month_end(first) and is_month_end(second))):
        return MonthsPeriod(months=months)
    return DaysPeriod(days=(second - first).days)


def _is_semimonthly(payment_dates: Sequence[date]) -> bool:
    """Whether payments come twice a month: every second interval is a month."""
    if len(payment_dates) < 4:
        return False
    twos = list(zip(payment_dates[:-2], payment_dates[2:], strict=True))
    monthly = sum(_interval(first, third) == MONTH for first, third in twos)
    return 2 * monthly > len(twos)


def _length(unit: UnitPeriod) -> Fraction:
    return _DAYS_IN_YEAR / unit_periods_per_year(unit)


def _within_a_year(unit: UnitPeriod) -> bool:
    return _length(unit) <= _DAYS_IN_YEAR + 1


def _average(spans: Sequence[tuple[date, date]]) -> UnitPeriod:
    average = Fraction(sum((last - first).days for first, last in spans), len(spans))
    standard: list[UnitPeriod] = [DaysPeriod(days=1), SemimonthPeriod()]
    standard += [DaysPeriod(days=7 * weeks) for weeks in range(1, 53)]
    standard += [MonthsPeriod(months=months) for months in range(1, 13)]
    return min(standard, key=lambda unit: (abs(_length(unit) - average), _length(unit)))


def _term(advanced: date, paid: date) -> UnitPeriod:
    """The term itself when shorter than a year: by its months when whole, else by its days."""
    if paid >= add_months(advanced, 12):
        return YEAR
    interval = _interval(advanced, paid)
    if isinstance(interval, MonthsPeriod):
        return interval
    return TermPeriod(per_year=Fraction(_DAYS_IN_YEAR, max(1, (paid - advanced).days)))
