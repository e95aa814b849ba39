"""Payoff: what closes a loan on a day. It cannot see a loan: amounts in, an amount out."""

from __future__ import annotations

from engine.trace import explained
from engine.values.money import ZERO, Money


@explained
def payoff_total(owed: Money, unapplied_funds: Money) -> Money:
    """What is still to be paid to close a loan: all that is owed less money held, never below zero.

    ``owed`` is principal, interest to the day in whole cents, and fees.
    """
    return max(owed - unapplied_funds, ZERO)


@explained
def money_to_give_back(owed: Money, unapplied_funds: Money) -> Money:
    """What is held for the borrower beyond all that is owed."""
    return max(unapplied_funds - owed, ZERO)
