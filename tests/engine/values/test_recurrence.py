"""Dates that come again until a last day."""

from __future__ import annotations

from datetime import date

import pytest

from engine.values.frequency import EveryDays, EveryMonths, ExplicitDates
from engine.values.recurrence import LastPeriod, Recurrence, dates_before, joined_dates

MONTHLY = EveryMonths(months=1)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)


@pytest.mark.parametrize(
    ("last_period", "end", "expected"),
    [
        (LastPeriod.short, "2024-04-15", ("2024-01-31", "2024-02-29", "2024-03-31")),
        (LastPeriod.long, "2024-04-15", ("2024-01-31", "2024-02-29")),
        (LastPeriod.long, "2024-04-30", ("2024-01-31", "2024-02-29", "2024-03-31")),
        (LastPeriod.short, "2024-03-31", ("2024-01-31", "2024-02-29")),
        (LastPeriod.long, "2024-02-10", ("2024-01-31",)),
        (LastPeriod.long, "2024-01-31", ()),
    ],
)
def test_the_last_period(last_period: LastPeriod, end: str, expected: tuple[str, ...]) -> None:
    monthly = Recurrence(first=date(2024, 1, 31), frequency=MONTHLY, last_period=last_period)
    assert dates_before(monthly, date.fromisoformat(end)) == days(*expected)


def test_month_ends_are_kept_where_the_frequency_says_so() -> None:
    to_month_end = EveryMonths(months=1, day=31)
    monthly = Recurrence(first=date(2024, 4, 30), frequency=to_month_end)
    assert dates_before(monthly, date(2024, 7, 1)) == days("2024-04-30", "2024-05-31", "2024-06-30")


def test_a_date_alone_and_listed_dates_end_by_themselves() -> None:
    assert dates_before(Recurrence(first=date(2024, 1, 1)), date(2030, 1, 1)) == days("2024-01-01")
    listed = ExplicitDates(dates=days("2024-01-01", "2024-05-01"))
    recurrence = Recurrence(first=date(2024, 1, 1), frequency=listed)
    assert dates_before(recurrence, date(2024, 6, 1)) == days("2024-01-01", "2024-05-01")


def test_one_rhythm_ends_where_the_next_begins() -> None:
    quarterly = Recurrence(first=date(2024, 1, 1), frequency=EveryMonths(months=3))
    weekly = Recurrence(first=date(2024, 6, 24), frequency=EveryDays(days=7))
    joined = joined_dates((quarterly, weekly), date(2024, 7, 3))
    assert joined == days("2024-01-01", "2024-04-01", "2024-06-24", "2024-07-01")
    assert joined_dates((quarterly, weekly), date(2024, 2, 1)) == days("2024-01-01")
    assert joined_dates((), date(2024, 2, 1)) == ()
