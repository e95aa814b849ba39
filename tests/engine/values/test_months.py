"""Month arithmetic: clamped days, month ends and leap days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.values.months import (
    add_months,
    is_month_end,
    last_day_of_month,
    leap_days,
    month_index,
    next_day,
    next_leap_day,
    on_day_of_month,
)

DATES = st.dates(date(1900, 3, 1), date(2099, 12, 31))


@given(DATES)
def test_last_day_is_followed_by_the_first(day: date) -> None:
    last = on_day_of_month(month_index(day), 31)
    assert last.day == last_day_of_month(day.year, day.month)
    assert next_day(last).day == 1
    assert is_month_end(day) == (day == last)


@given(DATES, st.integers(0, 900))
def test_leap_days_are_those_found_by_looking(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    walked = sum(
        (day.month, day.day) == (2, 29)
        for day in (start + timedelta(days=n) for n in range(1, length + 1))
    )
    assert leap_days(start, end) == walked


def test_a_short_month_takes_its_last_day() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 3, 31), -13) == date(2023, 2, 28)


def test_the_next_leap_day_is_later_than_the_day() -> None:
    assert next_leap_day(date(2024, 2, 28)) == date(2024, 2, 29)
    assert next_leap_day(date(2024, 2, 29)) == date(2028, 2, 29)
    assert next_leap_day(date(1896, 3, 1)) == date(1904, 2, 29)
