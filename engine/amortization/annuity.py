"""The annuity formula over dated periods: exactly, and rounded without long fractions."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import Final

from engine.amortization.interest_periods import InterestPeriods
from engine.values.money import Exact
from engine.values.rounding import Rounding, round_ratio

_BITS: Final = 128
_ONE: Final = 1 << _BITS
_NONE: Final = Exact(0)


def annuity_payment(
    principal: int, periods: InterestPeriods, carry: Exact = _NONE, balloon: int = 0
) -> Exact:
    """The exact payment that leaves ``balloon`` of the principal after the last period."""
    grown, growth = Fraction(1), Fraction(0)
    carried = Fraction(0)
    for index, numerator in enumerate(periods.numerators):
        step = 1 + Fraction(numerator, periods.denominator)
        grown *= step
        growth = growth * step + 1
        carried = carry if index == 0 else carried * step
    return (principal * grown + carried - balloon) / growth


def rounded_annuity(
    principal: int,
    periods: InterestPeriods,
    *,
    rounding: Rounding,
    unit: int = 1,
    carry: Exact = _NONE,
    balloon: int = 0,
) -> int:
    """The annuity payment in whole units.

    Equal periods have a formula. Others are discounted in fixed point between two bounds, and the
    exact fractions are asked only where a rounding edge lies between them.
    """
    if _are_equal(periods):
        owed, divisor = _of_equal_periods(principal, periods, carry, balloon)
        return round_ratio(owed, divisor * unit, rounding) * unit
    if min(periods.numerators) >= 0:
        low, high = _between(principal, periods, carry, balloon)
        payment = round_ratio(low[0], low[1] * unit, rounding)
        if payment == round_ratio(high[0], high[1] * unit, rounding):
            return payment * unit
    exact = annuity_payment(principal, periods, carry, balloon) / unit
    return round_ratio(exact.numerator, exact.denominator, rounding) * unit


def growth_of_payments(periods: InterestPeriods) -> int:
    """What payments of one unit have grown to by the last, rounded down, at least one.

    By so much the last balance moves when the payment moves by one.
    """
    common = periods.denominator
    if _are_equal(periods) and (numerator := periods.numerators[0]):
        grown, once = _powers(periods)
        return max(1, (grown - once) * common // (once * numerator))
    growth = 0
    for numerator in periods.numerators:
        growth += growth * numerator // common + _ONE
    return max(1, growth >> _BITS)


def _are_equal(periods: InterestPeriods) -> bool:
    first = periods.numerators[0]
    return first > -periods.denominator and periods.numerators.count(first) == len(
        periods.numerators
    )


def _powers(periods: InterestPeriods) -> tuple[int, int]:
    """What a balance grows to over equal periods, as a ratio of two whole numbers."""
    numerator, denominator = periods.numerators[0], periods.denominator
    shared, count = gcd(numerator, denominator), len(periods.numerators)
    return ((denominator + numerator) // shared) ** count, (denominator // shared) ** count


def _of_equal_periods(
    principal: int, periods: InterestPeriods, carry: Exact, balloon: int
) -> tuple[int, int]:
    """The exact payment as a ratio; its denominator is positive."""
    numerator, common = periods.numerators[0], periods.denominator
    if numerator == 0:
        left = principal + carry - balloon
        return left.numerator, left.denominator * len(periods.numerators)
    grown, once = _powers(periods)
    # What is carried earns nothing in the first period.
    of_carry = carry.numerator * common * grown // (common + numerator) if carry else 0
    owed_at_end = (principal * grown - balloon * once) * carry.denominator + of_carry
    owed, divisor = owed_at_end * numerator, (grown - once) * common * carry.denominator
    return (owed, divisor) if divisor > 0 else (-owed, -divisor)


def _between(
    principal: int, periods: InterestPeriods, carry: Exact, balloon: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two ratios with the exact payment between them, for periods that earn nothing negative.

    A discount factor is cut off by less than one part in 2 ** 128, and so is every product, so that
    sums of n of them fall short by less than n × (n + 2) parts and products by less than 2 n.
    """
    common, count = periods.denominator, len(periods.numerators)
    discounts = {
        numerator: (common << _BITS) // (common + numerator)
        for numerator in set(periods.numerators)
    }
    worth, at_end = 0, _ONE
    for discount in map(discounts.__getitem__, reversed(periods.numerators)):
        worth = (worth + _ONE) * discount >> _BITS
    if balloon:
        for discount in map(discounts.__getitem__, periods.numerators):
            at_end = at_end * discount >> _BITS
    of_carry = carry.numerator * discounts[periods.numerators[0]] // carry.denominator
    owed = principal * _ONE + of_carry - balloon * at_end
    slack, most = 2 * count * abs(balloon) + abs(int(carry)) + 2, worth + count * (count + 2)
    low, high = owed - slack, owed + slack
    return (low, most if low >= 0 else worth), (high, worth if high >= 0 else most)
