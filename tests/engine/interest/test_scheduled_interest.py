"""Scheduled interest: a schedule of it is the schedule of simple interest counted the same way."""

from __future__ import annotations

from datetime import date

from engine.amortization.level_payment import LevelPayment
from engine.amortization.schedule import schedule
from engine.interest.period_interest import PayoffInterest
from engine.interest.scheduled_interest import LaterInterest, ScheduledInterest
from engine.interest.simple_interest import SimpleInterest
from engine.values.day_count import DayCount
from engine.values.money import Money
from engine.values.rate import Rate

DUE = [date(2026, month, 15) for month in range(2, 12)]


def test_it_is_scheduled_as_simple_interest_is() -> None:
    made = [
        schedule(
            Money(500_000),
            Rate.parse("0.1499"),
            date(2026, 1, 10),
            DUE,
            interest=method(day_count=DayCount.thirty_360),
            amortization=LevelPayment(),
        )
        for method in (SimpleInterest, ScheduledInterest)
    ]
    assert made[0] == made[1]


def test_what_a_product_leaves_out() -> None:
    method = ScheduledInterest()
    assert method.payoff is PayoffInterest.through_payoff_day
    assert method.after_prepayment is LaterInterest.set_anew
