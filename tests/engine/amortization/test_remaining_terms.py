"""Schedules from a day in the life of a loan: carried interest, a payment that is kept."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from engine.amortization.installment import Schedule
from engine.amortization.level_payment import LevelPayment
from engine.amortization.schedule import schedule
from engine.interest.simple_interest import SimpleInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Money
from engine.values.rate import Rate

START = date(2024, 1, 10)
MONTHLY_12 = due_dates(date(2024, 2, 10), Monthly(), 12)
THIRTY_360 = SimpleInterest(day_count=DayCount.thirty_360)


def made(
    principal: int,
    dates: tuple[date, ...] = MONTHLY_12,
    *,
    carry: Fraction = Fraction(0),
    payment: Money | None = None,
) -> Schedule:
    return schedule(
        Money(principal),
        Rate.parse("0.12"),
        START,
        dates,
        interest=THIRTY_360,
        amortization=LevelPayment(),
        carry=carry,
        payment=payment,
    )


def assert_pays_off(plan: Schedule) -> None:
    assert sum(row.principal.minor for row in plan.installments) == plan.principal.minor
    assert plan.installments[-1].balance == Money(0)


def test_interest_earned_before_is_due_with_the_first_installment() -> None:
    without = made(1_000_000)
    plan = made(1_000_000, carry=Fraction(2501, 2))
    assert_pays_off(plan)
    assert plan.installments[0].interest == without.installments[0].interest + Money(1251)
    assert abs((plan.installments[-1].payment - plan.regular_payment).minor) < 12


def test_a_given_payment_is_kept_and_the_schedule_ends_with_the_balance() -> None:
    plan = made(400_000, payment=Money(88_849))
    assert_pays_off(plan)
    assert [row.payment.minor for row in plan.installments[:-1]] == [88_849] * 4
    assert plan.installments[-1].due_date == date(2024, 6, 10)


def test_interest_a_payment_cannot_cover_waits_and_earns_nothing() -> None:
    plan = made(1_000_000, MONTHLY_12[:3], payment=Money(4_000))
    assert [row.interest.minor for row in plan.installments] == [4_000, 4_000, 22_000]
    assert plan.installments[-1].principal == Money(1_000_000)
