"""Roots and powers of exact numbers in fixed-point whole numbers, far below any cent."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

BITS: Final = 192
"""Binary places kept: about 57 decimals."""


def whole_power(base: Fraction, exponent: int) -> Fraction:
    """A positive number to a whole power of any size, to about fifty decimals."""
    assert base > 0 and exponent >= 0, "a positive number and no root"
    value, square = 1 << BITS, (base.numerator << BITS) // base.denominator
    while exponent:
        if exponent & 1:
            value = value * square >> BITS
        square = square * square >> BITS
        exponent >>= 1
    return Fraction(value, 1 << BITS)


def fractional_power(base: Fraction, exponent: Fraction) -> Fraction:
    """base to the exponent for a positive base, to about fifty decimals."""
    assert base > 0, "only positive numbers have every power"
    if exponent.denominator == 1:
        return base**exponent.numerator
    powered = base ** abs(exponent.numerator)
    root = _root(powered, exponent.denominator)
    return 1 / root if exponent < 0 else root


def _root(value: Fraction, degree: int) -> Fraction:
    """The positive root by Newton's method on whole numbers."""
    scaled = (value.numerator << (BITS * degree)) // value.denominator
    guess = 1 << -(-scaled.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + scaled // guess ** (degree - 1)) // degree
        if better >= guess:
            return Fraction(guess, 1 << BITS)
        guess = better
