"""Rebates of precomputed interest by the three methods."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.interest.rule_of_78 import rule_of_78_part, rule_of_78_rebate
from engine.interest.unearned_interest import EarningMethod, unearned_interest
from engine.values.money import Money
from engine.values.rounding import Rounding, round_exact

LENT, PAYMENT, COUNT = Money(1_000_000), Money(33_214), 36


def unearned(method: EarningMethod, remaining: int) -> Fraction:
    return unearned_interest(method, LENT, PAYMENT, COUNT, remaining)


def test_the_first_month_of_twelve_earns_twelve_seventy_eighths() -> None:
    assert rule_of_78_part(Money(7_800), 12, 1) == 1_200
    assert rule_of_78_rebate(Money(7_800), 12, 6) == 2_100
    assert round_exact(rule_of_78_rebate(Money(10_000), 12, 9), Rounding.half_up) == Money(5_769)


@given(st.integers(0, 10**8), st.integers(1, 120))
def test_parts_and_rebate_make_up_the_charge(cents: int, count: int) -> None:
    charge = Money(cents)
    earned = Fraction(0)
    for number in range(1, count + 1):
        earned += rule_of_78_part(charge, count, number)
        assert earned + rule_of_78_rebate(charge, count, count - number) == cents


@pytest.mark.parametrize("method", list(EarningMethod))
def test_nothing_is_earned_at_first_and_all_at_last(method: EarningMethod) -> None:
    charge = PAYMENT * COUNT - LENT
    assert round(unearned(method, COUNT)) == charge.minor
    assert unearned(method, 0) == 0


@pytest.mark.parametrize("remaining", range(1, COUNT))
def test_the_rule_of_78_rebates_less_than_the_actuarial_method(remaining: int) -> None:
    straight, digits, actuarial = (
        unearned(method, remaining)
        for method in (
            EarningMethod.straight_line, EarningMethod.rule_of_78, EarningMethod.actuarial,
        )
    )  # fmt: skip
    assert digits < actuarial < straight


def test_actuarial_payoff_is_the_balance_of_the_loan() -> None:
    payoff = PAYMENT.minor * 24 - unearned(EarningMethod.actuarial, 24)
    assert abs(payoff - 705_588) < 100
