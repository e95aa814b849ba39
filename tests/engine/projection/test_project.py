"""Dated flows of contracts, and that they are the numbers schedules have."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.installment import Schedule
from engine.amortization.level_payment import LevelPayment, Residual
from engine.amortization.schedule import schedule
from engine.interest.accrual import RateChange
from engine.interest.simple_interest import SimpleInterest
from engine.projection.contract import Contract, LastDay, Opening
from engine.projection.flow import Flow, FlowKind
from engine.projection.project import project, standing_on
from engine.projection.repayment import PrincipalParts, Repayment, SolvedPayment
from engine.projection.standing import Earning
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import EveryMonths
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.recurrence import Recurrence
from tests.engine.projection.contracts import LATE, START, contract, day, monthly, rows


def test_a_bullet_loan_pays_interest_on_its_dates_and_principal_at_the_end() -> None:
    given = contract(
        interest_dates=(monthly("2024-03-15", 2),), maturity=LastDay(on=day("2024-06-01"))
    )
    assert rows(given) == [
        ("2024-01-15", "disbursed", -100_000, 100_000, 0),
        ("2024-03-15", "interest_paid", 2_000, 100_000, 0),
        ("2024-05-15", "interest_paid", 2_000, 100_000, 0),
        ("2024-06-01", "interest_paid", 533, 100_000, 0),
        ("2024-06-01", "matured", 100_000, 0, 0),
    ]


def test_a_discount_is_withheld_and_interest_stated_for_the_first_day_is_there() -> None:
    given = contract(discount=Money(5_000), accrued_at_start=Money(250))
    assert rows(given, START) == [("2024-01-15", "disbursed", -95_000, 100_000, 250)]


amortizations = st.sampled_from(["level", "equal_principal"])


def both(
    kind: str, cents: int, rate: Rate, start: date, first: date, count: int
) -> tuple[Schedule, tuple[Flow, ...]]:
    """The same loan as a schedule of installments and as a projection."""
    due = due_dates(first, EveryMonths(months=1), count)
    level = LevelPayment(residual=Residual.formula)
    made = schedule(
        Money(cents),
        rate,
        start,
        due,
        interest=SimpleInterest(day_count=DayCount.actual_365),
        amortization=level if kind == "level" else EqualPrincipal(),
    )
    dates = Recurrence(first=first, frequency=EveryMonths(months=1))
    repayments: dict[str, Repayment] = {
        "level": SolvedPayment(dates=dates),
        "equal_principal": PrincipalParts(dates=dates),
    }
    projected = Contract(
        principal=Money(cents),
        disbursed_on=start,
        rate=rate,
        earning=Earning(day_count=DayCount.actual_365),
        interest_dates=(dates,),
        repayment=repayments[kind],
        maturity=LastDay(on=due[-1]),
    )
    return made, project(projected, LATE)


@given(
    kind=amortizations,
    cents=st.integers(10_000, 10_000_000),
    rate=st.integers(0, 3_600),
    first=st.dates(date(2024, 1, 16), date(2024, 4, 30)),
    count=st.integers(2, 60),
)
@settings(max_examples=60, deadline=None)
def test_installments_are_those_of_the_schedule(
    kind: str, cents: int, rate: int, first: date, count: int
) -> None:
    made, flows = both(kind, cents, Rate(Fraction(rate, 10_000)), START, first, count)
    # What a payment does not cover waits in a schedule and is added here.
    assume(all(row.principal > Money(0) for row in made.installments))
    received: dict[date, int] = {}
    for flow in flows[1:]:
        received[flow.on] = received.get(flow.on, 0) + flow.amount.minor
    expected = {row.due_date: row.payment.minor for row in made.installments}
    assert {on: cents for on, cents in received.items() if on in expected} == expected
    assert flows[-1].principal == Money(0)


@given(cut=st.dates(date(2024, 1, 1), date(2024, 8, 1)))
@settings(max_examples=40, deadline=None)
def test_a_projection_to_an_earlier_day_is_the_beginning_of_it(cut: date) -> None:
    given = contract(
        repayment=SolvedPayment(dates=monthly("2024-02-15")),
        rate_changes=(RateChange(day("2024-04-01"), Rate.parse("0.18")),),
    )
    whole = project(given, LATE)
    assert project(given, cut) == tuple(flow for flow in whole if flow.on <= cut)


@given(cut=st.dates(date(2024, 1, 16), date(2024, 7, 14)))
@settings(max_examples=40, deadline=None)
def test_a_loan_taken_over_goes_on_as_it_would_have(cut: date) -> None:
    """What is owed and accrued on the day, and the payment in force, say all."""
    dates = monthly("2024-02-15")
    whole = contract(repayment=SolvedPayment(dates=dates))
    standing = standing_on(whole, cut)
    taken_over = contract(
        principal=standing.principal,
        repayment=SolvedPayment(dates=dates, payment=standing.payment),
        opening=Opening(on=cut, accrued=standing.accrued(whole.earning, cut)),
    )
    later = tuple(flow for flow in project(whole, LATE) if flow.on > cut)
    assert project(taken_over, LATE) == later


@pytest.mark.parametrize("kind", [FlowKind.interest_paid, FlowKind.matured])
def test_before_the_first_day_nothing_stands(kind: FlowKind) -> None:
    before = standing_on(contract(), day("2024-01-14"))
    assert (before.principal, before.accrued(contract().earning, START)) == (Money(0), 0)
    assert kind in {flow.kind for flow in project(contract(), LATE)}
