"""Recurrence: dates that come again and again until a last day the rhythm may miss."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import msgspec

from engine.values.due_dates import due_date
from engine.values.frequency import Frequency, Single


class LastPeriod(StrEnum):
    """What becomes of the odd days at the end where the last day is none of the rhythm.

    Aliases: short and long last stub.
    """

    short = "short"
    """They are a period of their own."""
    long = "long"
    """They join the last regular period: its own date falls away."""


class Recurrence(msgspec.Struct, frozen=True, kw_only=True):
    """A first date and how often it comes again; always counted from the first."""

    first: date
    frequency: Frequency = Single()
    last_period: LastPeriod = LastPeriod.short


def dates_before(recurrence: Recurrence, end: date) -> tuple[date, ...]:
    """The dates earlier than the end; with a long last period one fewer where it is missed.

    The first date stands whatever the last period is.
    """
    dates: list[date] = []
    number = 1
    while (day := _date(recurrence, number)) is not None and day < end:
        assert not dates or day > dates[-1], "dates go forward"
        dates.append(day)
        number += 1
    missed = _date(recurrence, number) != end
    if missed and recurrence.last_period is LastPeriod.long and len(dates) > 1:
        dates.pop()
    return tuple(dates)


def joined_dates(recurrences: Sequence[Recurrence], end: date) -> tuple[date, ...]:
    """The dates of recurrences that follow each other, each until the next begins."""
    ends = [*(following.first for following in recurrences[1:]), end] if recurrences else []
    dates = {
        day
        for recurrence, until in zip(recurrences, ends, strict=True)
        for day in dates_before(recurrence, min(until, end))
    }
    return tuple(sorted(dates))


def _date(recurrence: Recurrence, number: int) -> date | None:
    try:
        return due_date(recurrence.first, recurrence.frequency, number)
    except IndexError:
        return None
