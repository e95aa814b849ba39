"""Dates of events: when something happens, and up to which day interest is counted for it."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

import msgspec

from engine.values.calendar import (
    WEEKENDS_ONLY,
    AccrualPeriod,
    BusinessCalendar,
    BusinessDayAdjustment,
)


class BusinessDays(msgspec.Struct, frozen=True, kw_only=True):
    """How regular dates move to business days."""

    calendar: BusinessCalendar = WEEKENDS_ONLY
    adjustment: BusinessDayAdjustment = BusinessDayAdjustment.none
    accrual_period: AccrualPeriod = AccrualPeriod.adjusted


UNMOVED: Final = BusinessDays()


class EventDate(NamedTuple):
    """When something happens and the day interest is counted to."""

    on: date
    counts_to: date


def event_date(day: date, business_days: BusinessDays) -> EventDate:
    """Where a regular date falls."""
    moved = business_days.calendar.adjust(day, business_days.adjustment)
    match business_days.accrual_period:
        case AccrualPeriod.adjusted:
            return EventDate(moved, moved)
        case AccrualPeriod.unadjusted:
            return EventDate(moved, day)
