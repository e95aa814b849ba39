"""How a loan stands right after its first event."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from engine.loan.events import LoanBoarded, OpenFee
from engine.loan.loan import Loan
from engine.loan.opening import boarded
from engine.loan.terms import LoanTerms
from engine.values.day_count import DayCount
from engine.values.frequency import Monthly
from engine.values.money import Exact, Money
from engine.values.rate import Rate

DAY = date(2026, 3, 2)
FACT = LoanBoarded(
    effective_on=DAY,
    borrower_id="brw_1",
    product="personal",
    product_version=1,
    currency="USD",
    terms=LoanTerms(
        loan_amount=Money(500_000),
        note_rate=Rate.parse("0.12"),
        number_of_payments=24,
        frequency=Monthly(),
        contract_date=date(2025, 6, 15),
        first_payment_date=date(2026, 3, 15),
        day_count=DayCount.actual_365,
    ),
    principal_balance=Money(400_000),
    accrued_interest=Exact(2_501, 2),
    installment_amount=Money(24_000),
    installments_before=8,
    past_due=((date(2026, 1, 15), Money(11_000)), (date(2026, 2, 15), Money(24_000))),
    fees_owed=(
        OpenFee(fee_id="b", name="late_fee", amount=Money(1_500), assessed_on=date(2026, 2, 26)),
        OpenFee(fee_id="a", name="late_fee", amount=Money(1_500), assessed_on=date(2026, 1, 26)),
    ),
)


def test_what_another_system_says_is_where_the_loan_begins() -> None:
    loan = replace(Loan(loan_id="loan_1"), **boarded(Loan(loan_id="loan_1"), 1, FACT))
    assert [(row.number, row.amount.minor) for row in loan.billed] == [(7, 11_000), (8, 24_000)]
    assert [fee.fee_id for fee in loan.fees] == ["a", "b"]
    assert loan.started_on == DAY and loan.principal_balance == Money(400_000)
    assert loan.interest_opening == Exact(2_501, 2)
    assert loan.accrual is not None and loan.accrual.anchor == DAY
    assert loan.accrual.rate == Rate.parse("0.12")
