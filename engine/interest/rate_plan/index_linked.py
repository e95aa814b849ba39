"""Index-linked rate: an index plus a margin, looked up again on every reset day.

Aliases: adjustable rate (ARM), variable rate, floating rate. The order of margin, rounding and
limits is that of section 4 of the Fannie Mae and Freddie Mac adjustable-rate notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, TypeAlias

import msgspec

from engine.interest.accrual import RateChange
from engine.interest.rate_plan.given_rate import GivenRate, rate_given
from engine.interest.rate_plan.rate_change_effect import PaymentAtChange
from engine.interest.rate_plan.rate_rounding import RateRounding, rounded_rate
from engine.interest.rate_plan.span import MonthSpan, Span, day_after
from engine.trace import explained
from engine.values.rate import Rate

ValueAt: TypeAlias = Callable[[date], Rate | None]
"""The index value a reset on a day goes by; None while there is none."""


class IndexLinked(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="index_linked"):
    """The note rate until the first reset; then index and margin, within caps and floors."""

    index: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{1,62}$", examples=["us_prime"])]
    """Name under which values of the index are published here."""
    margin: Rate
    """Added to the index: 0.0350 is three and a half percentage points."""
    multiplier: Rate = Rate(Fraction(1))
    """The index counts so many times before the margin is added."""
    first_reset_after: Span
    reset_every: Span
    """From one reset to the next, counted from the first."""
    lookback_days: Annotated[int, msgspec.Meta(ge=0, le=366)] = 0
    """A reset goes by the newest value of the day so many days before it, or of a day before."""
    value_may_be_days_old: Annotated[int, msgspec.Meta(ge=0, le=3660)] = 7
    """How many days before that day a value may be of; with none so new the reset waits. Give many
    for an index that is only published when it moves."""
    rounding: RateRounding | None = None
    """How index and margin become the rate, before caps and floors."""
    first_cap: Rate | None = None
    """The most the first reset may raise the rate by; the periodic cap where left out."""
    periodic_cap: Rate | None = None
    """The most a reset may raise the rate by, from that before it: 0.02 is two points."""
    first_floor: Rate | None = None
    """The most the first reset may lower the rate by; the periodic floor where left out."""
    periodic_floor: Rate | None = None
    """The most a reset may lower the rate by."""
    lifetime_cap: GivenRate | None = None
    """The rate is never higher."""
    lifetime_floor: GivenRate | None = None
    """The rate is never lower."""
    payment: PaymentAtChange = PaymentAtChange.set_anew


@explained
def index_linked_rate(
    plan: IndexLinked, note_rate: Rate, index_value: Rate, rate_before: Rate, *, first: bool
) -> Rate:
    """The rate a reset comes to: index, multiplier, margin, rounding, periodic, lifetime limits."""
    formula = index_value.exact * plan.multiplier.exact + plan.margin.exact
    rate = rounded_rate(Rate(formula), plan.rounding)
    cap = plan.first_cap if first and plan.first_cap is not None else plan.periodic_cap
    floor = plan.first_floor if first and plan.first_floor is not None else plan.periodic_floor
    if cap is not None:
        rate = min(rate, Rate(rate_before.exact + cap.exact))
    if floor is not None:
        rate = max(rate, Rate(rate_before.exact - floor.exact))
    if plan.lifetime_cap is not None:
        rate = min(rate, rate_given(plan.lifetime_cap, note_rate))
    if plan.lifetime_floor is not None:
        rate = max(rate, rate_given(plan.lifetime_floor, note_rate))
    return rate


def reset_days(plan: IndexLinked, start: date, due_dates: Sequence[date]) -> Iterator[date]:
    """The reset days before the last installment falls due, in order."""
    first, every = day_after(plan.first_reset_after, start, due_dates), plan.reset_every
    anchor, before = start, plan.first_reset_after.count
    if first is not None and type(every) is not type(plan.first_reset_after):
        by_month = isinstance(every, MonthSpan)
        anchor, before = first, 0 if by_month else sum(due <= first for due in due_dates)
    day = first
    while day is not None and day < due_dates[-1]:
        yield day
        day = day_after(every, anchor, due_dates, before)
        before += every.count


def index_linked_changes(
    plan: IndexLinked, note_rate: Rate, start: date, due_dates: Sequence[date], value_at: ValueAt
) -> list[RateChange]:
    """The note rate, and every reset up to the first whose index value is not there."""
    changes = [RateChange(start, note_rate)]
    for day in reset_days(plan, start, due_dates):
        value = value_at(day)
        if value is None:
            break
        before = changes[-1].rate
        first = len(changes) == 1
        changes.append(
            RateChange(day, index_linked_rate(plan, note_rate, value, before, first=first))
        )
    return changes
