"""Money held for the borrower: it completes an installment, and a payoff, when it can."""

from __future__ import annotations

from datetime import date

from engine.loan import observe
from engine.loan.events import LoanPaidOff, PaymentAllocated
from engine.loan.status import PaymentKind
from engine.payments.payoff import payoff_total
from engine.payments.terms import PartialPayments, PaymentTerms
from engine.values.money import ZERO, total
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.standing import standing

FEB = date(2026, 2, 15)
HOLDS = in_force(
    a_product(
        payments=PaymentTerms(
            partial_payments=PartialPayments.hold_until_full, early_window_days=15
        )
    )
)


def allocated(life: Life) -> str:
    """All that payments were split into, held money put to use included."""
    return total(
        part
        for event in life.events(PaymentAllocated)
        for part in (
            *(amount for _, amount in event.fees),
            event.interest, event.principal, event.recovery, event.unapplied,
        )
    ).text()  # fmt: skip


def test_two_parts_of_an_installment_pay_it_together() -> None:
    life = a_loan(HOLDS)
    life.pays("392.87", FEB)
    assert life.loan is not None and life.loan.unapplied_funds.text() == "392.87"
    life.pays("500.00", date(2026, 2, 16))
    assert life.loan.unapplied_funds == ZERO
    assert life.numbers(date(2026, 2, 16))["days"] == 0
    assert life.loan.paid_toward == {1: observe.planned(life.loan)[0].amount}
    assert allocated(life) == "892.87"


def test_money_held_stays_held_while_it_is_not_enough() -> None:
    life = a_loan(HOLDS)
    life.pays("392.87", FEB)
    life.pays("499.99", date(2026, 2, 16))
    assert life.loan is not None and life.loan.unapplied_funds.text() == "892.86"
    assert life.numbers(date(2026, 2, 16))["days"] == 1


def test_a_payoff_as_quoted_closes_a_loan_with_money_held() -> None:
    life = a_loan(HOLDS)
    life.pays("100.00", FEB)
    day = date(2026, 3, 1)
    loan = life.at(day)
    owed = observe.total_owed(loan, day, HOLDS.product.rounding)
    quoted = payoff_total(owed, loan.unapplied_funds)
    assert quoted + loan.unapplied_funds == owed
    life.pays(quoted.text(), day, PaymentKind.payoff)
    assert life.events(LoanPaidOff)
    assert life.loan is not None and life.loan.unapplied_funds == ZERO
    assert allocated(life) == (quoted + loan.unapplied_funds).text()


def test_a_completing_payment_that_comes_back_leaves_the_first_part_held() -> None:
    life, never = a_loan(HOLDS), a_loan(HOLDS)
    for each in (life, never):
        each.pays("392.87", FEB)
    second = life.pays("500.00", date(2026, 2, 16))
    life.comes_back(second, date(2026, 2, 20), "R10")
    never.until(date(2026, 2, 20))
    assert standing(life.at(date(2026, 2, 20))) == standing(never.at(date(2026, 2, 20)))


def test_a_full_installment_is_not_held_because_of_a_late_fee() -> None:
    life = a_loan(HOLDS)
    life.until(date(2026, 2, 27))
    assert life.numbers(date(2026, 2, 27))["fees"] == "15.00"
    life.pays("892.87", date(2026, 2, 28))
    assert life.numbers(date(2026, 2, 28)) | {"principal": ""} == {
        "principal": "", "interest": "0.00", "fees": "15.00", "past_due": "0.00", "days": 0,
        "stage": "current", "status": "active",
    }  # fmt: skip
