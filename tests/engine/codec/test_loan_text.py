"""Events and loans as stored: read back as they were, under a fingerprint of their shape."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from fractions import Fraction

import pytest

from engine.codec.loan_text import (
    decode_event,
    decode_state,
    encode_event,
    encode_state,
    state_fingerprint,
)
from engine.loan.events import (
    Because,
    Event,
    FeeAssessed,
    LoanBooked,
    OutcomeUndone,
    PaymentReceived,
    PlannedInstallment,
    RateReset,
    ScheduleSet,
)
from engine.loan.loan import Loan, Plan
from engine.loan.terms import LoanTerms
from engine.values.day_count import DayCount
from engine.values.frequency import Semimonthly
from engine.values.money import Money
from engine.values.rate import Rate

DAY = date(2026, 3, 1)
TERMS = LoanTerms(
    loan_amount=Money(500000),
    note_rate=Rate.parse("0.1499"),
    number_of_payments=24,
    frequency=Semimonthly(days=(1, 15)),
    contract_date=DAY,
    first_payment_date=date(2026, 4, 1),
    day_count=DayCount.actual_365,
)
FEE = FeeAssessed(
    effective_on=DAY,
    fee_id="late_fee/1",
    name="late_fee",
    kind="late_fee",
    amount=Money(1500),
    because=Because(product="personal_installment@1", figures={"days_past_due": "11"}),
)
EVENTS: list[Event] = [
    PaymentReceived(effective_on=DAY, amount=Money(24233)),
    RateReset(effective_on=DAY, rate=Rate.parse("0.06"), reason="rate_limit"),
    ScheduleSet(
        effective_on=DAY, installments=(PlannedInstallment(1, date(2026, 4, 1), Money(24233)),)
    ),
    LoanBooked(
        effective_on=DAY,
        borrower_id="borrower_1",
        product="personal_installment",
        product_version=1,
        currency="USD",
        terms=TERMS,
    ),
    FEE,
    OutcomeUndone(effective_on=DAY, undoes=7, outcome=FEE),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_is_read_back_as_it_was(event: Event) -> None:
    stored = encode_event(event)
    assert decode_event(stored) == event
    assert encode_event(decode_event(stored)) == stored


def test_a_payment_in_its_canonical_bytes() -> None:
    assert encode_event(EVENTS[0]) == (
        b'{"amount":24233,"effective_on":"2026-03-01","event":"payment_received"}'
    )


def test_a_loan_is_read_back_as_it_was() -> None:
    loan = Loan(
        loan_id="loan_1",
        terms=TERMS,
        principal_balance=Money(482133),
        interest_opening=Fraction(1, 3),
        paid_toward={1: Money(24233)},
        plans=(
            Plan(
                seq=2,
                effective_on=DAY,
                installments=(PlannedInstallment(1, date(2026, 4, 1), Money(24233)),),
            ),
        ),
        rate_changes=((DAY, 1, Rate.parse("0.1499")),),
    )
    assert decode_state(encode_state(loan)) == loan


def test_the_fingerprint_is_the_same_in_every_process() -> None:
    program = "from engine.codec.loan_text import state_fingerprint; print(state_fingerprint())"
    other = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == state_fingerprint()
