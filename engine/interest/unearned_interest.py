"""Unearned interest: what of a precomputed charge is rebated when the loan is paid off early.

Source: 15 U.S.C. 1615.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from engine.interest.rule_of_78 import rule_of_78_rebate
from engine.trace import explained
from engine.values.money import Exact, Money


class EarningMethod(StrEnum):
    """How a precomputed charge is earned over the installments."""

    actuarial = "actuarial"
    """As interest on the declining balance at the rate the payments imply."""
    straight_line = "straight_line"
    """The same part with each installment."""
    rule_of_78 = "rule_of_78"
    """By the sum of the digits."""


@explained
def unearned_interest(
    method: EarningMethod, amount: Money, payment: Money, installments: int, remaining: int
) -> Exact:
    """The unearned part of the charge of equal payments when so many remain, unrounded.

    ``amount`` is what was lent; the charge is all payments less that.
    """
    charge = payment * installments - amount
    match method:
        case EarningMethod.rule_of_78:
            return rule_of_78_rebate(charge, installments, remaining)
        case EarningMethod.straight_line:
            return Exact(charge.minor * remaining, installments)
        case EarningMethod.actuarial:
            worth = _present_worth(_implied_rate(amount, payment, installments), remaining)
            return payment.minor * remaining - payment.minor * worth
        case _ as never:
            assert_never(never)


def _present_worth(rate: Fraction, count: int) -> Fraction:
    """What one unit a period over so many periods is worth now, to about fifty decimals."""
    one = 1 << 192
    discount = one * rate.denominator // (rate.denominator + rate.numerator)
    worth, factor = 0, one
    for _ in range(count):
        factor = factor * discount >> 192
        worth += factor
    return Fraction(worth, one)


def _implied_rate(amount: Money, payment: Money, installments: int) -> Fraction:
    """The rate per period at which the payments are worth the amount, by bisection."""
    low, high = Fraction(0), Fraction(1)
    while payment.minor * _present_worth(high, installments) > amount.minor:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        if payment.minor * _present_worth(middle, installments) > amount.minor:
            low = middle
        else:
            high = middle
    return low
