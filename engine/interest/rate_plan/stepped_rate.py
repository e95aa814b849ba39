"""Stepped rate: the rate moves at known points of the term.

Aliases: step-rate loan, step-up, step-down; not a graduated payment, whose rate stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import msgspec

from engine.interest.accrual import RateChange
from engine.interest.rate_plan.given_rate import GivenRate, rate_given
from engine.interest.rate_plan.rate_change_effect import PaymentAtChange
from engine.interest.rate_plan.span import Span, day_after
from engine.values.rate import Rate


class RateStep(msgspec.Struct, frozen=True, kw_only=True):
    """After so long the rate is another, until the next step."""

    after: Span
    """Counted from the start of the loan, not from the step before."""
    rate: GivenRate


class SteppedRate(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="stepped_rate"):
    """The note rate at first, and another from each step on."""

    steps: Annotated[tuple[RateStep, ...], msgspec.Meta(min_length=1, max_length=120)]
    payment: PaymentAtChange = PaymentAtChange.set_anew


def stepped_changes(
    plan: SteppedRate, note_rate: Rate, start: date, due_dates: Sequence[date]
) -> list[RateChange]:
    """The days and rates of the steps; those beyond the term never come."""
    days = [(day_after(step.after, start, due_dates), step.rate) for step in plan.steps]
    return [
        RateChange(start, note_rate),
        *(RateChange(day, rate_given(rate, note_rate)) for day, rate in days if day is not None),
    ]
