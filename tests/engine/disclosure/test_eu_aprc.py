"""The European rate of charge against the Commission's published examples."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from engine.disclosure.eu_aprc import (
    Interval,
    TimedAmount,
    annual_percentage_rate_of_charge,
    years_between,
)
from engine.values.money import Money

LENT = [TimedAmount(Fraction(0), Money(20_000_000))]
FEE = TimedAmount(Fraction(0), Money(400_000))


def monthly(cents: int, count: int, first: Fraction = Fraction(1, 12)) -> list[TimedAmount]:
    return [TimedAmount(first + Fraction(n, 12), Money(cents)) for n in range(count)]


@pytest.mark.parametrize(
    ("cents", "first", "percent"),
    [
        (143_286, Fraction(1, 12), "6.434412"),
        (143_357, Fraction(1, 12) + Fraction(3, 365), "6.434185"),
    ],
)
def test_mortgages_of_the_commissions_examples(cents: int, first: Fraction, percent: str) -> None:
    rate = annual_percentage_rate_of_charge(LENT, [FEE, *monthly(cents, 240, first)])
    assert abs(rate.exact * 100 - Fraction(percent)) <= Fraction(6, 10**7)


def test_a_cost_before_the_drawdown() -> None:
    early = TimedAmount(Fraction(-1), Money(10_000))
    lent = [TimedAmount(Fraction(0), Money(1_010_000))]
    paid = [early, TimedAmount(Fraction(1), Money(1_100_000))]
    rate = annual_percentage_rate_of_charge(lent, paid)
    grown = 1 + rate.exact
    assert abs(10_000 * grown**2 - 1_010_000 * grown + 1_100_000) < Fraction(1, 1000)


@pytest.mark.parametrize(
    ("agreement", "payment", "counted_in", "years"),
    [
        ("2012-01-12", "2012-02-15", "month", Fraction(1, 12) + Fraction(3, 365)),
        ("2013-01-12", "2013-02-15", "month", Fraction(1, 12) + Fraction(3, 366)),
        ("2013-02-26", "2013-03-29", "month", Fraction(1, 12) + Fraction(2, 366)),
        ("2012-01-12", "2014-02-15", "year", 2 + Fraction(34, 365)),
        ("2012-01-15", "2012-07-15", "month", Fraction(1, 2)),
        ("2013-01-01", "2013-01-08", "week", Fraction(1, 52)),
        ("2013-01-01", "2013-01-11", "week", Fraction(1, 52) + Fraction(3, 366)),
        ("2014-01-01", "2014-01-11", "week", Fraction(1, 52) + Fraction(3, 365)),
    ],
)
def test_intervals_of_remark_c(
    agreement: str, payment: str, counted_in: str, years: Fraction
) -> None:
    first, later = date.fromisoformat(agreement), date.fromisoformat(payment)
    assert years_between(first, later, Interval(counted_in)) == years
