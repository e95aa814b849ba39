"""Every convention against published figures, and the property that tells additive ones apart."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.calendar import BusinessCalendar
from engine.values.day_count import (
    DayCount,
    ReferencePeriods,
    days,
    days_in_year,
    is_additive,
    year_fraction,
    year_shares,
)

DATES = st.dates(date(1999, 1, 1), date(2031, 12, 31))
AROUND = ReferencePeriods(
    dates=tuple(date(year, 1, 15) for year in range(1990, 2041)),
    per_year=Fraction(1),
    calendar=BusinessCalendar(),
)


@pytest.mark.parametrize(
    ("day_count", "start", "end", "expected"),
    [
        ("actual/365", "2024-01-31", "2024-03-01", Fraction(30, 365)),
        ("actual/360", "2024-01-31", "2024-03-01", Fraction(30, 360)),
        ("30/360", "2024-01-31", "2024-03-31", Fraction(60, 360)),
        ("30/360", "2023-02-28", "2023-03-31", Fraction(33, 360)),
        ("30u/360", "2023-02-28", "2023-03-31", Fraction(30, 360)),
        ("30e/360", "2024-02-29", "2024-08-31", Fraction(181, 360)),
        ("30e/360_isda", "2024-02-29", "2024-08-31", Fraction(180, 360)),
        ("30e+/360", "2024-01-15", "2024-01-31", Fraction(16, 360)),
        ("30/360_psa", "2023-02-28", "2024-02-29", Fraction(359, 360)),
        ("30/365", "2024-01-31", "2024-03-31", Fraction(60, 365)),
        ("30e/365", "2024-02-29", "2024-08-31", Fraction(180, 365)),
        ("actual/actual_isda", "2003-11-01", "2004-05-01", Fraction(61, 365) + Fraction(121, 366)),
        ("actual/actual_afb", "2003-11-01", "2004-05-01", Fraction(182, 366)),
        ("actual/365_actual", "2024-02-28", "2024-02-29", Fraction(1, 366)),
        ("actual/365_actual", "2024-02-29", "2024-03-01", Fraction(1, 365)),
        ("actual/365l", "2024-02-29", "2024-03-01", Fraction(1, 366)),
        ("actual/364", "2024-01-01", "2024-12-30", Fraction(1)),
        ("actual/365.25", "2024-01-01", "2028-01-01", Fraction(4)),
        ("actual/365_no_leap", "2024-02-28", "2024-03-01", Fraction(1, 365)),
        ("actual/360_no_leap", "2024-02-28", "2024-03-01", Fraction(1, 360)),
        ("1/1", "2024-01-01", "2024-02-01", Fraction(1)),
        ("periods", "2024-01-31", "2024-02-29", Fraction(1, 12)),
        ("periods", "2024-01-15", "2024-03-01", Fraction(1, 12) + Fraction(15, 29 * 12)),
    ],
)
def test_share_of_a_year(day_count: str, start: str, end: str, expected: Fraction) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert year_fraction(DayCount(day_count), first, last) == expected


def test_end_of_february_stays_when_it_is_the_maturity_date() -> None:
    end = date(2009, 2, 28)
    counted = days(DayCount.thirty_e_360_isda, date(2008, 8, 31), end)
    at_maturity = ReferencePeriods(maturity=end)
    assert counted == 180
    assert days(DayCount.thirty_e_360_isda, date(2008, 8, 31), end, at_maturity) == 178


def test_icma_takes_a_regular_period_as_its_equal_part_of_the_year() -> None:
    halves = ReferencePeriods(
        dates=(date(2003, 11, 1), date(2004, 5, 1), date(2004, 11, 1)), per_year=Fraction(2)
    )
    icma = DayCount.actual_actual_icma
    assert year_fraction(icma, date(2003, 11, 1), date(2004, 5, 1), halves) == Fraction(1, 2)
    assert (
        year_fraction(icma, date(2004, 4, 1), date(2004, 6, 1), halves)
        == (Fraction(30, 182) + Fraction(31, 184)) / 2
    )


def test_icma_refuses_days_outside_its_periods() -> None:
    periods = ReferencePeriods(dates=(date(2024, 1, 1), date(2024, 7, 1)), per_year=Fraction(2))
    with pytest.raises(AssertionError):
        year_fraction(DayCount.actual_actual_icma, date(2024, 1, 1), date(2024, 8, 1), periods)


def test_business_252_counts_business_days() -> None:
    calendar = BusinessCalendar(holidays=frozenset({date(2024, 1, 1)}))
    counted = ReferencePeriods(calendar=calendar)
    week = year_fraction(DayCount.business_252, date(2024, 1, 1), date(2024, 1, 8), counted)
    assert week == Fraction(4, 252)


@given(st.sampled_from([d for d in DayCount if is_additive(d)]), DATES, DATES, DATES)
def test_additive_conventions_add_up_over_any_split(
    day_count: DayCount, first: date, second: date, third: date
) -> None:
    start, middle, end = sorted((first, second, third))
    whole = year_fraction(day_count, start, end, AROUND)
    parts = year_fraction(day_count, start, middle, AROUND)
    assert whole == parts + year_fraction(day_count, middle, end, AROUND)


def test_thirty_360_does_not_add_up_over_the_end_of_february() -> None:
    start, middle, end = date(2023, 1, 30), date(2023, 2, 28), date(2023, 3, 31)
    split = sum(days(DayCount.thirty_360, *pair) for pair in ((start, middle), (middle, end)))
    assert (split, days(DayCount.thirty_360, start, end)) == (61, 60)
    assert not is_additive(DayCount.thirty_360)


@given(st.sampled_from(list(DayCount)), DATES, st.integers(0, 4000))
def test_time_passing_never_shrinks_the_share(day_count: DayCount, start: date, later: int) -> None:
    end = start + timedelta(days=later)
    assert year_fraction(day_count, start, end, AROUND) >= 0


@given(
    st.sampled_from(list(DayCount)),
    st.lists(DATES | DATES.map(lambda day: day.replace(day=15)), min_size=2, max_size=9),
)
def test_many_shares_are_those_counted_one_by_one(day_count: DayCount, dates: list[date]) -> None:
    dates = sorted(set(dates))
    counted, over = year_shares(day_count, dates, AROUND)
    one_by_one = [year_fraction(day_count, *pair, AROUND) for pair in pairwise(dates)]
    assert [Fraction(part, over) for part in counted] == one_by_one


def test_length_of_the_year_where_it_is_fixed() -> None:
    assert days_in_year(DayCount.actual_360) == 360
    assert days_in_year(DayCount.actual_actual_isda) is None
