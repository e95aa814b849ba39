"""In which order things happen, and what a contract may make happen."""

from __future__ import annotations

from engine.interest.accrual import RateChange
from engine.projection.contract import (
    Call,
    LastDay,
    Sale,
)
from engine.projection.repayment import (
    PrincipalMove,
    PrincipalParts,
    PrincipalPlan,
)
from engine.projection.steps import Turn
from engine.projection.timeline import timeline
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.recurrence import Recurrence
from tests.engine.projection.contracts import LATE, contract, day, monthly, rows

PARTS = PrincipalParts(dates=monthly("2024-02-15"), part=Money(25_000))


def test_within_a_day_principal_comes_before_interest_before_a_new_rate() -> None:
    given = contract(
        repayment=PARTS,
        rate_changes=(RateChange(day("2024-02-15"), Rate.parse("0.24")),),
        maturity=None,
    )
    assert rows(given, day("2024-03-15")) == [
        ("2024-01-15", "disbursed", -100_000, 100_000, 0),
        ("2024-02-15", "principal_paid", 25_000, 75_000, 1_000),
        ("2024-02-15", "interest_paid", 1_000, 75_000, 0),
        ("2024-02-15", "rate_reset", 0, 75_000, 0),
        ("2024-03-15", "principal_paid", 25_000, 50_000, 1_500),
        ("2024-03-15", "interest_paid", 1_500, 50_000, 0),
    ]
    turns = [step.turn for step in timeline(given, LATE)]
    assert turns[1:4] == [Turn.principal, Turn.interest, Turn.rate]
    assert turns[-1] is Turn.maturity


def test_a_plan_lends_more_and_then_is_repaid() -> None:
    plan = PrincipalPlan(
        moves=(
            PrincipalMove(dates=monthly("2024-02-15"), amount=Money(-50_000)),
            PrincipalMove(dates=monthly("2024-04-15"), amount=Money(100_000)),
        )
    )
    given = contract(repayment=plan, interest_dates=(), maturity=None)
    assert [row[:4] for row in rows(given)] == [
        ("2024-01-15", "disbursed", -100_000, 100_000),
        ("2024-02-15", "principal_lent", -50_000, 150_000),
        ("2024-03-15", "principal_lent", -50_000, 200_000),
        ("2024-04-15", "principal_paid", 100_000, 100_000),
        ("2024-05-15", "interest_paid", 5_500, 100_000),
        ("2024-05-15", "matured", 100_000, 0),
    ]


def test_what_came_before_a_purchase_was_the_sellers() -> None:
    given = contract(repayment=PARTS, purchase=Sale(on=day("2024-03-15"), price=Money(49_000)))
    assert rows(given, day("2024-04-15")) == [
        ("2024-03-15", "bought", -49_000, 50_000, 0),
        ("2024-04-15", "principal_paid", 25_000, 25_000, 500),
        ("2024-04-15", "interest_paid", 500, 25_000, 0),
    ]


def test_a_call_is_settled_when_the_notice_has_run() -> None:
    called = Call(on=day("2024-03-30"), settled_on=day("2024-04-10"))
    runs_on = contract(call=called, maturity=None)
    assert rows(runs_on)[-3:] == [
        ("2024-03-30", "called", 0, 100_000, 500),
        ("2024-04-10", "interest_paid", 833, 100_000, 0),
        ("2024-04-10", "matured", 100_000, 0, 0),
    ]
    stops = Call(on=called.on, settled_on=called.settled_on, earns_meanwhile=False)
    assert rows(contract(call=stops, maturity=None))[-3:] == [
        ("2024-03-30", "called", 0, 100_000, 0),
        ("2024-04-10", "interest_paid", 500, 100_000, 0),
        ("2024-04-10", "matured", 100_000, 0, 0),
    ]


def test_a_deposit_without_an_end_runs_as_far_as_it_is_asked() -> None:
    given = contract(
        capitalized=True,
        maturity=None,
        interest_dates=(Recurrence(first=day("2024-02-15")), monthly("2024-03-15")),
    )
    assert [row[0] for row in rows(given, day("2024-04-15"))] == [
        "2024-01-15", "2024-02-15", "2024-03-15", "2024-04-15",
    ]  # fmt: skip


def test_a_maturity_may_earn_its_own_day() -> None:
    with_its_day = contract(interest_dates=(), maturity=LastDay(on=day("2024-02-14"), earns=True))
    assert rows(with_its_day)[1] == ("2024-02-14", "interest_paid", 1_000, 100_000, 0)


def test_what_is_dated_before_the_loan_does_not_happen() -> None:
    """Dates may count from a day before the disbursement."""
    given = contract(
        interest_dates=(monthly("2023-11-15"),),
        rate_changes=(RateChange(day("2024-01-01"), Rate.parse("0.24")),),
    )
    assert rows(given, day("2024-02-15")) == [
        ("2024-01-15", "disbursed", -100_000, 100_000, 0),
        ("2024-01-15", "interest_paid", 0, 100_000, 0),
        ("2024-02-15", "interest_paid", 1_000, 100_000, 0),
    ]
