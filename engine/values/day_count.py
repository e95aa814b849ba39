"""Day counts: what share of a year lies between two dates.

The name says how days are counted over how long a year is. Markets use one name for two of them
and two names for one; each member tells its aliases and where the market disagrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import lcm
from operator import sub
from typing import Final

import msgspec

from engine.values import actual_actual, thirty_360
from engine.values.calendar import BusinessCalendar
from engine.values.months import add_months, leap_days, month_index


class DayCount(StrEnum):
    """A year-fraction convention; the product names one."""

    actual_365 = "actual/365"
    """Actual days over 365, leap year or not. Aliases: Actual/365 Fixed, A/365F, exact day.
    Warning: some US lenders mean 366 in leap years by it: that is ``actual/actual_isda``."""
    actual_360 = "actual/360"
    """Actual days over 360, as in commercial and money-market loans; earns 365/360 of the note
    rate over a year. Aliases: A/360, bank method, French."""
    thirty_360 = "30/360"
    """Months of thirty days, ISDA 4.16(f). Aliases: Bond Basis, 360/360. Warning: "30/360 US" with
    the end-of-February rule is ``30u/360``. Not additive over arbitrary splits."""
    thirty_u_360 = "30u/360"
    """30/360 with the end of February as the 30th. Aliases: 30US/360, 30/360 EOM, SIFMA."""
    thirty_e_360 = "30e/360"
    """Eurobond Basis, ISDA 4.16(g): the 31st is the 30th. Aliases: 30/360 ICMA, Special German."""
    thirty_e_360_isda = "30e/360_isda"
    """ISDA 4.16(h): month ends are the 30th save a maturity at the end of February. Alias: German.
    Needs the maturity date."""
    thirty_e_plus_360 = "30e+/360"
    """An end on the 31st is the first of the next month."""
    thirty_360_psa = "30/360_psa"
    """Mortgage-backed securities: a start at the end of February is the 30th, an end is not."""
    thirty_365 = "30/365"
    """30/360 days over 365."""
    thirty_e_365 = "30e/365"
    """Month ends, February's too, are the 30th, over 365."""
    actual_actual_isda = "actual/actual_isda"
    """Leap-year days over 366, others over 365. Aliases: Actual/Actual, Actual/365 in old ISDA
    texts. Warning: "Actual/Actual" in bond texts is the ICMA one."""
    actual_actual_icma = "actual/actual_icma"
    """Whole payment periods are equal parts of a year. Aliases: ISMA, Actual/Actual (Bond).
    Needs the regular period dates."""
    actual_actual_afb = "actual/actual_afb"
    """Whole years back from the end, the rest over 365 or 366. Alias: Actual/Actual (Euro)."""
    actual_365_actual = "actual/365_actual"
    """Actual days over 366 when a 29 February lies in the period, else 365. Alias: A/365A."""
    actual_365l = "actual/365l"
    """Over 366 when the period's end (or an annual period's days) is leap. Alias: ISMA-Year.
    Needs the period's end."""
    actual_364 = "actual/364"
    """Actual days over 364: 52 whole weeks a year."""
    actual_365_25 = "actual/365.25"
    """Actual days over 365.25, the year of EU consumer credit."""
    actual_365_no_leap = "actual/365_no_leap"
    """29 Februaries are not counted, over 365. Aliases: NL/365, A/365NL."""
    actual_360_no_leap = "actual/360_no_leap"
    """29 Februaries are not counted, over 360. Alias: NL/360."""
    business_252 = "business/252"
    """Business days over 252, Brazil. Alias: BUS/252. Needs a business calendar."""
    one = "1/1"
    """Always a whole year."""
    periods = "periods"
    """A payment period is an equal part of the year; without period dates whole months are 1/12
    each and a started month counts by its actual days. Alias: monthly rate, 1/12."""


class ReferencePeriods(msgspec.Struct, frozen=True, kw_only=True):
    """What some conventions look at besides the two dates."""

    dates: tuple[date, ...] = ()
    """Regular period dates, ascending; consecutive ones bound a payment period."""
    per_year: Fraction = Fraction(12)
    """Payment periods in a year."""
    maturity: date | None = None
    calendar: BusinessCalendar | None = None


NO_PERIODS: Final = ReferencePeriods()

_YEAR: Final[dict[DayCount, int]] = {
    DayCount.actual_365: 365, DayCount.actual_360: 360, DayCount.thirty_360: 360,
    DayCount.thirty_u_360: 360, DayCount.thirty_e_360: 360, DayCount.thirty_e_360_isda: 360,
    DayCount.thirty_e_plus_360: 360, DayCount.thirty_360_psa: 360, DayCount.thirty_365: 365,
    DayCount.thirty_e_365: 365, DayCount.actual_364: 364, DayCount.actual_365_no_leap: 365,
    DayCount.actual_360_no_leap: 360, DayCount.business_252: 252,
}  # fmt: skip
_ACTUAL_DAYS: Final = frozenset({
    DayCount.actual_365, DayCount.actual_360, DayCount.actual_364,
})  # fmt: skip
_THIRTY_DAYS: Final = frozenset({
    DayCount.thirty_360, DayCount.thirty_u_360, DayCount.thirty_e_360, DayCount.thirty_e_360_isda,
    DayCount.thirty_e_plus_360, DayCount.thirty_360_psa, DayCount.thirty_365,
    DayCount.thirty_e_365,
})  # fmt: skip
_ADDITIVE: Final = frozenset({
    DayCount.actual_365, DayCount.actual_360, DayCount.actual_364, DayCount.actual_365_25,
    DayCount.actual_actual_isda, DayCount.actual_actual_icma, DayCount.actual_365_no_leap,
    DayCount.actual_360_no_leap, DayCount.business_252, DayCount.thirty_e_360,
    DayCount.thirty_e_365, DayCount.thirty_e_360_isda,
})  # fmt: skip


def days_in_year(day_count: DayCount) -> int | None:
    """The fixed length of the year, or None where the convention has no fixed one."""
    return _YEAR.get(day_count)


def is_additive(day_count: DayCount) -> bool:
    """Whether the shares of two adjoining spans always sum to the share of the whole."""
    return day_count in _ADDITIVE


def days(
    day_count: DayCount, start: date, end: date, periods: ReferencePeriods = NO_PERIODS
) -> int:
    """Days from start to end as the convention counts them."""
    match day_count:
        case DayCount.thirty_360 | DayCount.thirty_365:
            return thirty_360.bond_basis_days(start, end)
        case DayCount.thirty_u_360:
            return thirty_360.us_days(start, end)
        case DayCount.thirty_e_360:
            return thirty_360.eurobond_days(start, end)
        case DayCount.thirty_e_365:
            return thirty_360.eurobond_isda_days(start, end, None)
        case DayCount.thirty_e_360_isda:
            return thirty_360.eurobond_isda_days(start, end, periods.maturity)
        case DayCount.thirty_e_plus_360:
            return thirty_360.eurobond_plus_days(start, end)
        case DayCount.thirty_360_psa:
            return thirty_360.psa_days(start, end)
        case DayCount.actual_365_no_leap | DayCount.actual_360_no_leap:
            return (end - start).days - leap_days(start, end)
        case DayCount.business_252:
            assert periods.calendar is not None, "business/252 needs a business calendar"
            return periods.calendar.business_days(start, end)
        case _:
            return (end - start).days


def year_ratio(
    day_count: DayCount, start: date, end: date, periods: ReferencePeriods = NO_PERIODS
) -> tuple[int, int]:
    """The share of a year from start to end as numerator and positive denominator, unreduced."""
    if day_count is DayCount.actual_365:
        return (end - start).days, 365
    year = _YEAR.get(day_count)
    if year is not None:
        return days(day_count, start, end, periods), year
    return _special_ratio(day_count, start, end, periods)


def year_shares(
    day_count: DayCount, dates: Sequence[date], periods: ReferencePeriods = NO_PERIODS
) -> tuple[list[int], int]:
    """The shares of a year between each date and the next, all over one denominator."""
    year = _YEAR.get(day_count)
    if year is None:
        return over_one_denominator(
            [_special_ratio(day_count, begin, end, periods) for begin, end in pairwise(dates)]
        )
    counted = None
    if day_count in _ACTUAL_DAYS:
        ordinals = list(map(date.toordinal, dates))
        counted = list(map(sub, ordinals[1:], ordinals))
    elif day_count in _THIRTY_DAYS:
        counted = thirty_360.days_apart_mid_month(dates)
    if counted is None:
        counted = [days(day_count, begin, end, periods) for begin, end in pairwise(dates)]
    return counted, year


def over_one_denominator(ratios: Sequence[tuple[int, int]]) -> tuple[list[int], int]:
    """Numerators of the ratios over their least common denominator, and that."""
    common = lcm(*{denominator for _, denominator in ratios})
    return [numerator * (common // denominator) for numerator, denominator in ratios], common


def year_fraction(
    day_count: DayCount, start: date, end: date, periods: ReferencePeriods = NO_PERIODS
) -> Fraction:
    """The share of a year from start to end, exact."""
    return Fraction(*year_ratio(day_count, start, end, periods))


def _special_ratio(
    day_count: DayCount, start: date, end: date, periods: ReferencePeriods
) -> tuple[int, int]:
    """Conventions whose year has no fixed length."""
    match day_count:
        case DayCount.actual_actual_isda:
            return actual_actual.isda_ratio(start, end)
        case DayCount.actual_actual_icma:
            return actual_actual.icma_ratio(start, end, periods.dates, periods.per_year)
        case DayCount.actual_actual_afb:
            return actual_actual.afb_ratio(start, end)
        case DayCount.actual_365_actual:
            return actual_actual.leap_period_ratio(start, end)
        case DayCount.actual_365l:
            return actual_actual.icma_365l_ratio(
                start, end, _period_end(end, periods), periods.per_year
            )
        case DayCount.actual_365_25:
            return (end - start).days * 4, 1461
        case DayCount.one:
            return 1, 1
        case DayCount.periods:
            if periods.dates:
                return actual_actual.icma_ratio(start, end, periods.dates, periods.per_year)
            return _whole_months_ratio(start, end)
        case _:
            raise AssertionError(f"no year for {day_count}")


def _period_end(end: date, periods: ReferencePeriods) -> date:
    return next((day for day in periods.dates if day >= end), end)


def _whole_months_ratio(start: date, end: date) -> tuple[int, int]:
    if end < start:
        numerator, denominator = _whole_months_ratio(end, start)
        return -numerator, denominator
    months = month_index(end) - month_index(start)
    while add_months(start, months) > end:
        months -= 1
    reached, following = add_months(start, months), add_months(start, months + 1)
    length = (following - reached).days
    return months * length + (end - reached).days, 12 * length
