"""The one place where an exact amount becomes whole minor units."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from engine.values.money import Exact, Money


class Rounding(StrEnum):
    """How an exact amount becomes whole minor units; the product names it."""

    half_up = "half_up"
    """Halves away from zero: 0.5 → 1, -0.5 → -1. What most US note forms mean."""
    half_even = "half_even"
    """Halves to the even neighbor (banker's rounding): 0.5 → 0, 1.5 → 2."""
    half_down = "half_down"
    """Halves towards zero: 0.5 → 0."""
    up = "up"
    """Away from zero: anything above a whole unit counts as the next."""
    down = "down"
    """Towards zero: fractions are dropped."""


def round_ratio(numerator: int, denominator: int, rounding: Rounding) -> int:
    """numerator / denominator rounded to an integer; the denominator is positive."""
    assert denominator > 0
    sign = -1 if numerator < 0 else 1
    whole, rest = divmod(abs(numerator), denominator)
    match rounding:
        case Rounding.half_up:
            up = 2 * rest >= denominator
        case Rounding.half_even:
            up = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
        case Rounding.half_down:
            up = 2 * rest > denominator
        case Rounding.up:
            up = rest > 0
        case Rounding.down:
            up = False
        case _ as never:
            assert_never(never)
    return sign * (whole + up)


def round_exact(amount: Exact, rounding: Rounding) -> Money:
    """The exact amount (minor units) in whole minor units."""
    return Money(round_ratio(amount.numerator, amount.denominator, rounding))


def round_decimal(value: Fraction, places: int, rounding: Rounding) -> Fraction:
    """A number rounded to that many decimals, still exact: an APR to 4 places, a ratio."""
    scale = 10**places
    return Fraction(round_ratio(value.numerator * scale, value.denominator, rounding), scale)
