"""Business days: which days are none, and where a date falls that lands on such a day."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

import msgspec

_ONE_DAY = timedelta(days=1)


class BusinessDayAdjustment(StrEnum):
    """Where a due date moves when it falls on a weekend or holiday."""

    none = "none"
    """It stays where it is."""
    following = "following"
    """To the next business day."""
    modified_following = "modified_following"
    """To the next business day unless that is in another month: then to the one before."""
    preceding = "preceding"
    """To the business day before."""
    modified_preceding = "modified_preceding"
    """To the business day before unless that is in another month: then to the next."""


class AccrualPeriod(StrEnum):
    """Whether interest is counted to the day a date moved to, or to the day it moved from.

    Aliases: "shift, then calculate" is adjusted, "calculate, then shift" is unadjusted.
    """

    adjusted = "adjusted"
    """The period ends on the day the date moved to."""
    unadjusted = "unadjusted"
    """The period ends on the regular day, and the date moves alone."""


class BusinessCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """Weekend days and holidays of a place; a plain value, the holidays are handed in.

    ``covers_to`` is the last day the holidays are known for; later days count by weekend alone.
    """

    weekend: frozenset[int] = frozenset({5, 6})
    """Weekdays without business, Monday = 0; Saturday and Sunday unless said otherwise."""
    holidays: frozenset[date] = frozenset()
    covers_to: date | None = None

    def is_business_day(self, day: date) -> bool:
        """Whether the day is neither weekend nor holiday."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def adjust(self, day: date, adjustment: BusinessDayAdjustment) -> date:
        """The day itself when business is done on it, else where the adjustment moves it."""
        match adjustment:
            case BusinessDayAdjustment.none:
                return day
            case BusinessDayAdjustment.following:
                return self._seek(day, _ONE_DAY)
            case BusinessDayAdjustment.preceding:
                return self._seek(day, -_ONE_DAY)
            case BusinessDayAdjustment.modified_following:
                moved = self._seek(day, _ONE_DAY)
                return moved if moved.month == day.month else self._seek(day, -_ONE_DAY)
            case BusinessDayAdjustment.modified_preceding:
                moved = self._seek(day, -_ONE_DAY)
                return moved if moved.month == day.month else self._seek(day, _ONE_DAY)
            case _ as never:
                assert_never(never)

    def add_business_days(self, day: date, count: int) -> date:
        """The date ``count`` business days after the day (before it when negative)."""
        step = _ONE_DAY if count >= 0 else -_ONE_DAY
        for _ in range(abs(count)):
            day = self._seek(day + step, step)
        return day

    def business_days(self, start: date, end: date) -> int:
        """Business days from start (counted) to end (not counted); negative when end is earlier."""
        if end < start:
            return -self.business_days(end, start)
        count, day = 0, start
        while day < end:
            count += self.is_business_day(day)
            day += _ONE_DAY
        return count

    def _seek(self, day: date, step: timedelta) -> date:
        assert len(self.weekend) < 7, "a calendar without any business day"
        while not self.is_business_day(day):
            day += step
        return day


WEEKENDS_ONLY = BusinessCalendar()
"""Saturdays and Sundays, no holidays."""
