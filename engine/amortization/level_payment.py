"""Level payment: the same amount every period, more of it principal each time.

Aliases: annuity, equated installment, EMI, fully amortizing. The last installment absorbs what
rounding leaves; which level payment is chosen decides how much that is.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple, assert_never

import msgspec

from engine.amortization.annuity import growth_of_payments, rounded_annuity
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.roll import Columns, RollTerms, by_payment
from engine.trace import explained
from engine.values.money import Money
from engine.values.rounding import Rounding, round_ratio

_THIRTY_DAY_MONTHS: Final = Fraction(360, 365)


class Residual(StrEnum):
    """Which level payment, as rounding makes the last installment differ from the others."""

    smallest = "smallest"
    """The payment whose last installment differs least."""
    formula = "formula"
    """The annuity formula's payment, rounded; the last installment differs as it may."""
    spread = "spread"
    """The formula's, moved by the difference over the installments while that is over half a
    minor unit each and it helps, at most three times."""


class PaymentBasis(StrEnum):
    """Which periods the payment is solved on."""

    dated = "dated"
    """The interest periods as they are, odd days and all."""
    equal_periods = "equal_periods"
    """Equal periods of the yearly rate over the payments in a year; odd days stay in the last."""
    thirty_day_months = "thirty_day_months"
    """The same, a month counted as thirty days of a year of 365."""


class LevelPayment(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="level_payment"
):
    """Equal payments that pay the loan off."""

    residual: Residual = Residual.smallest
    basis: PaymentBasis = PaymentBasis.dated
    payment_rounding: Rounding = Rounding.half_up
    payment_multiple_of: Money | None = None
    """The payment is a multiple of this amount, never zero."""


@explained
def level_payment(
    principal: Money,
    periods: InterestPeriods,
    terms: LevelPayment,
    roll: RollTerms,
    periodic_rate: Fraction | None = None,
) -> Money:
    """The equal payment that pays the principal off over the periods.

    ``periodic_rate`` is the rate of one equal period, where the terms ask for equal periods.
    """
    return Money(_solved(principal.minor, periods, terms, roll, periodic_rate)[0])


def level_payment_columns(
    principal: int,
    periods: InterestPeriods,
    terms: LevelPayment,
    roll: RollTerms,
    periodic_rate: Fraction | None = None,
) -> Columns:
    """The schedule of a level-payment loan as columns."""
    return _solved(principal, periods, terms, roll, periodic_rate)[1]


def _solved(
    principal: int,
    periods: InterestPeriods,
    terms: LevelPayment,
    roll: RollTerms,
    periodic_rate: Fraction | None,
) -> tuple[int, Columns]:
    solve_on = periods
    if terms.basis is not PaymentBasis.dated:
        assert periodic_rate is not None, "equal periods need the rate of one period"
        if terms.basis is PaymentBasis.thirty_day_months:
            periodic_rate *= _THIRTY_DAY_MONTHS
        count = len(periods.numerators)
        solve_on = periods._replace(
            numerators=(periodic_rate.numerator,) * count, denominator=periodic_rate.denominator
        )
    unit = terms.payment_multiple_of.minor if terms.payment_multiple_of else 1
    rounding, carry = terms.payment_rounding, roll.carry
    payment = rounded_annuity(principal, solve_on, rounding=rounding, unit=unit, carry=carry)
    if payment == 0 and unit > 1:
        unit = 1
        payment = rounded_annuity(principal, solve_on, rounding=rounding, carry=carry)
    trial = _Trial.of(max(payment, 1) if principal > 0 else payment, principal, periods, roll)
    match terms.residual:
        case Residual.formula:
            pass
        case Residual.smallest:
            answer = unit * growth_of_payments(solve_on)
            trial = _smallest(trial, principal, periods, roll, unit=unit, answer=answer)
        case Residual.spread:
            trial = _spread(trial, principal, periods, roll, unit)
        case _ as never:
            assert_never(never)
    return trial.payment, trial.columns


class _Trial(NamedTuple):
    """A payment tried out, and by how much the last installment exceeds it.

    Installments that are not needed count as negative ones.
    """

    payment: int
    columns: Columns
    difference: int

    @staticmethod
    def of(payment: int, principal: int, periods: InterestPeriods, roll: RollTerms) -> _Trial:
        count = len(periods.numerators)
        columns = by_payment(principal, periods, [payment] * count, roll)
        missing = count - len(columns.payment)
        return _Trial(payment, columns, columns.payment[-1] - payment * (1 + missing))


def _smallest(
    best: _Trial,
    principal: int,
    periods: InterestPeriods,
    roll: RollTerms,
    *,
    unit: int,
    answer: int,
) -> _Trial:
    """Move the payment while the last installment comes nearer; of two as near, the higher.

    ``answer`` is how much the last installment moves when the payment moves by one unit, give or
    take a unit a period for rounding. It moves less where a payment does not cover its interest,
    which then earns nothing: so the answer is measured again on the way.
    """
    count = unit * len(periods.numerators)
    sure = answer - 2 * count if min(best.columns.principal) > 0 else count // 2
    for _ in range(40):
        if 2 * abs(best.difference) < sure:
            break
        step = round_ratio(best.difference, answer, Rounding.half_up)
        step = step or (1 if best.difference > 0 else -1)
        payment = max(best.payment + step * unit, 1)
        if payment == best.payment:
            break
        trial = _Trial.of(payment, principal, periods, roll)
        moved = (trial.payment - best.payment) // unit or step
        measured = (best.difference - trial.difference) // moved
        nearer = (abs(trial.difference), -trial.payment) < (abs(best.difference), -best.payment)
        if not nearer and abs(step) == 1:
            break
        answer = max(1, measured) if nearer else 2 * answer
        best = trial if nearer else best
    return best


def _spread(
    best: _Trial, principal: int, periods: InterestPeriods, roll: RollTerms, unit: int
) -> _Trial:
    """Move the payment by the difference over the installments, at most three times."""
    count = len(periods.numerators)
    for _ in range(3):
        if abs(best.difference) <= count // 2:
            break
        moved = best.payment + round_ratio(best.difference, count, roll.rounding)
        payment = round_ratio(moved, unit, roll.rounding) * unit
        if payment in (0, best.payment):
            break
        trial = _Trial.of(payment, principal, periods, roll)
        if abs(trial.difference) >= abs(best.difference):
            break
        best = trial
    return best
