"""What is wrong in a frequency: days no month has, no month left, dates out of order."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.product.due_dates import DueDates
from engine.product.meaning import wrong
from engine.values.calendar import AccrualPeriod, BusinessDayAdjustment
from engine.values.frequency import (
    EveryDays,
    EveryMonths,
    EveryWeeks,
    ExplicitDates,
    Frequency,
    Monthly,
    Semimonthly,
)

_LAST_DAY = 31
_MONTHS = 12
_MOST_DAYS = 3660
"""Ten years between two installments are enough."""


def frequency_problems(frequency: Frequency, path: str) -> Iterator[Problem]:
    """Every fault of a frequency; ``path`` is where it stands."""
    match frequency:
        case EveryDays(days=count):
            yield from _between(count, _MOST_DAYS, f"{path}/days")
        case EveryWeeks(weeks=count):
            yield from _between(count, _MOST_DAYS // 7, f"{path}/weeks")
        case EveryMonths(months=count, day=day):
            yield from _between(count, _MOST_DAYS // 30, f"{path}/months")
            yield from _day_of_month(day, f"{path}/day")
        case Monthly(day=day, skip_months=skipped):
            yield from _day_of_month(day, f"{path}/day")
            yield from _skipped(skipped, f"{path}/skip_months")
        case Semimonthly(days=days):
            for place, day in enumerate(days):
                yield from _day_of_month(day, f"{path}/days/{place}")
            if days[0] == days[1]:
                yield wrong(f"{path}/days", "the two days are one", "write two different days")
        case ExplicitDates(dates=dates):
            if not dates:
                yield wrong(f"{path}/dates", "no due date is listed", "list at least one")
            for place, day_ in enumerate(dates):
                if place and day_ <= dates[place - 1]:
                    message = f"{day_} does not come after {dates[place - 1]}"
                    yield wrong(f"{path}/dates/{place}", message, "put the dates in order")
        case _:
            return


def moves_alone_problems(due_dates: DueDates) -> Iterator[Problem]:
    """A due date that should move alone, where none moves."""
    stay = due_dates.business_days is BusinessDayAdjustment.none
    if stay and due_dates.accrual_period is AccrualPeriod.unadjusted:
        message = "no due date moves, so none moves alone"
        yield wrong("/due_dates/accrual_period", message, "leave it out, or write business_days")


def _between(count: int, most: int, path: str) -> Iterator[Problem]:
    if not 1 <= count <= most:
        yield wrong(path, f"found {count}; 1 to {most} is wanted", "write how many lie between")


def _day_of_month(day: int | None, path: str) -> Iterator[Problem]:
    if day is not None and not 1 <= day <= _LAST_DAY:
        yield wrong(path, f"no month has a day {day}", "write 1 to 31; 31 is the last day")


def _skipped(months: tuple[int, ...], path: str) -> Iterator[Problem]:
    for place, month in enumerate(months):
        if not 1 <= month <= _MONTHS:
            yield wrong(f"{path}/{place}", f"there is no month {month}", "write 1 to 12")
    if len(set(months)) >= _MONTHS:
        yield wrong(path, "no month of the year is left", "leave one out")
