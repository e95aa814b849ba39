"""Three sample payments that fall through a waterfall, bucket by bucket, as a person draws it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from engine.payments.waterfall import LeftOver, Owed, Waterfall, allocate, in_order
from engine.values.money import ZERO, Money, total


class Drop(msgspec.Struct, frozen=True, kw_only=True):
    """An amount owed that the payment comes past, in the order it does."""

    owed: Owed
    bucket: str
    """The bucket of the order that takes it; empty when none does."""
    paid: Money


class Fall(msgspec.Struct, frozen=True, kw_only=True):
    """A payment and what it meets on its way down."""

    title: str
    amount: Money
    drops: tuple[Drop, ...]
    left_over: Money
    """What no bucket took."""
    left_over_goes: LeftOver


def sample_falls(waterfall: Waterfall, owed: Sequence[Owed]) -> tuple[Fall, ...]:
    """Half of an installment, one without the fee owed beside it, and more than all that is due.

    ``owed`` holds one installment past due, one due and one to come, with a fee where there is one.
    """
    parts = [line for line in owed if line.component != "fee"]
    oldest = total(line.amount for line in parts if line.due_state == "past_due")
    fallen_due = total(line.amount for line in owed if line.due_state != "in_advance")
    early = total(line.amount for line in owed if line.due_state == "in_advance")
    half = Money(oldest.minor // 2)
    return (
        _fall("Half an installment", half, waterfall, owed),
        _fall("An installment, and no fee", oldest, waterfall, owed),
        _fall("All that is due, the next one and as much again", fallen_due + early + early,
              waterfall, owed),
    )  # fmt: skip


def _fall(title: str, amount: Money, waterfall: Waterfall, owed: Sequence[Owed]) -> Fall:
    allocation = allocate(amount, owed, waterfall, "regular")
    paid = {id(line): part for line, part in allocation.lines}
    met = in_order(owed, waterfall)
    passed = [line for line in owed if not any(line is other for other in met)]
    return Fall(
        title=title,
        amount=amount,
        drops=tuple(
            Drop(
                owed=line,
                bucket=next((b for b in waterfall.order if line.in_bucket(b)), ""),
                paid=paid.get(id(line), ZERO),
            )
            for line in (*met, *passed)
        ),
        left_over=allocation.left_over,
        left_over_goes=waterfall.left_over,
    )
