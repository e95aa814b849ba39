"""Where a due date falls when its day is no business day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.calendar import WEEKENDS_ONLY, BusinessCalendar
from engine.values.calendar import BusinessDayAdjustment as Adjust

SATURDAY_30TH = date(2024, 11, 30)
EVERY_DAY = BusinessCalendar(weekend=frozenset())
NEW_YEAR = BusinessCalendar(holidays=frozenset({date(2025, 1, 1)}))


@pytest.mark.parametrize(
    ("adjustment", "expected"),
    [
        (Adjust.none, date(2024, 11, 30)),
        (Adjust.following, date(2024, 12, 2)),
        (Adjust.modified_following, date(2024, 11, 29)),
        (Adjust.preceding, date(2024, 11, 29)),
        (Adjust.modified_preceding, date(2024, 11, 29)),
    ],
)
def test_month_end_on_a_saturday(adjustment: Adjust, expected: date) -> None:
    assert WEEKENDS_ONLY.adjust(SATURDAY_30TH, adjustment) == expected


def test_first_of_the_month_on_a_sunday_is_not_moved_into_the_month_before() -> None:
    sunday = date(2024, 12, 1)
    assert WEEKENDS_ONLY.adjust(sunday, Adjust.modified_preceding) == date(2024, 12, 2)


def test_holidays_and_weekends_are_stepped_over() -> None:
    assert NEW_YEAR.add_business_days(date(2024, 12, 31), 1) == date(2025, 1, 2)
    assert NEW_YEAR.add_business_days(date(2025, 1, 2), -1) == date(2024, 12, 31)
    assert NEW_YEAR.add_business_days(date(2025, 1, 3), 1) == date(2025, 1, 6)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 30))
def test_as_many_business_days_lie_between_as_were_added(day: date, count: int) -> None:
    later = NEW_YEAR.add_business_days(day, count)
    first = NEW_YEAR.adjust(day, Adjust.following)
    started = NEW_YEAR.is_business_day(day) or count == 0
    assert NEW_YEAR.business_days(first, later) == (count if started else count - 1)


def test_where_every_day_is_a_business_day_nothing_moves() -> None:
    assert EVERY_DAY.adjust(SATURDAY_30TH, Adjust.following) == SATURDAY_30TH
    assert EVERY_DAY.business_days(date(2024, 1, 1), date(2024, 1, 8)) == 7
    assert EVERY_DAY.business_days(date(2024, 1, 8), date(2024, 1, 1)) == -7
