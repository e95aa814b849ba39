"""Payments that follow the rate: Regulation Z sample H-14 and the ability-to-repay rule."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from engine.amortization.installment import Schedule
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.amortization.recast import recast_schedule
from engine.interest.accrual import RateChange
from engine.interest.simple_interest import SimpleInterest
from engine.loan.outcomes.rest_of_term import rest_of
from engine.values.day_count import DayCount, ReferencePeriods
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Money
from engine.values.rate import Rate

START = date(2000, 1, 1)
DUE = due_dates(date(2000, 2, 1), Monthly(), 360)


def made(cents: int, first: str, *later: tuple[int, str]) -> Schedule:
    changes = [RateChange(DUE[number - 2], Rate.parse(rate)) for number, rate in later]
    return recast_schedule(
        Money(cents),
        Rate.parse(first),
        START,
        DUE,
        rate_changes=changes,
        interest=SimpleInterest(day_count=DayCount.periods),
        amortization=LevelPayment(),
        periods=ReferencePeriods(dates=(START, *DUE), per_year=Fraction(12)),
    )


def test_sample_h_14_of_regulation_z() -> None:
    plan = made(1_000_000, "0.1741", (13, "0.1541"), (25, "0.1517"), (37, "0.1317"))
    payments = [plan.installments[at - 1].payment for at in (1, 13, 25, 37)]
    assert payments == [Money(14_590), Money(12_981), Money(12_791), Money(11_243)]


def test_a_step_rate_mortgage_of_the_ability_to_repay_rule() -> None:
    plan = made(20_000_000, "0.065", (25, "0.07"), (61, "0.075"))
    dollars = [round(plan.installments[at - 1].payment.minor / 100) for at in (1, 25, 61)]
    assert dollars == [1264, 1328, 1388]
    assert abs(plan.installments[59].balance.minor - 18_786_845) < 20
    assert plan.installments[-1].balance == Money(0)
    assert [row.number for row in plan.installments] == list(range(1, 361))


def test_a_change_between_due_dates_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        recast_schedule(
            Money(100),
            Rate.parse("0.1"),
            START,
            DUE,
            rate_changes=[RateChange(date(2000, 2, 15), Rate.parse("0.2"))],
            interest=SimpleInterest(),
            amortization=LevelPayment(),
        )


def test_interest_alone_is_paid_as_long_as_agreed_whatever_the_rate_does() -> None:
    terms = InterestOnly(installments=24, then=LevelPayment())
    plan = recast_schedule(
        Money(10_000_000),
        Rate.parse("0.06"),
        START,
        DUE,
        rate_changes=[
            RateChange(DUE[11], Rate.parse("0.12")),
            RateChange(DUE[35], Rate.parse("0")),
        ],
        interest=SimpleInterest(day_count=DayCount.periods),
        amortization=terms,
        amortization_after=lambda done: rest_of(terms, done, Money(10_000_000)),
        periods=ReferencePeriods(dates=(START, *DUE), per_year=Fraction(12)),
    )
    payments = [row.payment.minor for row in plan.installments]
    assert payments[:24] == [50_000] * 12 + [100_000] * 12
    assert payments[24] > 100_000 and plan.installments[23].balance == Money(10_000_000)
    assert payments[36] < payments[35] and plan.installments[-1].balance == Money(0)
