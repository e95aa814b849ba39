"""Apply events to a loan: amounts already decided are added, nothing is judged or computed anew.

Every event is applied with a sign, so that ``OutcomeUndone`` is the same arithmetic with -1 and a
loan whose outcome was undone equals one that never had it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, assert_never

from msgspec.structs import replace

from engine.loan.additive import added, placed, toward
from engine.loan.events import (
    BalanceForgiven,
    BorrowerStatusRecorded,
    ChargeOffAdjusted,
    ChargeOffProposed,
    DefaultRateChanged,
    DelinquencyStageChanged,
    DisbursementReversed,
    Event,
    Fact,
    FeeAssessed,
    FeeForgone,
    FeeWaived,
    InstallmentBilled,
    InterestCapitalized,
    InterestCapReached,
    InterestPaused,
    InterestPauseEnded,
    InterestPeriodEnded,
    LoanBoarded,
    LoanBooked,
    LoanCancelled,
    LoanChargedOff,
    LoanDisbursed,
    LoanMoved,
    LoanPaidOff,
    LoanPlacedOnNonAccrual,
    LoanReturnedToAccrual,
    NonAccrualProposed,
    Outcome,
    OutcomeUndone,
    PaymentAllocated,
    PaymentReceived,
    PaymentReturned,
    PaymentReversed,
    RateChanged,
    RateIndexPublished,
    RateReset,
    RateResetAwaited,
    ScheduleSet,
    WaiverLapsed,
)
from engine.loan.given_up import forgiven, lost
from engine.loan.loan import (
    BorrowerStatus,
    FeeCharged,
    InterestPause,
    Loan,
    PaymentMade,
    Plan,
)
from engine.loan.money_out import never_lent, paid_out
from engine.loan.opening import agreed, as_charged, boarded, booked
from engine.loan.parts import billed, paid_in_parts
from engine.loan.timeline import closed_form, principal_moved
from engine.values.money import ZERO, Exact
from engine.values.rate import Rate


def fold(loan_id: str, events: Iterable[tuple[int, Event]]) -> Loan:
    """The loan that a history of (sequence number, event) adds up to."""
    loan = Loan(loan_id=loan_id)
    for seq, event in events:
        loan = evolve(loan, seq, event)
    return loan


def evolve(loan: Loan, seq: int, event: Event) -> Loan:
    """The loan after one more event."""
    changes = (
        _outcome(loan, event.undoes, event.outcome, -1)
        if isinstance(event, OutcomeUndone)
        else _applied(loan, seq, event)
    )
    latest = loan.last_effective_on
    if latest is None or event.effective_on > latest:
        changes["last_effective_on"] = event.effective_on
    return replace(loan, seq=max(seq, loan.seq), **changes)


def _applied(loan: Loan, seq: int, event: Fact | Outcome) -> dict[str, Any]:
    match event:
        case LoanBooked():
            return booked(event) | agreed(event, seq)
        case LoanDisbursed():
            return paid_out(loan, seq, event)
        case DisbursementReversed():
            return never_lent(loan, event)
        case LoanBoarded():
            return boarded(loan, seq, event)
        case PaymentReceived():
            made = PaymentMade(
                seq=seq,
                received_on=event.effective_on,
                amount=event.amount,
                kind=event.kind,
                reference=event.reference,
            )
            return {
                "payments": (*loan.payments, made),
                "cash_received": loan.cash_received + event.amount,
            }
        case PaymentReturned() | PaymentReversed():
            back = event.returned_on if isinstance(event, PaymentReturned) else None
            return {
                "payments": tuple(
                    replace(made, undone=True, returned_on=back)
                    if made.seq == event.payment
                    else made
                    for made in loan.payments
                ),
                "cash_received": loan.cash_received - event.amount,
            }
        case FeeWaived():
            bearing = -event.amount if event.interest_bearing else ZERO
            return {
                "fee_waived": added(loan.fee_waived, event.fee_id, event.amount)
            } | principal_moved(loan, event.effective_on, ZERO, bearing)
        case BorrowerStatusRecorded():
            status = BorrowerStatus(
                status=event.status, from_date=event.from_date, to_date=event.to_date
            )
            kept = tuple(
                known
                for known in loan.borrower_statuses
                if (known.status, known.from_date) != (status.status, status.from_date)
            )
            return {"borrower_statuses": placed(kept, status, 1, _begun)}
        case RateChanged():
            step = (event.effective_on, seq, event.note_rate)
            return {"contract_rates": placed(loan.contract_rates, step, 1, _by_day)}
        case LoanMoved():
            versions = placed(
                loan.versions, (event.effective_on, seq, event.to_version), 1, _by_day
            )
            return {
                "versions": versions,
                "product_version": versions[-1][2],
                "first_version": loan.first_version or loan.product_version,
            }
        case InterestPaused():
            pause = InterestPause(
                first_day=event.effective_on,
                last_day=event.to_date,
                installments=event.installments,
                amounts=event.amounts,
            )
            return {
                "interest_pauses": placed(loan.interest_pauses, pause, 1, lambda p: p.first_day)
            }
        case InterestPauseEnded():
            last_day = event.effective_on - timedelta(days=1)
            return {
                "interest_pauses": tuple(
                    replace(pause, last_day=last_day)
                    if pause.first_day == event.first_day
                    else pause
                    for pause in loan.interest_pauses
                )
            }
        case RateIndexPublished():
            known = (event.effective_on, seq, event.value)
            return {"index_values": placed(loan.index_values, known, 1, _by_day)}
        case LoanPlacedOnNonAccrual() | LoanReturnedToAccrual():
            change = (event.effective_on, seq, isinstance(event, LoanPlacedOnNonAccrual))
            return {"non_accrual_changes": placed(loan.non_accrual_changes, change, 1, _by_day)}
        case LoanChargedOff():
            return {"charged_off_on": event.effective_on} | lost(loan, event, 1)
        case LoanCancelled():
            return {"cancelled_on": event.effective_on}
        case _:
            return _outcome(loan, seq, event, 1)


def _outcome(loan: Loan, seq: int, outcome: Outcome, sign: int) -> dict[str, Any]:
    """What an outcome changes; with sign -1, what taking it back changes."""
    on = outcome.effective_on
    match outcome:
        case ScheduleSet():
            plan = Plan(seq=seq, effective_on=on, installments=outcome.installments)
            return {"plans": placed(loan.plans, plan, sign, _set_on)}
        case InstallmentBilled():
            return billed(loan, outcome, sign) | _dropped(loan, outcome.interest_dropped * sign)
        case PaymentAllocated():
            return _allocated(loan, outcome, sign)
        case InterestCapitalized():
            capitalized = loan.interest_capitalized + outcome.amount * sign
            return {"interest_capitalized": capitalized} | principal_moved(
                loan, on, outcome.amount * sign
            )
        case InterestCapReached():
            capped = {"interest_capped_on": on if sign > 0 else None}
            return capped | _dropped(loan, outcome.interest_dropped * sign)
        case InterestPeriodEnded():
            return {"periods_ended": placed(loan.periods_ended, outcome.number, sign)}
        case FeeAssessed():
            fee = FeeCharged(
                fee_id=outcome.fee_id,
                name=outcome.name,
                kind=outcome.kind,
                amount=outcome.amount,
                assessed_on=on,
                installment=outcome.installment,
                counts_towards_past_due=outcome.counts_towards_past_due,
                interest_bearing=outcome.interest_bearing,
            )
            bearing = outcome.amount * sign if outcome.interest_bearing else ZERO
            return {"fees": placed(loan.fees, fee, sign, as_charged)} | principal_moved(
                loan, on, ZERO, bearing
            )
        case FeeForgone():
            return {"fees_forgone": placed(loan.fees_forgone, outcome.fee_id, sign)}
        case WaiverLapsed():
            bearing = outcome.amount * sign if outcome.interest_bearing else ZERO
            return {
                "fee_waived": added(loan.fee_waived, outcome.fee_id, outcome.amount * -sign)
            } | principal_moved(loan, on, ZERO, bearing)
        case RateReset():
            return _rate(loan, on, seq, outcome.rate, sign)
        case RateResetAwaited():
            return {"resets_awaited": placed(loan.resets_awaited, on, sign, lambda day: day)}
        case DefaultRateChanged():
            step = (on, seq, outcome.in_default)
            return {"default_changes": placed(loan.default_changes, step, sign, _by_day)}
        case DelinquencyStageChanged():
            return {"stages": placed(loan.stages, (on, seq, outcome.stage), sign, _by_day)}
        case NonAccrualProposed():
            return {"non_accrual_proposed_on": on if sign > 0 else None}
        case ChargeOffProposed():
            return {"charge_off_proposed_on": on if sign > 0 else None}
        case ChargeOffAdjusted():
            return lost(loan, outcome, sign)
        case BalanceForgiven():
            return forgiven(loan, outcome, sign)
        case LoanPaidOff():
            return {"paid_off_on": on if sign > 0 else None}
        case _ as never:
            assert_never(never)


def _allocated(loan: Loan, event: PaymentAllocated, sign: int) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "interest_paid": loan.interest_paid + event.interest * sign,
        "unapplied_funds": loan.unapplied_funds + event.unapplied * sign,
    }
    if event.fees:
        paid, by_day = loan.fee_paid, loan.fee_payments
        for fee_id, amount in event.fees:
            paid = added(paid, fee_id, amount * sign)
            by_day = placed(by_day, (event.effective_on, fee_id, amount), sign)
        changes |= {"fee_paid": paid, "fee_payments": by_day}
    if event.installments:
        changes["paid_toward"] = toward(loan.paid_toward, event.installments, sign)
    changes |= paid_in_parts(loan, event, sign)
    changes |= _dropped(loan, event.interest_dropped * sign)
    if event.recovery:
        changes["recovery_balance"] = loan.recovery_balance - event.recovery * sign
    moved = (event.principal * -sign, event.bearing_fees * -sign)
    return changes | principal_moved(loan, event.effective_on, *moved)


def _dropped(loan: Loan, part: Exact) -> dict[str, Any]:
    return {"interest_dropped": loan.interest_dropped + part} if part else {}


def _rate(loan: Loan, on: date, seq: int, rate: Rate, sign: int) -> dict[str, Any]:
    changes = placed(loan.rate_changes, (on, seq, rate), sign, _by_day)
    closed = closed_form(loan, loan.principal_changes, changes)
    return {"rate_changes": changes, "accrual": closed}


def _by_day(step: tuple[Any, ...]) -> tuple[Any, ...]:
    """Steps of rate or stage in order: by day, then as recorded."""
    return step[:2]


def _set_on(plan: Plan) -> tuple[Any, ...]:
    return (plan.effective_on, plan.seq)


def _begun(status: BorrowerStatus) -> tuple[Any, ...]:
    return (status.from_date, status.status)
