"""Conventions that weigh actual days by the length of the year they fall in."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from engine.values import actual_actual


def test_isda_example_of_a_semiannual_period() -> None:
    numerator, denominator = actual_actual.isda_ratio(date(2003, 11, 1), date(2004, 5, 1))
    assert Fraction(numerator, denominator) == Fraction(61, 365) + Fraction(121, 366)


def test_isda_backwards_is_the_negative() -> None:
    forward = Fraction(*actual_actual.isda_ratio(date(2003, 11, 1), date(2004, 5, 1)))
    assert Fraction(*actual_actual.isda_ratio(date(2004, 5, 1), date(2003, 11, 1))) == -forward


def test_afb_counts_whole_years_back_from_the_end() -> None:
    long_first = Fraction(*actual_actual.afb_ratio(date(1998, 2, 28), date(2001, 7, 15)))
    assert long_first == 3 + Fraction(137, 365)


def test_annual_365l_looks_for_a_leap_day_in_the_period() -> None:
    yearly, twice = Fraction(1), Fraction(2)
    start, end = date(2023, 9, 1), date(2024, 1, 1)
    assert actual_actual.icma_365l_ratio(start, end, date(2024, 9, 1), yearly) == (122, 366)
    assert actual_actual.icma_365l_ratio(start, end, date(2023, 12, 31), twice) == (122, 365)
