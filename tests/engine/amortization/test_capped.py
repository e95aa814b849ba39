"""Schedules stop earning in the period in which the cap on interest is reached."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from engine.amortization.amortization import Amortization
from engine.amortization.capped import within_cap
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment, level_payment_columns
from engine.amortization.roll import RollTerms
from engine.amortization.schedule import schedule
from engine.interest.simple_interest import SimpleInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Money
from engine.values.rate import Rate

MONTHLY_4 = due_dates(date(2024, 2, 10), Monthly(), 4)


def rows(amortization: Amortization, cap: int, payment: int | None = None) -> list[tuple[int, int]]:
    """1,000.00 at ten percent a month: payment and interest of each installment."""
    plan = schedule(
        Money(100_000), Rate.parse("1.2"), date(2024, 1, 10), MONTHLY_4,
        interest=SimpleInterest(day_count=DayCount.thirty_360), amortization=amortization,
        interest_cap=Money(cap), payment=None if payment is None else Money(payment),
    )  # fmt: skip
    assert plan.installments[-1].balance == Money(0)
    return [(row.payment.minor, row.interest.minor) for row in plan.installments]


def test_level_payments_are_what_was_lent_and_the_cap_in_equal_parts() -> None:
    assert rows(LevelPayment(), 20_000) == [
        (30_000, 10_000), (30_000, 8_000), (30_000, 2_000), (30_000, 0),
    ]  # fmt: skip


def test_equal_principal_stays_and_interest_ends() -> None:
    assert rows(EqualPrincipal(), 15_000) == [
        (35_000, 10_000), (30_000, 5_000), (25_000, 0), (25_000, 0),
    ]  # fmt: skip


def test_a_payment_that_is_given_stays_and_the_loan_ends_sooner() -> None:
    assert rows(LevelPayment(), 12_000, payment=40_000) == [
        (40_000, 10_000), (40_000, 2_000), (32_000, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("cap", [26_188, 30_000])
def test_a_cap_that_is_not_reached_changes_nothing(cap: int) -> None:
    periods = InterestPeriods(date(2024, 1, 10), MONTHLY_4, (1,) * 4, 10)
    roll = RollTerms()
    plain = level_payment_columns(100_000, periods, LevelPayment(), roll, Fraction(1, 10))
    assert sum(plain.interest) == 26_188
    assert within_cap(100_000, periods, plain, LevelPayment(), roll, Money(cap)) == plain
