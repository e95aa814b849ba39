"""Precomputed interest: the whole charge is fixed at the start, on the amount lent.

Paying early or late changes nothing until the loan is paid off, when the unearned part is
rebated. Aliases: add-on interest, discount interest, flat rate.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from engine.interest.period_interest import PayoffInterest
from engine.values.day_count import DayCount
from engine.values.money import ZERO, Money
from engine.values.rounding import Rounding


class ChargeBasis(StrEnum):
    """What the note rate is charged on, and when the charge is taken."""

    add_on = "add_on"
    """Amount lent × rate × term, added to it."""
    discount = "discount"
    """Amount of the note × rate × term, kept out of the proceeds: the payments sum to the note."""
    flat = "flat"
    """Amount lent × rate, once, whatever the term."""


class ChargeParts(StrEnum):
    """How the fixed charge is divided over the installments, and so earned and rebated."""

    equal = "equal"
    """The same amount in each; the last takes what rounding leaves. Alias: straight line."""
    by_period = "by_period"
    """Each period's own interest on the amount lent: longer months carry more."""
    actuarial = "actuarial"
    """As interest on the declining balance at the rate the level payments imply."""
    rule_of_78 = "rule_of_78"
    """By the sum of the digits: the first of n installments n parts, the last one."""


class PrecomputedInterest(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="precomputed_interest"
):
    """The whole charge of the loan, fixed at the start and earned by installment."""

    day_count: DayCount = DayCount.periods
    rounding: Rounding = Rounding.half_up
    charge: ChargeBasis = ChargeBasis.add_on
    parts: ChargeParts = ChargeParts.equal
    payoff: PayoffInterest = PayoffInterest.whole_period
    """What of the period under way is earned when the loan is paid off in it: the rebate's date
    convention. All later periods are rebated."""
    minimum_charge: Money = ZERO
    """Charge the lender keeps of a loan paid off early, at most the whole."""
