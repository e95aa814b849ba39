"""Surplus, shortage and deficiency of an escrow account, and what may be done about each.

Source: 12 CFR 1024.17(b), (f).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from engine.trace import explained
from engine.values.money import ZERO, Money
from engine.values.rounding import Rounding, round_ratio

SURPLUS_TO_REFUND: Final = Money(50_00)
"""From this surplus on a refund is due, 12 CFR 1024.17(f)(2)."""


class Remedy(StrEnum):
    """What a servicer may do about the difference."""

    nothing = "nothing"
    """Let it be."""
    pay_within_30_days = "pay_within_30_days"
    """Ask for it within thirty days."""
    spread_12_months = "spread_12_months"
    """Collect it in equal parts over at least twelve months."""
    spread_2_months = "spread_2_months"
    """Collect it in two or more equal monthly parts."""
    refund_within_30_days = "refund_within_30_days"
    """Refund it within thirty days of the analysis: no choice."""
    refund_or_credit = "refund_or_credit"
    """Refund it, or credit it to next year's payments."""
    retain = "retain"
    """Keep it as the loan documents say: the borrower is not current."""


class EscrowPosition(msgspec.Struct, frozen=True, kw_only=True):
    """How an account stands against its target, and the remedies open."""

    surplus: Money = ZERO
    shortage: Money = ZERO
    """What the balance, or nothing if it is negative, falls short of the target."""
    deficiency: Money = ZERO
    """Amount of a negative balance."""
    surplus_remedies: tuple[Remedy, ...] = ()
    shortage_remedies: tuple[Remedy, ...] = ()
    deficiency_remedies: tuple[Remedy, ...] = ()


@explained
def escrow_position(
    balance: Money, target: Money, monthly_payment: Money, *, borrower_is_current: bool
) -> EscrowPosition:
    """Surplus, shortage and deficiency at the time of an analysis.

    A borrower is current whose payment is received within thirty days of its due date.
    """
    surplus = max(balance - target, ZERO)
    shortage = max(target - max(balance, ZERO), ZERO)
    deficiency = max(-balance, ZERO)
    return EscrowPosition(
        surplus=surplus,
        shortage=shortage,
        deficiency=deficiency,
        surplus_remedies=_surplus_remedies(surplus, borrower_is_current),
        shortage_remedies=_collection(shortage, monthly_payment, Remedy.spread_12_months),
        deficiency_remedies=_collection(deficiency, monthly_payment, Remedy.spread_2_months),
    )


def spread_evenly(amount: Money, months: int = 12) -> Money:
    """The monthly part of a shortage collected over so many months."""
    return Money(round_ratio(amount.minor, months, Rounding.half_up))


def _surplus_remedies(surplus: Money, borrower_is_current: bool) -> tuple[Remedy, ...]:
    if not surplus:
        return ()
    if not borrower_is_current:
        return (Remedy.retain,)
    if surplus >= SURPLUS_TO_REFUND:
        return (Remedy.refund_within_30_days,)
    return (Remedy.refund_or_credit,)


def _collection(amount: Money, monthly_payment: Money, spread: Remedy) -> tuple[Remedy, ...]:
    """A month's payment or more may not be asked for at once."""
    if not amount:
        return ()
    if amount < monthly_payment:
        return (Remedy.nothing, Remedy.pay_within_30_days, spread)
    return (Remedy.nothing, spread)
