"""Rounding: halves go where the product says, and nothing else moves by more than a half."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.money import Money
from engine.values.rounding import Rounding, round_decimal, round_exact, round_ratio

RATIOS = st.fractions(-(10**9), 10**9, max_denominator=10**6)


@pytest.mark.parametrize(
    ("rounding", "halves"),
    [
        ("half_up", {"1/2": 1, "3/2": 2, "-1/2": -1, "5/2": 3}),
        ("half_even", {"1/2": 0, "3/2": 2, "-1/2": 0, "5/2": 2}),
        ("half_down", {"1/2": 0, "3/2": 1, "-1/2": 0, "5/2": 2}),
        ("up", {"1/10": 1, "-1/10": -1, "1": 1, "0": 0}),
        ("down", {"9/10": 0, "-9/10": 0, "1": 1, "0": 0}),
    ],
)
def test_halves_go_where_the_product_says(rounding: str, halves: dict[str, int]) -> None:
    for text, expected in halves.items():
        assert round_exact(Fraction(text), Rounding(rounding)) == Money(expected), text


@given(RATIOS, st.sampled_from(list(Rounding)))
def test_rounding_mirrors_at_zero_and_stays_near(value: Fraction, rounding: Rounding) -> None:
    rounded = round_ratio(value.numerator, value.denominator, rounding)
    assert round_ratio(-value.numerator, value.denominator, rounding) == -rounded
    limit = Fraction(1, 2) if rounding.startswith("half") else Fraction(1)
    assert abs(rounded - value) <= limit


@given(st.integers(-(10**9), 10**9), st.sampled_from(list(Rounding)))
def test_whole_units_stay(minor: int, rounding: Rounding) -> None:
    assert round_exact(Fraction(minor), rounding) == Money(minor)


def test_a_number_is_rounded_to_decimals() -> None:
    assert round_decimal(Fraction(1, 3), 4, Rounding.half_up) == Fraction("0.3333")
    assert round_decimal(Fraction("0.00125"), 4, Rounding.half_even) == Fraction("0.0012")
