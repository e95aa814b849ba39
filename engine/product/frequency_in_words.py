"""Due dates in plain words: how often, "every two weeks", and where a date moves."""

from __future__ import annotations

from typing import assert_never

from engine.product.due_dates import DueDates
from engine.values.calendar import AccrualPeriod, BusinessDayAdjustment
from engine.values.frequency import (
    Annual,
    Biweekly,
    EveryDays,
    EveryMonths,
    EveryWeeks,
    ExplicitDates,
    Frequency,
    Monthly,
    Quarterly,
    Semiannual,
    Semimonthly,
    Single,
    Weekly,
)

_LAST_DAY = 31
_MOVES = {
    BusinessDayAdjustment.following: "to the next business day",
    BusinessDayAdjustment.preceding: "to the business day before",
    BusinessDayAdjustment.modified_following: "to the next business day of the same month",
    BusinessDayAdjustment.modified_preceding: "to the business day before in the same month",
}


def due_dates_in_words(due: DueDates) -> str:
    """How often, when the first payment falls due, and where a date moves to."""
    often = " or ".join(frequency_in_words(frequency) for frequency in due.frequencies)
    first = due.first_payment
    due_first = (
        "on the day of disbursement"
        if due.in_advance
        else f"{first.minimum_days} to {first.maximum_days} days after the contract"
    )
    text = f"{often[:1].upper()}{often[1:]}. The first payment falls due {due_first}."
    moves = _MOVES.get(due.business_days)
    if not moves:
        return text
    alone = due.accrual_period is AccrualPeriod.unadjusted
    counted = "; its period of interest ends on the regular day" if alone else ""
    return f"{text} A date that is no business day moves {moves}{counted}."


def frequency_in_words(frequency: Frequency) -> str:
    """How often, as one says it."""
    match frequency:
        case EveryDays(days=days):
            return "every day" if days == 1 else f"every {days} days"
        case Weekly():
            return "every week"
        case Biweekly():
            return "every two weeks"
        case EveryWeeks(weeks=weeks):
            return f"every {weeks} weeks"
        case Semimonthly(days=(early, late)):
            return f"twice a month, {_on(early)} and {_on(late)}"
        case Monthly(day=day, skip_months=skipped):
            months = f", but for {len(skipped)} months a year" if skipped else ""
            return f"every month{f', {_on(day)}' if day else ''}{months}"
        case EveryMonths(months=months_, day=day):
            return f"every {months_} months{f', {_on(day)}' if day else ''}"
        case Quarterly():
            return "every three months"
        case Semiannual():
            return "every six months"
        case Annual():
            return "every year"
        case Single():
            return "once"
        case ExplicitDates(dates=dates):
            return f"on {len(dates)} dates the contract lists"
        case _ as never:
            assert_never(never)


def _on(day: int) -> str:
    return "on the last day" if day == _LAST_DAY else f"on day {day}"
