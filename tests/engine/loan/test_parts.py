"""What events add to an installment in parts, and what taking them back leaves: nothing."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from engine.loan.events import InstallmentBilled, LoanBoarded, OutcomeUndone, PaymentAllocated
from engine.loan.evolve import evolve
from engine.loan.loan import Loan, TowardInstallment
from engine.loan.parts import past_due_at_boarding
from engine.values.money import Exact, Money
from tests.engine.loan.life import FEES
from tests.engine.loan.test_boarded_life import late
from tests.engine.loan.test_installments import begun, monthly

FEB = date(2026, 2, 1)
PAID = PaymentAllocated(
    effective_on=FEB,
    payment=9,
    interest=Money(1200),
    principal=Money(50_000),
    installments=((1, Money(40_803)),),
    installment_interest=((1, Money(1200)),),
)


def loan() -> Loan:
    life = begun(monthly())
    assert life.loan is not None
    return life.loan


def test_payments_of_a_day_are_one_sum_and_principal_beyond_is_apart() -> None:
    once = evolve(loan(), 9, PAID)
    assert once.toward_installments == (
        TowardInstallment(FEB, 0, Money(10_397), Money(0)),
        TowardInstallment(FEB, 1, Money(39_603), Money(1200)),
    )
    twice = evolve(once, 10, PAID)
    assert twice.toward_installments[1] == TowardInstallment(FEB, 1, Money(79_206), Money(2400))
    assert twice.interest_toward == {1: Money(2400)}


def test_what_is_taken_back_leaves_no_trace() -> None:
    before = loan()
    billed = InstallmentBilled(
        effective_on=FEB, number=1, amount=Money(40_803), interest=Money(1200),
        interest_earned=Money(1200), interest_dropped=Exact(1, 3),
    )  # fmt: skip
    after = evolve(evolve(before, 9, billed), 10, PAID)
    assert (after.interest_billed, after.billed[-1].interest) == (Money(1200), Money(1200))
    for seq, outcome in ((10, PAID), (9, billed)):
        undone = OutcomeUndone(effective_on=FEB, undoes=seq, outcome=outcome)
        after = evolve(after, seq + 10, undone)
    assert replace(after, seq=before.seq, last_effective_on=before.last_effective_on) == before


def test_interest_brought_in_belongs_to_the_oldest_installment_past_due() -> None:
    terms = monthly()
    terms = replace(terms, product=replace(terms.product, fees=FEES))
    life = late(terms=terms, accrued_interest="560.0164")
    event = life.history[0].event
    assert isinstance(event, LoanBoarded)
    rows = list(past_due_at_boarding(event))
    assert [row.interest.text() for row in rows] == ["553.74", "6.27"]
    assert life.loan is not None and life.loan.interest_billed.text() == "560.01"
