"""Interest fixed by period in positions, books, explanations, and parts of installments."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.ledger.interest import interest_to_book
from engine.loan import observe
from engine.loan.by_period import pace_on, schedule_in_force
from engine.loan.explain import explain
from engine.loan.loan import Loan
from engine.loan.outcomes.parts_due import parts_due, unpaid_through
from engine.loan.position import position
from engine.values.money import ZERO, Exact, Money
from tests.engine.loan.test_scheduled_interest import FIRST, SECOND, UP, lent


def test_positions_say_so_much_a_day() -> None:
    life = lent()
    life.pays("1066.19", FIRST)
    assert life.loan is not None
    stands = position(life.loan, FIRST, life.terms)
    assert stands.per_day_numerator is not None and stands.per_day_denominator is not None
    assert Exact(stands.per_day_numerator, stands.per_day_denominator) == Exact(11_054, 28)
    assert (stands.anchor, stands.carry_numerator) == (FIRST, 0)


def test_books_earn_evenly_and_hold_what_was_paid_ahead() -> None:
    life = lent()
    life.pays("1066.19", date(2026, 2, 5))
    day = date(2026, 2, 5)
    loan = life.at(day)
    earned = observe.interest_earned_to(loan, day)
    assert interest_to_book(earned, loan.interest_paid, ZERO, UP).text() == "81.29"
    earned = observe.interest_earned_to(life.at(FIRST), FIRST)
    assert interest_to_book(earned, loan.interest_paid, ZERO, UP).text() == "120.00"


def test_interest_is_explained_by_its_pace() -> None:
    life = lent()
    history = [(item.seq, item.event) for item in life.history]
    told = explain("loan_test", history, "accrued_interest", date(2026, 1, 30), life.terms)
    assert told.value == Money(5_806)
    names = [child.name.rpartition(".")[2] for step in told.steps for child in _all(step)]
    assert "earned_at_pace" in names
    told = explain("loan_test", history, "payoff", date(2026, 1, 30), life.terms)
    assert told.value == Money(1_205_806)


def _all(step: Any) -> list[Any]:
    return [step, *(below for child in step.children for below in _all(child))]


def test_parts_of_installments() -> None:
    life = lent()
    loan = life.at(SECOND)
    parts = parts_due(loan, unpaid_through(loan, SECOND, UP), SECOND, UP)
    assert [(p.interest.minor, p.principal.minor) for p in parts] == [
        (12_000, 94_619),
        (11_054, 95_565),
    ]


def test_before_money_is_out_nothing_is_earned() -> None:
    assert pace_on(Loan(loan_id="loan"), FIRST) is None
    assert schedule_in_force(()) == ()
