"""From events to entries: which accounts each kind of event debits and credits.

Interest earned is not an event: a book run posts it (``engine.ledger.interest``). What an undone
outcome had posted is posted again with the sign turned.
"""

from __future__ import annotations

from typing import assert_never

from engine.ledger.chart import AccountRole as Role
from engine.ledger.entry import JournalEntry, Posting
from engine.loan.events import (
    BalanceForgiven,
    BorrowerStatusRecorded,
    ChargeOffProposed,
    DelinquencyStageChanged,
    Event,
    FeeAssessed,
    FeeForgone,
    FeeWaived,
    InstallmentBilled,
    LoanBoarded,
    LoanBooked,
    LoanCancelled,
    LoanChargedOff,
    LoanDisbursed,
    LoanPaidOff,
    OutcomeUndone,
    PaymentAllocated,
    PaymentReceived,
    PaymentReturned,
    PaymentReversed,
    RateChanged,
    RateReset,
    ScheduleSet,
)
from engine.values.money import ZERO, Money, total
from engine.values.rounding import Rounding, round_exact

Amounts = list[tuple[Role, Money]]


def journalize(seq: int, event: Event) -> tuple[JournalEntry, ...]:
    """The balanced entries of an event; none for events that move no money."""
    if isinstance(event, OutcomeUndone):
        amounts = [(role, -amount) for role, amount in amounts_of(event.outcome)]
        title = f"Undone: {_title(event.outcome)}"
    else:
        amounts, title = amounts_of(event), _title(event)
    postings = tuple(Posting(role, amount) for role, amount in amounts if amount)
    if not postings:
        return ()
    entry = JournalEntry(
        title=title, effective_on=event.effective_on, event_seq=seq, postings=postings
    )
    return (entry,)


def amounts_of(event: Event) -> Amounts:
    """Debits (above zero) and credits (below) of an event, by role."""
    match event:
        case LoanDisbursed():
            return [
                (Role.principal_receivable, event.principal),
                (Role.cash, event.fees_from_proceeds - event.principal),
                (Role.origination_fee_income, -event.fees_from_proceeds),
            ]
        case LoanBoarded():
            return _boarded(event)
        case PaymentReceived():
            return _pair(Role.cash, Role.payment_clearing, event.amount)
        case PaymentReturned() | PaymentReversed():
            return _pair(Role.payment_clearing, Role.cash, event.amount)
        case PaymentAllocated():
            return _allocated(event)
        case FeeAssessed():
            late = event.kind == "late_fee"
            income = Role.late_fee_income if late else Role.other_fee_income
            return _pair(Role.fee_receivable, income, event.amount)
        case FeeWaived():
            return _pair(Role.concession_expense, Role.fee_receivable, event.amount)
        case BalanceForgiven():
            return [
                (Role.concession_expense, event.principal + event.interest),
                (Role.principal_receivable, -event.principal),
                (Role.interest_receivable, -event.interest),
            ]
        case LoanChargedOff():
            return [
                (Role.charge_off_expense, event.principal + event.interest + event.fees),
                (Role.principal_receivable, -event.principal),
                (Role.interest_receivable, -event.interest),
                (Role.fee_receivable, -event.fees),
            ]
        case (
            LoanBooked()
            | LoanCancelled()
            | BorrowerStatusRecorded()
            | RateChanged()
            | ScheduleSet()
            | InstallmentBilled()
            | FeeForgone()
            | RateReset()
            | DelinquencyStageChanged()
            | ChargeOffProposed()
            | LoanPaidOff()
        ):
            return []
        case OutcomeUndone():
            return [(role, -amount) for role, amount in amounts_of(event.outcome)]
        case _ as never:
            assert_never(never)


def _boarded(event: LoanBoarded) -> Amounts:
    """Opening balances; interest is opened rounded, its fraction is booked when it is earned."""
    interest = round_exact(event.accrued_interest, Rounding.half_up)
    fees = total(fee.amount for fee in event.fees_owed)
    return [
        (Role.principal_receivable, event.principal_balance),
        (Role.interest_receivable, interest),
        (Role.fee_receivable, fees),
        (Role.boarding_clearing, -(event.principal_balance + interest + fees)),
    ]


def _allocated(event: PaymentAllocated) -> Amounts:
    fees = total(amount for _, amount in event.fees)
    parts = event.interest + event.principal + fees + event.recovery + event.unapplied
    return [
        (Role.payment_clearing, parts),
        (Role.fee_receivable, -fees),
        (Role.interest_receivable, -event.interest),
        (Role.principal_receivable, -event.principal),
        (Role.recovery_income, -event.recovery),
        (Role.unapplied_funds, -event.unapplied),
    ]


def _pair(debit: Role, credit: Role, amount: Money) -> Amounts:
    return [(debit, amount), (credit, ZERO - amount)]


def _title(event: Event) -> str:
    """First line of the event's own description."""
    return (type(event).__doc__ or type(event).__name__).strip().splitlines()[0].rstrip(".")
