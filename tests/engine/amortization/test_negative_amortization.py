"""Schedules in which unpaid interest is added to the principal: how far, and what follows."""

from __future__ import annotations

from datetime import date

import pytest

from engine.amortization.amortization import Amortization
from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.installment import Schedule
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.amortization.schedule import schedule
from engine.amortization.stepped import PaymentStep, Stepped
from engine.interest.accrual import Pause
from engine.interest.capitalization import (
    AtConversion,
    Capitalization,
    EveryDueDate,
    GivenMonths,
)
from engine.interest.simple_interest import SimpleInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Biweekly, Monthly
from engine.values.money import Money
from engine.values.rate import Rate

START = date(2024, 1, 10)
MONTHLY_12 = due_dates(date(2024, 2, 10), Monthly(), 12)


def made(
    amortization: Amortization,
    capitalization: Capitalization | None = None,
    *,
    dates: tuple[date, ...] = MONTHLY_12,
    payment: int | None = None,
    capitalized_on: tuple[date, ...] = (),
    lent: int | None = None,
    pauses: tuple[Pause, ...] = (),
) -> Schedule:
    """10,000.00 at one percent a month."""
    plan = schedule(
        Money(1_000_000),
        Rate.parse("0.12"),
        START,
        dates,
        interest=SimpleInterest(day_count=DayCount.thirty_360, capitalization=capitalization),
        amortization=amortization,
        payment=None if payment is None else Money(payment),
        capitalized_on=capitalized_on,
        lent=None if lent is None else Money(lent),
        pauses=pauses,
    )
    assert sum(row.principal.minor for row in plan.installments) == 1_000_000
    assert all(row.payment == row.interest + row.principal for row in plan.installments)
    assert plan.installments[-1].balance == Money(0)
    return plan


def balances(plan: Schedule, count: int) -> list[int]:
    return [row.balance.minor for row in plan.installments[:count]]


def test_a_payment_below_the_interest_lets_the_balance_grow() -> None:
    plan = made(LevelPayment(), payment=5_000, capitalized_on=MONTHLY_12)
    assert balances(plan, 3) == [1_005_000, 1_010_050, 1_015_151]
    assert [row.interest.minor for row in plan.installments[:3]] == [10_000, 10_050, 10_101]
    assert [row.payment.minor for row in plan.installments[:-1]] == [5_000] * 11


def test_the_product_may_say_what_the_caller_says_with_dates() -> None:
    said = made(ExplicitPayments(payments=(Money(5_000),)), EveryDueDate())
    assert said == made(LevelPayment(), payment=5_000, capitalized_on=MONTHLY_12)


def test_growth_ends_at_the_limit_and_level_payments_follow() -> None:
    low = ExplicitPayments(payments=(Money(5_000),))
    plan = made(low, EveryDueDate(limit=Rate.parse("1.0101")))
    assert balances(plan, 2) == [1_005_000, 1_010_050]
    level = [row.payment.minor for row in plan.installments[2:]]
    assert set(level[:-1]) == {106_643} and abs(level[-1] - 106_643) < 10
    assert plan.installments[2].principal > Money(0)


def test_a_limit_is_a_share_of_what_was_lent_and_not_of_what_is_left() -> None:
    low = ExplicitPayments(payments=(Money(5_000),))
    limit = EveryDueDate(limit=Rate.parse("1.0101"))
    unlimited = made(low, EveryDueDate())
    assert made(low, limit, lent=2_000_000) == unlimited
    assert made(low, limit) != unlimited


def test_a_stepped_product_keeps_its_own_limit_beside_what_was_lent() -> None:
    steps = (PaymentStep(from_installment=1, payment=Money(5_000)),)
    limit = Rate.parse("1.0101")
    stepped = Stepped(steps=steps, negative_amortization=True, negative_amortization_limit=limit)
    plain = ExplicitPayments(payments=(Money(5_000),))
    assert made(stepped) == made(plain, EveryDueDate(limit=limit))


def test_without_capitalization_what_is_unpaid_waits_and_earns_nothing() -> None:
    plan = made(ExplicitPayments(payments=(Money(5_000),)))
    assert balances(plan, 2) == [1_000_000, 1_000_000]
    assert plan.total_interest == Money(120_000)


def test_given_months_take_the_last_due_date_of_each() -> None:
    nothing = Bullet(interest=BulletInterest.at_maturity)
    plan = made(nothing, GivenMonths(months=(6, 12)))
    assert [row.principal.minor for row in plan.installments[:-1]] == [
        0, 0, 0, 0, -50_000, 0, 0, 0, 0, 0, -63_000,
    ]  # fmt: skip
    biweekly = due_dates(date(2024, 6, 1), Biweekly(), 6)
    plan = made(nothing, GivenMonths(months=(6,)), dates=biweekly)
    grown = [row.due_date for row in plan.installments if row.principal < Money(0)]
    assert grown == [date(2024, 6, 29)]


@pytest.mark.parametrize(
    "deferred, capitalization",
    [
        (DeferredInterest.capitalized_at_end, None),
        (DeferredInterest.waits, AtConversion()),
    ],
)
def test_interest_of_a_deferral_is_added_once_when_the_loan_amortizes(
    deferred: DeferredInterest, capitalization: Capitalization | None
) -> None:
    plan = made(Deferred(installments=3, interest=deferred), capitalization)
    assert balances(plan, 3) == [1_000_000, 1_000_000, 1_030_000]
    assert plan.installments[2].interest == Money(30_000)
    assert plan.installments[3].interest == Money(10_300)
    level = {row.payment.minor for row in plan.installments[3:-1]}
    assert level == {120_243}


def test_interest_added_every_period_is_added_on_what_was_added_before() -> None:
    plan = made(Deferred(installments=3, interest=DeferredInterest.capitalized))
    assert balances(plan, 3) == [1_010_000, 1_020_100, 1_030_301]
    assert plan == made(Deferred(installments=3), EveryDueDate())


def test_a_deferral_may_end_in_equal_principal_or_in_one_payment() -> None:
    grown = DeferredInterest.capitalized_at_end
    plan = made(Deferred(installments=3, interest=grown, then=EqualPrincipal()))
    assert [row.principal.minor for row in plan.installments[3:]] == [
        114_444, 114_444, 114_444, 114_444, 114_444, 114_444, 114_444, 114_444, 114_448,
    ]  # fmt: skip
    plan = made(Deferred(installments=3, interest=grown, then=Bullet()))
    assert [row.payment.minor for row in plan.installments[3:]] == [10_300] * 8 + [1_040_300]


def test_interest_that_is_billed_is_never_added() -> None:
    for pays_interest in (InterestOnly(installments=4), EqualPrincipal(), LevelPayment()):
        assert made(pays_interest, EveryDueDate()) == made(pays_interest)
    assert made(InterestOnly(installments=4), AtConversion()) == made(InterestOnly(installments=4))


def test_nothing_is_added_for_a_time_in_which_interest_is_paused() -> None:
    quarter = Pause(START, date(2024, 4, 9))
    deferred = Deferred(installments=3, interest=DeferredInterest.capitalized)
    assert balances(made(deferred, pauses=(quarter,)), 3) == [1_000_000] * 3
