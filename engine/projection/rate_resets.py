"""Resets of an index-linked rate on dates of the contract's own rhythm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from engine.interest.accrual import RateChange
from engine.interest.rate_plan.index_linked import IndexLinked, index_linked_rate
from engine.interest.rate_plan.index_values import IndexValue, index_value_for
from engine.trace import explained
from engine.values.rate import Rate


@explained
def rate_resets(
    plan: IndexLinked,
    note_rate: Rate,
    days: Iterable[date],
    values: Sequence[IndexValue],
    known: Rate | None = None,
) -> tuple[RateChange, ...]:
    """The rate of each reset day, up to the first whose index value is not there.

    A ``known`` rate is that of the first reset, fixed before it came. The plan's own rhythm is not
    asked: ``days`` are regular dates of the contract.
    """
    changes: list[RateChange] = []
    before = note_rate
    for number, day in enumerate(days):
        rate = known if number == 0 else None
        if rate is None:
            value = index_value_for(plan, day, values)
            if value is None:
                break
            rate = index_linked_rate(plan, note_rate, value.value, before, first=number == 0)
        changes.append(RateChange(day, rate))
        before = rate
    return tuple(changes)
