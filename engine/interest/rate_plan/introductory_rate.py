"""Introductory rate: another rate at first, then the note rate.

Aliases: promotional rate, teaser rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from engine.interest.accrual import RateChange
from engine.interest.rate_plan.given_rate import GivenRate, rate_given
from engine.interest.rate_plan.rate_change_effect import PaymentAtChange
from engine.interest.rate_plan.span import Span, day_after
from engine.values.rate import Rate


class IntroductoryRate(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="introductory_rate"
):
    """A rate for the first installments or months; the note rate afterwards."""

    rate: GivenRate
    lasts: Span
    """How long it is in force."""
    payment: PaymentAtChange = PaymentAtChange.set_anew


def introductory_changes(
    plan: IntroductoryRate, note_rate: Rate, start: date, due_dates: Sequence[date]
) -> list[RateChange]:
    """The introductory rate from the start, and the note rate from the day it is over."""
    first = RateChange(start, rate_given(plan.rate, note_rate))
    over = day_after(plan.lasts, start, due_dates)
    return [first] if over is None else [first, RateChange(over, note_rate)]
