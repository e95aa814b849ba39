"""Non-accrual: time proposes it, a person decides it, and what the borrower owes stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from engine.amortization.deferred import Deferred, DeferredInterest
from engine.delinquency.stages import Delinquency
from engine.interest.capitalization import EveryDueDate
from engine.interest.simple_interest import SimpleInterest
from engine.loan.commands import ChargeOffLoan, PlaceOnNonAccrual, ReturnToAccrual
from engine.loan.counts import counts_on
from engine.loan.events import (
    BalanceForgiven,
    ChargeOffAdjusted,
    Event,
    LoanChargedOff,
    LoanPlacedOnNonAccrual,
    NonAccrualProposed,
)
from engine.loan.evolve import evolve, fold
from engine.loan.given_up import forgiven, lost
from engine.loan.loan import Loan
from engine.loan.serviceable import not_serviceable
from engine.values.money import Money
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.standing import standing

FIRST_DUE = date(2026, 2, 15)
PLACED = date(2026, 5, 20)
PROPOSES = in_force(
    a_product(
        delinquency=Delinquency(
            charge_off_proposed_after_days=120, non_accrual_proposed_after_days=90
        )
    )
)


def place(day: date = PLACED) -> PlaceOnNonAccrual:
    return PlaceOnNonAccrual(placed_on=day, reason="90 days past due")


def give_back(day: date) -> ReturnToAccrual:
    return ReturnToAccrual(returned_on=day, reason="current for six months")


def code_of(life: Life, command: PlaceOnNonAccrual | ReturnToAccrual) -> str:
    answer = life.ask(command)
    assert isinstance(answer, tuple)
    return answer[0].code


def test_it_is_proposed_once_and_not_done() -> None:
    life = a_loan(PROPOSES)
    life.until(date(2026, 9, 1))
    (proposed,) = life.events(NonAccrualProposed)
    assert proposed.effective_on == FIRST_DUE + timedelta(days=90)
    assert (proposed.days_past_due, life.at(PLACED).non_accrual_since(PLACED)) == (90, None)


def test_time_in_steps_or_at_once_proposes_the_same() -> None:
    once, stepped = a_loan(PROPOSES), a_loan(PROPOSES)
    day = FIRST_DUE
    while day < date(2026, 9, 1):
        day += timedelta(days=1)
        stepped.until(day)
    once.until(day)
    assert [item.event for item in once.history] == [item.event for item in stepped.history]


def test_nothing_is_proposed_by_default_or_when_a_person_was_first() -> None:
    silent, first = a_loan(), a_loan(PROPOSES)
    first.live(place(date(2026, 4, 1)))
    for life in (silent, first):
        life.until(date(2026, 9, 1))
        assert not life.events(NonAccrualProposed)


def test_a_payment_that_came_in_time_takes_the_proposal_back() -> None:
    life = a_loan(PROPOSES)
    life.until(date(2026, 6, 1))
    life.pays("892.87", date(2026, 3, 1))
    assert not life.events(NonAccrualProposed)
    assert life.loan is not None and life.loan.non_accrual_proposed_on is None


def test_what_is_owed_does_not_change() -> None:
    placed, other = a_loan(), a_loan()
    placed.live(place())
    for day in (PLACED, date(2026, 7, 1), date(2027, 2, 1)):
        assert placed.numbers(day) == other.numbers(day)
    for life in (placed, other):
        life.pays("1500.00", date(2026, 6, 3))
    assert placed.numbers(date(2026, 7, 1)) == other.numbers(date(2026, 7, 1))


def test_it_is_placed_and_returned_by_day() -> None:
    life = a_loan()
    life.live(place())
    life.live(give_back(date(2026, 8, 1)))
    days = [PLACED - timedelta(days=1), PLACED, date(2026, 7, 31), date(2026, 8, 1)]
    loan = life.at(days[-1])
    assert [loan.non_accrual_since(day) for day in days] == [None, PLACED, PLACED, None]
    assert (counts_on(place()), counts_on(give_back(days[-1]))) == (PLACED, days[-1])


def test_what_does_not_fit_is_refused() -> None:
    life = a_loan()
    assert code_of(life, give_back(PLACED)) == "not_on_non_accrual"
    life.live(place())
    assert code_of(life, place(date(2026, 6, 1))) == "on_non_accrual"
    life.live(ChargeOffLoan(charged_off_on=date(2026, 7, 1), reason="gone"))
    assert code_of(life, give_back(date(2026, 7, 2))) == "not_active"


@pytest.mark.parametrize(
    "changes",
    [
        {"interest": SimpleInterest(capitalization=EveryDueDate())},
        {"amortization": Deferred(installments=3, interest=DeferredInterest.capitalized)},
    ],
)
def test_loans_whose_interest_becomes_principal_cannot_be_placed(
    changes: dict[str, object],
) -> None:
    product = a_product(**changes)
    assert code_of(a_loan(in_force(product)), place()) == "interest_capitalized"
    chosen = replace(product, delinquency=Delinquency(non_accrual_proposed_after_days=90))
    paths = [problem.path for problem in not_serviceable(chosen)]
    assert "/delinquency/non_accrual_proposed_after_days" in paths


def test_backdated_it_goes_through_the_ordinary_correction() -> None:
    late, on_time = a_loan(PROPOSES), a_loan(PROPOSES)
    for life in (late, on_time):
        if life is on_time:
            life.live(place(date(2026, 5, 1)))
        life.pays("10.00", date(2026, 5, 10))
        life.until(date(2026, 6, 1))
    late.live(place(date(2026, 5, 1)))
    assert not late.events(NonAccrualProposed)
    end = date(2026, 6, 1)
    assert standing(late.at(end)) == standing(on_time.at(end))


def test_a_residue_forgiven_says_that_the_loan_was_on_non_accrual() -> None:
    life = a_loan()
    life.live(place())
    life.pays(payoff_less_a_little(life, date(2026, 6, 1)), date(2026, 6, 1))
    (residue,) = life.events(BalanceForgiven)
    assert residue.non_accrual
    life.live(give_back(date(2026, 5, 25)))
    (residue,) = life.events(BalanceForgiven)
    assert not residue.non_accrual


def payoff_less_a_little(life: Life, day: date) -> str:
    numbers = life.numbers(day)
    parts = [Money.parse(str(numbers[name]), "USD") for name in ("principal", "interest", "fees")]
    return (parts[0] + parts[1] + parts[2] - Money(40)).text()


def test_what_is_given_up_is_added_and_taken_back() -> None:
    loan = Loan(loan_id="loan_test")
    residue = BalanceForgiven(effective_on=PLACED, interest=Money(30), non_accrual=True)
    assert forgiven(loan, residue, 1)["interest_unrecognized"] == Money(30)
    assert forgiven(loan, residue, -1)["interest_unrecognized"] == Money(-30)
    loss = LoanChargedOff(
        effective_on=PLACED, principal=Money(0), interest=Money(30), fees=Money(0)
    )
    assert "interest_unrecognized" not in lost(loan, loss, 1)
    more = ChargeOffAdjusted(effective_on=PLACED, interest=Money(5), non_accrual=True)
    assert lost(loan, more, 1)["recovery_balance"] == Money(5)


def test_a_loan_of_before_is_read_and_placed() -> None:
    life = a_loan()
    assert life.loan is not None and life.loan.non_accrual_changes == ()
    events: list[tuple[int, Event]] = [(item.seq, item.event) for item in life.history]
    placed = LoanPlacedOnNonAccrual(effective_on=PLACED)
    assert evolve(fold("loan_test", events), 9, placed).non_accrual_since(PLACED) == PLACED
