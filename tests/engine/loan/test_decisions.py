"""Commands judged: what product, contract and the loan's own state allow."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.errors import Refused
from engine.loan.commands import (
    AssessFee,
    BoardLoan,
    BookLoan,
    CancelLoan,
    ChangeRate,
    ChargeOffLoan,
    DisburseLoan,
    OpeningFee,
    ReceivePayment,
    RequestedTerms,
    WaiveFee,
)
from engine.loan.decisions.amounts import money_of, rate_of
from engine.loan.decisions.decision import Decision
from engine.loan.decisions.offer import first_payment
from engine.loan.events import (
    FeeAssessed,
    LoanBoarded,
    LoanBooked,
    LoanChargedOff,
    LoanDisbursed,
    ScheduleSet,
)
from engine.loan.status import LoanStatus
from engine.values.frequency import Monthly
from engine.values.money import Money
from tests.engine.loan.life import PERSONAL, Life, a_loan

CONTRACT = date(2026, 1, 15)


def asked(**changes: Any) -> BookLoan:
    terms: dict[str, Any] = {
        "amount": "10000.00", "note_rate": "0.1299", "number_of_payments": 12,
        "contract_date": CONTRACT,
    }  # fmt: skip
    return BookLoan(borrower_id="brw_test", terms=RequestedTerms(**(terms | changes)))


def boarded(**changes: Any) -> BoardLoan:
    told: dict[str, Any] = {
        "borrower_id": "brw_test",
        "boarded_on": date(2026, 6, 1),
        "original_amount": "12000.00",
        "note_rate": "0.10",
        "contract_date": date(2025, 6, 1),
        "number_of_payments": 24,
        "next_due_date": date(2026, 6, 15),
        "installment_amount": "553.74",
        "principal_balance": "6300.00",
        "accrued_interest": "27.6164",
        "remaining_payments": 12,
    }
    return BoardLoan(**(told | changes))


def test_booking_makes_the_contract_and_its_schedule() -> None:
    life = Life()
    life.live(asked())
    (booked,), (schedule,) = life.events(LoanBooked), life.events(ScheduleSet)
    assert booked.terms.first_payment_date == date(2026, 2, 15)
    assert len(schedule.installments) == 12
    assert booked.because.product == "personal@1"
    assert life.loan is not None and life.loan.status is LoanStatus.booked


def test_every_way_out_of_the_product_is_told_at_once() -> None:
    refusals = Life().refused(
        asked(
            amount="99.00",
            note_rate="0.40",
            number_of_payments=361,
            first_payment_date=date(2026, 7, 1),
        )
    )
    assert [r.path for r in refusals] == [
        "/terms/amount",
        "/terms/note_rate",
        "/terms/number_of_payments",
        "/terms/first_payment_date",
    ]
    assert "100.00 to 100000.00 USD" in refusals[0].message


@pytest.mark.parametrize("text", ["10000.001", "abc", "1e5", "-5", "١٢"])
def test_an_amount_that_is_none_is_refused_at_its_place(text: str) -> None:
    (refusal,) = Life().refused(asked(amount=text))
    assert (refusal.path, refusal.kind) == ("/terms/amount", "invalid")


def test_disbursing_keeps_the_origination_fee_from_the_proceeds() -> None:
    life = a_loan()
    (out,) = life.events(LoanDisbursed)
    assert (out.principal.text(), out.fees_from_proceeds.text()) == ("10000.00", "300.00")


def test_a_loan_is_disbursed_once_and_within_its_contract() -> None:
    life = a_loan()
    assert life.refused(DisburseLoan(disbursed_on=CONTRACT))[0].code == "not_booked"
    fresh = Life()
    fresh.live(asked())
    early, late = date(2026, 1, 14), date(2026, 2, 15)
    assert fresh.refused(DisburseLoan(disbursed_on=early))[0].code == "before_start"
    assert fresh.refused(DisburseLoan(disbursed_on=late))[0].code == "after_first_payment"


def test_a_booked_loan_can_be_cancelled_and_then_takes_nothing() -> None:
    life = Life()
    life.live(asked())
    life.live(CancelLoan(cancelled_on=CONTRACT, reason="borrower withdrew"))
    (refusal,) = life.refused(ReceivePayment(amount="5.00", received_on=date(2026, 1, 20)))
    assert refusal.code == "not_active"


def test_nothing_counts_before_the_loan_began() -> None:
    life = a_loan()
    early = ReceivePayment(amount="5.00", received_on=date(2026, 1, 1))
    assert life.refused(early)[0].code == "before_start"


def test_a_paid_off_loan_takes_no_more_money() -> None:
    life = a_loan()
    life.pays("10500.00", date(2026, 2, 1))
    later = ReceivePayment(amount="5.00", received_on=date(2026, 2, 2))
    assert life.refused(later)[0].code == "paid_off"


def test_a_reference_seen_before_is_a_finding_and_not_a_refusal() -> None:
    life = a_loan()
    life.pays("100.00", date(2026, 2, 1), reference="A-1")
    again = ReceivePayment(amount="100.00", received_on=date(2026, 2, 2), reference="A-1")
    answer = life.ask(again)
    assert isinstance(answer, Decision)
    assert [f.rule for f in answer.findings] == ["duplicate_reference"]


def test_a_loan_boards_with_its_balances_lateness_and_fees() -> None:
    life = Life()
    life.live(
        boarded(
            past_due_amount="900.00",
            oldest_unpaid_due_date=date(2026, 4, 15),
            fees_owed=(OpeningFee(name="late_fee", amount="15.00", assessed_on=date(2026, 5, 1)),),
            late_fees_last_12_months=1,
        )
    )
    (opening,) = life.events(LoanBoarded)
    assert opening.past_due == (
        (date(2026, 4, 15), Money(90_000 - 55_374)),
        (date(2026, 5, 15), Money(55_374)),
    )
    numbers = life.numbers(date(2026, 6, 1))
    assert (numbers["past_due"], numbers["days"], numbers["fees"]) == ("900.00", 47, "15.00")
    # 27.6164 carried in, and no day of interest yet
    assert numbers["interest"] == "27.62"
    assert numbers["stage"] == "late_30"


def test_a_payment_on_a_boarded_loan_pays_the_oldest_installment_first() -> None:
    life = Life()
    life.live(boarded(past_due_amount="900.00", oldest_unpaid_due_date=date(2026, 4, 15)))
    life.pays("346.26", date(2026, 6, 5))
    assert life.numbers(date(2026, 6, 5))["days"] == (date(2026, 6, 5) - date(2026, 5, 15)).days


def test_every_contradiction_of_a_boarded_loan_is_told_at_once() -> None:
    refusals = Life().refused(
        boarded(
            principal_balance="13000.00",
            boarded_on=date(2025, 5, 1),
            remaining_payments=30,
            oldest_unpaid_due_date=date(2026, 4, 15),
        )
    )
    assert {r.path for r in refusals} == {
        "/principal_balance",
        "/boarded_on",
        "/remaining_payments",
        "/past_due_amount",
        "/oldest_unpaid_due_date",
    }


@pytest.mark.parametrize(("late", "word"), [("1200.00", "at most"), ("500.00", "above")])
def test_lateness_must_fit_the_missed_installments(late: str, word: str) -> None:
    (refusal,) = Life().refused(
        boarded(past_due_amount=late, oldest_unpaid_due_date=date(2026, 4, 15))
    )
    assert word in refusal.message


def test_nothing_counts_before_boarding() -> None:
    life = Life()
    life.live(boarded())
    early = ReceivePayment(amount="5.00", received_on=date(2026, 5, 31))
    assert life.refused(early)[0].code == "before_start"


def test_a_fee_by_hand_stays_whatever_is_corrected() -> None:
    life = a_loan()
    life.live(AssessFee(fee="copy_fee", assessed_on=date(2026, 3, 1), reason="asked for copies"))
    first = life.pays("892.87", date(2026, 3, 2))
    life.is_reversed(first, date(2026, 3, 5))
    assert [f.name for f in life.events(FeeAssessed) if f.by_person] == ["copy_fee"]


def test_an_unknown_fee_is_refused_with_those_there_are() -> None:
    life = a_loan()
    (refusal,) = life.refused(AssessFee(fee="copying", assessed_on=date(2026, 3, 1), reason="typo"))
    assert "copy_fee" in refusal.message


def test_no_more_of_a_fee_is_forgiven_than_is_owed() -> None:
    life = a_loan()
    life.until(date(2026, 3, 1))
    waive = WaiveFee(fee_id="late_fee/1", waived_on=date(2026, 3, 1), amount="20.00", reason="x")
    assert life.refused(waive)[0].code == "more_than_owed"
    life.live(WaiveFee(fee_id="late_fee/1", waived_on=date(2026, 3, 1), reason="goodwill"))
    assert life.numbers(date(2026, 3, 1))["fees"] == "0.00"
    again = WaiveFee(fee_id="late_fee/1", waived_on=date(2026, 3, 1), reason="again")
    assert life.refused(again)[0].code == "more_than_owed"


def test_charge_off_stops_interest_and_keeps_what_is_owed_as_recovery() -> None:
    life = a_loan()
    life.live(ChargeOffLoan(charged_off_on=date(2026, 7, 1), reason="120 days past due"))
    (loss,) = life.events(LoanChargedOff)
    loan = life.at(date(2026, 12, 1))
    assert loan.recovery_balance == loss.principal + loss.interest + loss.fees
    assert life.numbers(date(2026, 12, 1))["interest"] == "0.00"
    life.pays("200.00", date(2026, 12, 1))
    assert life.at(date(2026, 12, 1)).recovery_balance == loan.recovery_balance - Money(20_000)


def test_a_lower_rate_lowers_the_installments_to_come_and_a_higher_one_is_refused() -> None:
    life = a_loan()
    before = life.at(date(2026, 2, 20))
    life.live(ChangeRate(note_rate="0.05", effective_on=date(2026, 2, 20), reason="hardship"))
    plans = life.events(ScheduleSet)
    assert plans[-1].reason == "rate_change"
    assert plans[-1].installments[0].amount < Money(89_287)
    assert before.rate_changes[-1][2] == rate_of("0.1299", "/note_rate")
    up = ChangeRate(note_rate="0.30", effective_on=date(2026, 3, 1), reason="no")
    assert life.refused(up)[0].code == "adverse_change"


def test_amounts_and_periods() -> None:
    assert money_of("0", "JPY", "/amount") == Money(0)
    with pytest.raises(Refused):
        money_of("10.5", "JPY", "/amount")
    assert first_payment(date(2026, 1, 31), Monthly()) == date(2026, 2, 28)
    assert PERSONAL.product.reference == "personal@1"
