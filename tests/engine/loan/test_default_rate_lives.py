"""Loans that bear a default rate while they are late, and are cured."""

from __future__ import annotations

from datetime import date

from engine.interest.default_rate import (
    AboveContractRate,
    DefaultRate,
    MaturityDefault,
    PastDueDefault,
)
from engine.interest.rate_plan.given_rate import OwnRate
from engine.loan.events import DefaultRateChanged
from engine.values.rate import Rate
from tests.engine.loan.life import a_loan
from tests.engine.loan.rate_plans import STEPPED
from tests.engine.loan.test_rate_plan_lives import resets, under

PENALTY = DefaultRate(
    rate=AboveContractRate(margin=Rate.parse("0.05")), begins=PastDueDefault(days=20)
)


def test_the_default_rate_holds_until_the_loan_is_cured() -> None:
    life = a_loan(under(STEPPED, default_rate=PENALTY), rate="0.10")
    life.until(date(2026, 3, 31))
    assert resets(life) == [
        ("2026-03-07", "0.15", "default_rate"), ("2026-03-15", "0.17", "rate_plan"),
    ]  # fmt: skip
    life.pays("500.00", date(2026, 4, 1))  # not all that is past due
    assert life.events(DefaultRateChanged)[-1].in_default
    life.pays("2000.00", date(2026, 4, 2))
    assert resets(life)[-1] == ("2026-04-02", "0.12", "default_cured")
    assert not life.events(DefaultRateChanged)[-1].in_default


def test_a_payment_that_came_back_never_cured() -> None:
    terms = under(STEPPED, default_rate=PENALTY)
    life, never = a_loan(terms, rate="0.10"), a_loan(terms, rate="0.10")
    payment = life.pays("2500.00", date(2026, 3, 20))
    life.is_reversed(payment, date(2026, 4, 20))
    for one in (life, never):
        one.until(date(2026, 5, 1))
    assert resets(life) == resets(never)
    assert life.numbers(date(2026, 5, 1)) == never.numbers(date(2026, 5, 1))


def test_default_may_begin_with_a_maturity_unpaid() -> None:
    default = DefaultRate(rate=OwnRate(rate=Rate.parse("0.2")), begins=MaturityDefault(days=10))
    life = a_loan(under(STEPPED, default_rate=default), rate="0.10", payments=1)
    life.until(date(2026, 4, 1))
    assert resets(life) == [("2026-02-25", "0.2", "default_rate")]
    assert [e.days_past_due for e in life.events(DefaultRateChanged)] == [10]
