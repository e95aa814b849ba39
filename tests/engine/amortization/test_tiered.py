"""Schedules of a balance whose rate follows it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment
from engine.amortization.roll import Columns, RollTerms
from engine.amortization.tiered import (
    BalanceRate,
    TieredAmortization,
    as_tiered,
    tiered_columns,
)
from engine.values.money import Money
from engine.values.rate import Rate

ROUNDED = RollTerms()
PERIODS = InterestPeriods(
    date(2026, 1, 1), tuple(date(2026, m, 1) for m in (2, 3, 4, 5)), (1,) * 4, 12
)


def twelve_above_six(balance: Money, most: Rate) -> Rate:
    """12 percent above 600.00, 6 percent up to it, nothing above the most."""
    return min(Rate.parse("0.12" if balance > Money(60_000) else "0.06"), most)


RATE = BalanceRate(twelve_above_six, Rate.parse("0.36"))


def columns(way: TieredAmortization, roll: RollTerms = ROUNDED) -> Columns:
    return tiered_columns(100_000, PERIODS, way, roll, RATE)


def test_equal_parts_of_principal_earn_by_the_balance_before_them() -> None:
    made = columns(EqualPrincipal())
    assert made.principal == [25_000] * 4
    assert made.interest == [1000, 750, 250, 125]  # 1 % of 1000 and 750, half a percent of the rest


def test_all_principal_at_the_end() -> None:
    made = columns(Bullet())
    assert (made.interest, made.principal) == ([1000] * 4, [0, 0, 0, 100_000])


def test_the_level_payment_is_the_smallest_that_is_enough() -> None:
    made = columns(LevelPayment())
    payment = made.payment[0]
    assert made.payment[:3] == [payment] * 3 and payment - 4 < made.payment[3] <= payment
    exact = Fraction(100_000)  # rolled by hand: 12 % a year above 600.00, 6 % up to it
    for rate in (Fraction(1, 100), Fraction(1, 100), Fraction(1, 200), Fraction(1, 200)):
        exact = exact * (1 + rate) - payment
    assert -4 <= exact <= 0
    tens = columns(LevelPayment(payment_multiple_of=Money(1000)))
    assert tens.payment[0] == -(-payment // 1000) * 1000


def test_interest_a_payment_does_not_cover_waits() -> None:
    made = columns(LevelPayment(), RollTerms(carry=Fraction(90_000)))
    assert made.principal[0] == 0 and made.interest[0] == made.payment[0] < 91_000
    assert sum(made.principal) == 100_000


def test_the_most_in_force_bounds_every_balance() -> None:
    bound = BalanceRate(twelve_above_six, Rate.parse("0.03"))
    made = tiered_columns(100_000, PERIODS, Bullet(), RollTerms(), bound)
    assert made.interest == [250] * 4


@pytest.mark.parametrize("way", [LevelPayment(), EqualPrincipal(), Bullet()])
def test_ways_down_that_can_be_scheduled(way: TieredAmortization) -> None:
    assert as_tiered(way) is way
    assert as_tiered(Balloon(amount=Money(1))) is None
