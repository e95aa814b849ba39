"""Counting unit periods as 12 CFR 1026 Appendix J (b) says."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from engine.disclosure.unit_period import (
    MONTH,
    YEAR,
    DaysPeriod,
    MonthsPeriod,
    SemimonthPeriod,
    TermPeriod,
    UnitPeriod,
    frequency_unit_period,
    series_day,
    unit_period,
    unit_periods_between,
    unit_periods_per_year,
)
from engine.values.due_dates import due_dates
from engine.values.frequency import Biweekly, EveryDays, Frequency, Monthly, Semimonthly, Weekly


@pytest.mark.parametrize(
    ("unit", "earlier", "later", "full", "fraction"),
    [
        (MONTH, "1978-01-10", "1978-02-10", 1, "0"),
        (MONTH, "1978-04-10", "1978-06-01", 1, "7/10"),
        (MONTH, "1979-04-10", "1979-09-18", 5, "4/15"),
        (MonthsPeriod(months=2), "1978-01-10", "1978-03-01", 0, "13/15"),
        (SemimonthPeriod(), "1978-02-23", "1978-03-01", 0, "2/5"),
        (DaysPeriod(days=14), "1978-04-03", "1978-04-11", 0, "4/7"),
        (DaysPeriod(days=28), "1978-01-25", "1978-11-13", 10, "3/7"),
        (YEAR, "1978-01-03", "1980-01-03", 2, "0"),
        (YEAR, "1978-01-03", "1980-03-03", 2, "1/6"),
        (YEAR, "1978-01-03", "1980-01-13", 2, "2/73"),
    ],
)
def test_full_periods_count_back_and_odd_days_remain(
    unit: UnitPeriod, earlier: str, later: str, full: int, fraction: str
) -> None:
    counted = unit_periods_between(unit, date.fromisoformat(earlier), date.fromisoformat(later))
    assert counted == (full, Fraction(fraction))


def test_a_series_on_month_ends_is_measured_from_month_end_to_month_end() -> None:
    ends = due_dates(date(2024, 2, 29), Monthly(day=31), 4)
    assert series_day(ends) == 31
    assert unit_periods_between(MONTH, date(2024, 1, 31), ends[0], 31) == (1, Fraction(0))
    assert unit_periods_between(MONTH, date(2024, 1, 30), ends[0], 31) == (1, Fraction(1, 30))


def test_a_series_on_the_30th_uses_the_last_of_february() -> None:
    dates = due_dates(date(2023, 1, 30), Monthly(), 4)
    assert series_day(dates) == 30
    assert unit_periods_between(MONTH, dates[0], dates[1], 30) == (1, Fraction(0))


@pytest.mark.parametrize(
    ("frequency", "unit", "per_year"),
    [
        (Monthly(), MONTH, 12),
        (Biweekly(), DaysPeriod(days=14), 26),
        (Weekly(), DaysPeriod(days=7), 52),
        (Semimonthly(days=(1, 16)), SemimonthPeriod(), 24),
    ],
)
def test_a_regular_frequency_is_found_from_its_dates(
    frequency: Frequency, unit: UnitPeriod, per_year: int
) -> None:
    dates = due_dates(date(2024, 3, 1), frequency, 12)
    assert unit_period([date(2024, 2, 14)], dates) == unit
    assert frequency_unit_period(frequency) == unit
    assert unit_periods_per_year(unit) == per_year


def test_an_odd_number_of_days_has_no_unit_period_of_its_own() -> None:
    assert frequency_unit_period(EveryDays(days=10)) is None


def test_one_payment_takes_the_term() -> None:
    advanced = date(1978, 1, 3)
    by_days = unit_period([advanced], [date(1978, 9, 15)])
    assert by_days == TermPeriod(per_year=Fraction(365, 255))
    assert unit_period([date(1978, 7, 15)], [date(1979, 1, 15)]) == MonthsPeriod(months=6)
    assert unit_period([advanced], [date(1980, 1, 3)]) == YEAR


def test_equally_frequent_periods_give_way_to_the_smaller() -> None:
    dates = [date(2024, 2, 1), date(2024, 3, 1), date(2024, 5, 1), date(2024, 7, 1)]
    assert unit_period([date(2024, 1, 1)], dates) == MONTH


def test_without_a_common_period_the_average_counts() -> None:
    first = date(2024, 1, 1)
    dates = [first + timedelta(days=days) for days in (33, 77, 150)]
    assert unit_period([first], dates) == DaysPeriod(days=49)


def test_advances_and_payments_are_each_a_series_of_their_own() -> None:
    # Advances on the 15th between payments on the 1st: half months lie between, no period does.
    advances = due_dates(date(2024, 1, 15), Monthly(), 3)
    payments = due_dates(date(2024, 2, 1), Monthly(), 12)
    assert unit_period(advances, payments) == MONTH


def test_two_payments_on_one_day_are_one_period() -> None:
    day = date(2024, 3, 1)
    assert unit_period([date(2024, 1, 1)], [day, day]) == MonthsPeriod(months=2)
