"""Year fractions that weigh actual days by the length of the year or period they fall in."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from fractions import Fraction
from itertools import pairwise

from engine.values.months import add_months, is_leap, leap_days, next_leap_day


def isda_ratio(start: date, end: date) -> tuple[int, int]:
    """Days in leap years over 366 plus days in other years over 365, as one ratio.

    Source: 2006 ISDA Definitions §4.16(b).
    """
    if end < start:
        numerator, denominator = isda_ratio(end, start)
        return -numerator, denominator
    if start.year == end.year:
        return (end - start).days, 366 if is_leap(start.year) else 365
    numerator = 0
    for year in range(start.year, end.year + 1):
        first = start if year == start.year else date(year, 1, 1)
        last = end if year == end.year else date(year + 1, 1, 1)
        numerator += (last - first).days * (365 if is_leap(year) else 366)
    return numerator, 365 * 366


def icma_ratio(
    start: date, end: date, period_dates: tuple[date, ...], periods_per_year: Fraction
) -> tuple[int, int]:
    """Whole payment periods as equal parts of a year; parts of one by its actual days.

    The period dates are the regular ones and reach from start or before to end or after. Source:
    ICMA Rule 251.
    """
    assert period_dates and period_dates[0] <= start and end <= period_dates[-1], (
        "period dates do not cover the days counted"
    )
    at = min(bisect_right(period_dates, start), len(period_dates) - 1) - 1
    if (start, end) == period_dates[at : at + 2]:
        return periods_per_year.denominator, periods_per_year.numerator
    share = Fraction(0)
    for first, last in pairwise(period_dates[max(at, 0) :]):
        if first >= end:
            break
        days = (min(end, last) - max(start, first)).days
        if days > 0:
            share += Fraction(days, (last - first).days)
    share /= periods_per_year
    return share.numerator, share.denominator


def afb_ratio(start: date, end: date) -> tuple[int, int]:
    """Whole years back from the end, the rest over 366 when it holds a 29 February, else 365.

    Warning: some texts step back from 28 February to the 29th of a leap year; this does not.
    Source: AFB master agreement, 1994 (Exact/Exact).
    """
    years = 0
    rest_end = end
    while True:
        earlier = add_months(end, -12 * (years + 1))
        if earlier < start:
            break
        years, rest_end = years + 1, earlier
    basis = 366 if _holds_leap_day(start, rest_end) else 365
    return years * basis + (rest_end - start).days, basis


def _holds_leap_day(start: date, end: date) -> bool:
    """Whether a 29 February lies from start (counted) to end (not counted)."""
    return (leap_days(start, end) > 0 and end.timetuple()[1:3] != (2, 29)) or (
        start.timetuple()[1:3] == (2, 29) and start < end
    )


def leap_period_ratio(start: date, end: date) -> tuple[int, int]:
    """Actual days over 366 when a 29 February lies after start up to end, else over 365."""
    return (end - start).days, 366 if leap_days(start, end) else 365


def icma_365l_ratio(
    start: date, end: date, period_end: date, periods_per_year: Fraction
) -> tuple[int, int]:
    """Actual/365L: over 366 when the period is annual and holds a 29 February after its start.

    More frequent periods look at the year their end falls in. Source: ICMA Rule 251.1(i)(2).
    """
    annual = periods_per_year == 1
    leap = next_leap_day(start) <= period_end if annual else is_leap(period_end.year)
    return (end - start).days, 366 if leap else 365
