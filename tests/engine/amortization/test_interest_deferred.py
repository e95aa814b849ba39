"""Principal alone at first: worked by hand on 1,200.00 at one percent a month."""

from __future__ import annotations

from datetime import date

import pytest

from engine.amortization.amortization import Amortization
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.installment import Schedule
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.amortization.schedule import schedule
from engine.interest.simple_interest import SimpleInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Money
from engine.values.rate import Rate

START = date(2026, 1, 15)
EQUAL = EqualPrincipal()


def plan(way: Amortization, count: int = 6) -> Schedule:
    return schedule(
        Money(120_000),
        Rate.parse("0.12"),
        START,
        due_dates(date(2026, 2, 15), Monthly(), count),
        interest=SimpleInterest(day_count=DayCount.periods),
        amortization=way,
    )


def parts(made: Schedule) -> list[tuple[str, str]]:
    return [(row.principal.text(), row.interest.text()) for row in made.installments]


def test_interest_of_two_months_falls_due_with_the_third() -> None:
    made = plan(InterestDeferred(installments=2, principal=EQUAL))
    assert parts(made) == [
        ("200.00", "0.00"), ("200.00", "0.00"), ("200.00", "30.00"),
        ("200.00", "6.00"), ("200.00", "4.00"), ("200.00", "2.00"),
    ]  # fmt: skip
    assert made.total_interest == plan(EQUAL).total_interest


def test_level_payments_pay_the_principal_they_would_have_paid() -> None:
    made, plain = plan(InterestDeferred(installments=3)), plan(LevelPayment())
    assert [row.principal for row in made.installments] == [
        row.principal for row in plain.installments
    ]
    assert [row.interest.minor for row in made.installments[:3]] == [0, 0, 0]
    assert made.total_interest == plain.total_interest
    fourth = made.installments[3].payment - plain.installments[3].payment
    assert fourth == sum((row.interest for row in plain.installments[:3]), Money(0))


def test_waiting_interest_is_spread_over_level_payments() -> None:
    made = plan(InterestDeferred(installments=2, interest=InterestFallsDue.spread))
    later = [row.payment for row in made.installments[2:]]
    assert max(later) - min(later) <= Money(2)
    assert [row.interest.minor for row in made.installments[:2]] == [0, 0]
    # 22.05 waits (12.00 on 1,200.00 and 10.05 on 1,004.94) and is paid first.
    assert made.installments[2].interest == Money(2_205 + 808)


def test_waiting_interest_becomes_principal_with_the_last_that_asks_for_none() -> None:
    way = InterestDeferred(installments=2, interest=InterestFallsDue.capitalized, principal=EQUAL)
    made = plan(way)
    assert parts(made)[:2] == [("200.00", "0.00"), ("178.00", "22.00")]
    assert made.installments[1].payment == Money(20_000)
    assert made.installments[1].balance == Money(82_200)
    assert parts(made)[2] == ("205.50", "8.22")


def test_principal_and_interest_may_both_wait() -> None:
    way = InterestDeferred(installments=3, principal=InterestOnly(installments=2, then=EQUAL))
    assert parts(plan(way)) == [
        ("0.00", "0.00"), ("0.00", "0.00"), ("300.00", "0.00"),
        ("300.00", "45.00"), ("300.00", "6.00"), ("300.00", "3.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("due", InterestFallsDue)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_last_installment_asks_for_all_interest(due: InterestFallsDue, count: int) -> None:
    made = plan(InterestDeferred(installments=9, interest=due), count)
    assert made.installments[-1].balance == Money(0)
    assert [row.interest.minor for row in made.installments[: count - 1]][:-1] == [0] * max(
        count - 2, 0
    )
    assert made.installments[-1].interest > Money(0)
