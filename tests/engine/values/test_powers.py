"""Roots and powers in fixed point."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.powers import fractional_power, whole_power

NEAR = Fraction(1, 10**40)


@given(st.fractions(Fraction(1, 10), 10, max_denominator=1000), st.integers(1, 60))
def test_a_root_raised_again_is_the_number(base: Fraction, degree: int) -> None:
    root = fractional_power(base, Fraction(1, degree))
    assert abs(root**degree - base) < NEAR * degree * 10


@given(st.fractions(Fraction(1, 10), 2, max_denominator=100), st.integers(0, 50))
def test_whole_powers(base: Fraction, exponent: int) -> None:
    assert abs(whole_power(base, exponent) - base**exponent) < NEAR * (base**exponent + 1)


def test_negative_exponents_divide() -> None:
    assert abs(fractional_power(Fraction(4), Fraction(-1, 2)) - Fraction(1, 2)) < NEAR
    assert fractional_power(Fraction(3, 2), Fraction(2)) == Fraction(9, 4)


def test_what_is_not_positive_has_no_root() -> None:
    with pytest.raises(AssertionError):
        fractional_power(Fraction(-1), Fraction(1, 2))
