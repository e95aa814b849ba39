"""A frequency in plain words: "every two weeks"."""

from __future__ import annotations

from typing import assert_never

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
