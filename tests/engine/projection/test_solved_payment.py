"""Level payments solved on the dates that are left."""

from __future__ import annotations

from fractions import Fraction

from engine.interest.accrual import RateChange
from engine.projection.contract import (
    LastDay,
)
from engine.projection.project import project
from engine.projection.repayment import (
    SolvedPayment,
)
from engine.projection.solved_payment import interest_days, payment_dates, solved_payment
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding
from tests.engine.projection.contracts import LATE, contract, day, monthly, rows


def test_a_payment_is_solved_ahead_and_again_with_each_rate() -> None:
    given = contract(
        repayment=SolvedPayment(dates=monthly("2024-02-15"), days_ahead=5),
        rate_changes=(RateChange(day("2024-04-15"), Rate.parse("0.24")),),
    )
    solved = [flow for flow in project(given, LATE) if flow.kind.value == "payment_solved"]
    assert [(flow.on, flow.payment) for flow in solved] == [
        (day("2024-02-10"), Money(17_255)),
        (day("2024-04-15"), Money(17_596)),
    ]


def test_an_amortization_longer_than_the_contract_leaves_a_balloon() -> None:
    repayment = SolvedPayment(dates=monthly("2024-02-15"), amortized_to=day("2026-01-15"))
    given = contract(repayment=repayment)
    assert rows(given)[-1] == ("2024-07-15", "matured", 81_091, 0, 0)


def test_the_last_payment_counts_to_the_end_of_the_contract() -> None:
    terms = SolvedPayment(dates=monthly("2024-02-15"))
    ends = contract(repayment=terms, maturity=LastDay(on=day("2024-04-14"), earns=True))
    assert [on.isoformat() for on in payment_dates(ends, terms)] == [
        "2024-02-15", "2024-03-15", "2024-04-15",
    ]  # fmt: skip


def test_accrued_interest_is_repaid_with_the_first_payment() -> None:
    given = contract()
    dates = [day("2024-02-15"), day("2024-03-15")]
    paid = solved_payment(
        Money(100_000),
        Fraction(1_000),
        given.rate,
        dates[0],
        dates,
        given.earning,
        Rounding.half_up,
    )
    # 101,000 less the payment earns one percent and is the second: p = 1.01 × (101,000 - p).
    assert paid == Money(50_751)


def test_interest_paid_between_the_payments_is_not_in_them() -> None:
    quarterly = SolvedPayment(dates=monthly("2024-04-15", 3))
    given = contract(repayment=quarterly, maturity=LastDay(on=day("2025-01-15")))
    last = project(given, LATE)[-1]
    payment = last.payment
    assert payment is not None
    assert interest_days(given, quarterly) > {day("2024-02-15"), day("2024-05-15")}
    # The last installment is the payment too: principal and the interest of its last month.
    assert abs(last.amount.minor + last.amount.minor // 100 - payment.minor) <= 4
