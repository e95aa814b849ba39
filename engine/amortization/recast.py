"""Recast: the payment is solved again on what is left of the term whenever the rate changes.

Aliases: adjustable-rate mortgage, rate and payment reset, re-amortization.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from engine.amortization.amortization import Amortization
from engine.amortization.installment import Installment, Schedule
from engine.amortization.schedule import schedule
from engine.interest.accrual import RateChange
from engine.interest.interest_method import InterestMethod
from engine.trace import explained
from engine.values.day_count import NO_PERIODS, ReferencePeriods
from engine.values.money import Money
from engine.values.rate import Rate


@explained
def recast_schedule(
    principal: Money,
    rate: Rate,
    start: date,
    due_dates: Sequence[date],
    *,
    rate_changes: Iterable[RateChange],
    interest: InterestMethod,
    amortization: Amortization,
    amortization_after: Callable[[int], Amortization] | None = None,
    periods: ReferencePeriods = NO_PERIODS,
) -> Schedule:
    """Every installment of a loan whose payment follows its rate.

    Each change is on a due date: the installment due then is still the old one. A fraction of a
    cent that rounding left does not outlive a change. ``amortization_after`` says how the rest is
    paid down after so many installments, where that is not as at the start.
    """
    rows: list[Installment] = []
    balance, begin = principal, start
    for change in (*sorted(rate_changes, key=lambda entry: entry.on), None):
        remaining = due_dates[len(rows) :]
        assert change is None or change.on in (begin, *remaining), "a rate changes on a due date"
        plan = schedule(
            balance,
            rate,
            begin,
            remaining,
            interest=interest,
            amortization=amortization_after(len(rows)) if amortization_after else amortization,
            periods=periods,
        )
        kept = [row for row in plan.installments if change is None or row.due_date <= change.on]
        rows += [replace(row, number=len(rows) + at) for at, row in enumerate(kept, 1)]
        if kept:
            balance, begin = kept[-1].balance, kept[-1].due_date
        if change is None or not balance or len(rows) == len(due_dates):
            break
        rate = change.rate
    return Schedule(start=start, principal=principal, installments=tuple(rows))
