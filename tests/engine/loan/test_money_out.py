"""Parts paid out stand by their day, however they were recorded; a reversed one counts no more."""

from __future__ import annotations

from datetime import date

from engine.loan.events import DisbursementReversed, LoanBooked, LoanDisbursed
from engine.loan.evolve import fold
from engine.values.money import Money
from tests.engine.ledger.events import TERMS

BOOKED = LoanBooked(
    effective_on=TERMS.contract_date, borrower_id="b", product="p", product_version=1,
    currency="USD", terms=TERMS,
)  # fmt: skip
LATER = LoanDisbursed(effective_on=date(2026, 2, 20), principal=Money(100_000))
EARLIER = LoanDisbursed(effective_on=date(2026, 1, 20), principal=Money(300_000))


def test_the_first_part_is_the_one_of_the_first_day() -> None:
    loan = fold("loan", [(1, BOOKED), (2, LATER), (3, EARLIER)])
    assert [made.seq for made in loan.disbursements] == [3, 2]
    assert (loan.disbursed_on, loan.drawn) == (date(2026, 1, 20), Money(400_000))
    assert loan.principal_balance == Money(400_000)


def test_a_reversed_part_leaves_no_trace_in_balance_and_days() -> None:
    back = DisbursementReversed(
        effective_on=EARLIER.effective_on,
        disbursement=3,
        principal=EARLIER.principal,
        reversed_on=date(2026, 3, 1),
    )
    loan = fold("loan", [(1, BOOKED), (2, LATER), (3, EARLIER), (4, back)])
    alone = fold("loan", [(1, BOOKED), (2, LATER)])
    assert (loan.disbursed_on, loan.drawn) == (alone.disbursed_on, alone.drawn)
    assert loan.principal_changes == alone.principal_changes
    assert loan.accrual == alone.accrual
