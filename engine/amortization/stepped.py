"""Stepped: payments that rise or fall at known installments.

Aliases: graduated payment (GPM), step-up, step-rate payments.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import msgspec

from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.negative_amortization import pay_within_limit
from engine.amortization.roll import Columns, RollTerms
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_ratio


class PaymentStep(msgspec.Struct, frozen=True, kw_only=True):
    """From an installment on the payment is another; exactly one of the two is given."""

    from_installment: int
    change: Rate | None = None
    """Relative to the payment before: 0.075 is seven and a half percent more."""
    payment: Money | None = None

    def __post_init__(self) -> None:
        if (self.change is None) == (self.payment is None):
            raise ValueError("give one of change and payment")
        if self.from_installment < 1:
            raise ValueError("installments are numbered from 1")


class Stepped(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="stepped"):
    """Payments in steps; the first level is solved unless a payment for installment 1 is given.

    Payments given in a step are kept, and the last installment takes the rest.
    """

    steps: tuple[PaymentStep, ...]
    payment_rounding: Rounding = Rounding.half_up
    negative_amortization: bool = False
    """Whether interest a payment does not cover is added to the principal; else it waits."""
    negative_amortization_limit: Rate | None = None
    """Share of the principal lent the balance may grow to, 1.15; the last payment before it would
    grow further is the last of the steps, and level payments follow."""


def stepped_columns(
    principal: int, periods: InterestPeriods, terms: Stepped, roll: RollTerms
) -> Columns:
    """The schedule of stepped payments as columns."""
    weights, fixed = _levels(terms, len(periods.numerators))
    base = _base_payment(principal, periods, weights, fixed, roll)
    payments = []
    for weight, payment in zip(weights, fixed, strict=True):
        level = base * weight + payment
        payments.append(round_ratio(level.numerator, level.denominator, terms.payment_rounding))
    if terms.negative_amortization:
        roll = roll._replace(capitalized=frozenset(range(len(payments))))
    return pay_within_limit(principal, periods, payments, roll, terms.payment_rounding)


def _levels(terms: Stepped, count: int) -> tuple[list[Fraction], list[Fraction]]:
    """Each installment as weight × the solved payment + a given one."""
    steps = {step.from_installment: step for step in terms.steps}
    weight, payment = Fraction(1), Fraction(0)
    weights, fixed = [], []
    for number in range(1, count + 1):
        step = steps.get(number)
        if step is not None and step.payment is not None:
            weight, payment = Fraction(0), Fraction(step.payment.minor)
        elif step is not None and step.change is not None:
            weight *= 1 + step.change.exact
            payment *= 1 + step.change.exact
        weights.append(weight)
        fixed.append(payment)
    return weights, fixed


def _base_payment(
    principal: int,
    periods: InterestPeriods,
    weights: list[Fraction],
    fixed: list[Fraction],
    roll: RollTerms,
) -> Fraction:
    """The payment of weight one that pays the loan off with the others."""
    if not any(weights):
        return Fraction(0)
    scale = lcm(*(weight.denominator for weight in (*weights, *fixed)))
    owed, weighed = (principal + roll.carry) * scale, Fraction(0)
    for index, numerator in enumerate(periods.numerators):
        grown = 1 + Fraction(numerator, periods.denominator)
        owed = owed * grown - fixed[index] * scale
        weighed = weighed * grown + weights[index] * scale
    return owed / weighed
