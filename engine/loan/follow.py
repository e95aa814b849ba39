"""What follows from a fact, decided at once: a payment is allocated, a rate moves installments.

Fresh commands and corrections both come through here, so a fact has the same consequences whether
it is new or decided again.
"""

from __future__ import annotations

from datetime import date
from typing import assert_never

from engine.fees.returned_payment_fee import ReturnedPaymentFee
from engine.loan import counters
from engine.loan.events import (
    BorrowerStatusRecorded,
    DisbursementReversed,
    Fact,
    FeeAssessed,
    FeeWaived,
    InterestPaused,
    InterestPauseEnded,
    LoanBoarded,
    LoanBooked,
    LoanCancelled,
    LoanChargedOff,
    LoanDisbursed,
    LoanMoved,
    LoanPlacedOnNonAccrual,
    LoanReturnedToAccrual,
    PaymentReceived,
    PaymentReturned,
    PaymentReversed,
    RateChanged,
    RateIndexPublished,
    ScheduleSet,
)
from engine.loan.outcomes.allocation import allocate_payment
from engine.loan.outcomes.at_disbursement import bill_at_disbursement
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.fees import charge, counted, fee_facts, judge_fee
from engine.loan.outcomes.first_schedule import boarded_installments, contract_installments
from engine.loan.outcomes.further_part import set_for_part
from engine.loan.outcomes.loss import take_loss
from engine.loan.outcomes.pauses import begin_pause, end_pause
from engine.loan.outcomes.rate_path import moves_by_date
from engine.loan.outcomes.rates import AT_BOARDING, BY_PERSON, BY_PLAN, reset_rate
from engine.loan.outcomes.stages import enter_stage, settle
from engine.loan.outcomes.waivers import lapse_excess
from engine.loan.status import LoanStatus


def acts_on(fact: Fact | FeeAssessed) -> date:
    """The day on which a fact has its consequences; a returned payment's is the day it came back.

    The payment itself counts as never received, from the day it had counted from.
    """
    match fact:
        case PaymentReturned():
            return fact.returned_on
        case PaymentReversed() | DisbursementReversed():
            return fact.reversed_on
        case _:
            return fact.effective_on


def follow(draft: Draft, seq: int, fact: Fact | FeeAssessed) -> None:
    """Decide what follows from a fact already recorded in the draft under ``seq``."""
    day = acts_on(fact)
    match fact:
        case LoanBooked():
            if moves_by_date(draft.terms):
                reset_rate(draft, day, BY_PLAN)
            draft.record(
                ScheduleSet(
                    effective_on=day,
                    installments=contract_installments(draft.loan, draft.terms),
                    because=draft.because("/amortization"),
                )
            )
        case LoanBoarded():
            draft.record(
                ScheduleSet(
                    effective_on=day,
                    installments=boarded_installments(draft.loan, fact, draft.terms),
                    reason="boarding",
                    because=draft.because("/due_dates"),
                )
            )
            if moves_by_date(draft.terms):
                reset_rate(draft, day, AT_BOARDING)
            enter_stage(draft, day)
        case PaymentReceived():
            allocate_payment(draft, seq, fact.amount, fact.kind, day)
        case PaymentReturned():
            _charge_for_return(draft, fact)
        case BorrowerStatusRecorded():
            if draft.loan.status is LoanStatus.active:
                reset_rate(draft, fact.effective_on)
        case LoanMoved():
            enter_stage(draft, day)
        case RateChanged():
            reset_rate(draft, day, BY_PERSON)
        case InterestPaused():
            begin_pause(draft, fact)
        case InterestPauseEnded():
            end_pause(draft, fact)
        case FeeWaived():
            lapse_excess(draft, fact)
            settle(draft, day)
        case LoanChargedOff():
            take_loss(draft, fact)
        case LoanDisbursed():
            set_for_part(draft, fact)
            bill_at_disbursement(draft, day)
        case LoanCancelled() | PaymentReversed() | DisbursementReversed() | FeeAssessed():
            pass
        case LoanPlacedOnNonAccrual() | LoanReturnedToAccrual():
            pass  # the books alone: what is owed stays as it is
        case RateIndexPublished():
            if draft.loan.status is LoanStatus.active:
                reset_rate(draft, day, BY_PLAN)
        case _ as never:
            assert_never(never)


def _charge_for_return(draft: Draft, fact: PaymentReturned) -> None:
    """The returned-payment fee, where the product has one and lists the return code."""
    day = fact.returned_on
    if draft.loan.charged_off_on is not None and draft.loan.charged_off_on <= day:
        return
    for fee in draft.terms.product.fees:
        if not isinstance(fee, ReturnedPaymentFee) or fact.return_code not in fee.return_codes:
            continue
        facts = fee_facts(draft.loan, day, draft, fee).given(
            return_code=fact.return_code, payment_amount=fact.amount
        )
        judgment = judge_fee(fee, facts, draft, day)
        judgment = counted(judgment, fee, counters.fees_in_year(draft.loan, fee.name, day))
        charge(draft, fee, judgment, day, subject=fact.payment, payment=fact.payment)
