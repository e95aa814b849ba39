"""Balloon: payments that leave a part of the principal, due with the last installment.

The part is an amount, a percentage of the principal, or what payments of a longer loan leave.
"""

from __future__ import annotations

from fractions import Fraction

import msgspec

from engine.amortization.annuity import rounded_annuity
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.negative_amortization import pay_within_limit
from engine.amortization.roll import Columns, RollTerms
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_ratio


class Balloon(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="balloon"):
    """Level payments, and what they leave at the end. Exactly one of the three is given."""

    amount: Money | None = None
    """Principal left after the last level payment and due with it."""
    share: Rate | None = None
    """The same as a share of the principal: 0.30 leaves thirty percent."""
    amortization_installments: int | None = None
    """Payments as of a loan of so many equal periods."""
    payment_rounding: Rounding = Rounding.half_up

    def __post_init__(self) -> None:
        given = (self.amount, self.share, self.amortization_installments)
        if sum(choice is not None for choice in given) != 1:
            raise ValueError("give one of amount, share and amortization_installments")


def balloon_columns(
    principal: int,
    periods: InterestPeriods,
    terms: Balloon,
    roll: RollTerms,
    periodic_rate: Fraction | None,
) -> Columns:
    """The schedule as columns; the last installment pays the balloon too."""
    count, left, solve_on, carry = len(periods.numerators), 0, periods, roll.carry
    if terms.amortization_installments is not None:
        assert periodic_rate is not None, "equal periods need the rate of one period"
        equal = (periodic_rate.numerator,) * max(terms.amortization_installments, count)
        solve_on = periods._replace(numerators=equal, denominator=periodic_rate.denominator)
        carry = carry * 0
    elif terms.amount is not None:
        left = min(terms.amount.minor, principal)
    elif terms.share is not None:
        share = terms.share.exact
        left = round_ratio(principal * share.numerator, share.denominator, terms.payment_rounding)
    payment = rounded_annuity(
        principal, solve_on, rounding=terms.payment_rounding, carry=carry, balloon=left
    )
    return pay_within_limit(principal, periods, [payment] * count, roll)
