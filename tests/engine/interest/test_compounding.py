"""Quoted rates that compound at another rhythm than the payments."""

from __future__ import annotations

from fractions import Fraction

from engine.interest.compounding import equivalent_rate
from engine.values.rate import Rate


def test_a_canadian_mortgage_at_six_percent_compounded_half_yearly() -> None:
    monthly = equivalent_rate(Rate.parse("0.06"), 2, Fraction(12)).exact / 12
    assert round(monthly, 8) == Fraction("0.00493862")
    assert abs((1 + monthly) ** 6 - Fraction(103, 100)) < Fraction(1, 10**40)


def test_an_effective_yearly_rate_paid_monthly() -> None:
    monthly = equivalent_rate(Rate.parse("0.12"), 1, Fraction(12)).exact / 12
    assert abs((1 + monthly) ** 12 - Fraction(112, 100)) < Fraction(1, 10**40)


def test_a_rate_that_compounds_with_the_payments_stays() -> None:
    rate = Rate.parse("0.06")
    assert equivalent_rate(rate, 12, Fraction(12)) == rate
    assert equivalent_rate(Rate.parse("0"), 2, Fraction(12)) == Rate.parse("0")
