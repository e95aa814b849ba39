"""Business calendars from the holidays of a place, with days added and taken away."""

from __future__ import annotations

from datetime import date

import pytest

from store.definitions.calendars import (
    CalendarDocument,
    NamedDay,
    PublicHolidays,
    business_calendar,
)

US = PublicHolidays(country="US", from_year=2026, to_year=2027)


def calendar(
    public_holidays: PublicHolidays | None = US, **changes: tuple[NamedDay, ...]
) -> CalendarDocument:
    return CalendarDocument(
        calendar="test", version=1, title="Test", public_holidays=public_holidays, **changes
    )


def test_holidays_and_weekends_are_no_business_days() -> None:
    days = business_calendar(calendar())
    assert not days.is_business_day(date(2026, 5, 25)), "Memorial Day"
    assert not days.is_business_day(date(2026, 7, 3)), "Independence Day, kept on Friday"
    assert not days.is_business_day(date(2026, 5, 23)), "a Saturday"
    assert days.is_business_day(date(2026, 5, 26))
    assert days.covers_to == date(2027, 12, 31)


def test_days_are_added_and_taken_away() -> None:
    flood = NamedDay(on=date(2026, 5, 26), name="Flood")
    columbus = NamedDay(on=date(2026, 10, 12), name="Columbus Day")
    days = business_calendar(calendar(add=(flood,), remove=(columbus,)))
    assert not days.is_business_day(flood.on)
    assert days.is_business_day(columbus.on)


def test_a_calendar_without_holidays_knows_weekends_alone() -> None:
    days = business_calendar(calendar(None))
    assert days.holidays == frozenset()
    assert not days.is_business_day(date(2026, 5, 24))
    assert calendar(None).reference == "test@1"


def test_a_place_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="knows no holidays of QQ"):
        business_calendar(calendar(PublicHolidays(country="QQ")))
