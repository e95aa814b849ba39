"""From events to entries: each event's money in parts, each part booked by its rule.

Interest earned is not an event: a book run posts it (``engine.ledger.interest``). What an undone
outcome had posted is posted again with the sign turned.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from engine.ledger.chart import AccountRole
from engine.ledger.entry import JournalEntry, Posting
from engine.ledger.rules import Basis, Component, rule_for
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
from engine.values.money import ZERO, Money, total
from engine.values.rounding import Rounding, round_exact

Parts = tuple[tuple[Component, Money], ...]


def journalize(seq: int, event: Event) -> tuple[JournalEntry, ...]:
    """The balanced entries of an event; none for events that move no money."""
    undone = isinstance(event, OutcomeUndone)
    cause: Fact | Outcome = event.outcome if isinstance(event, OutcomeUndone) else event
    sign = -1 if undone else 1
    tag, basis = str(type(cause).__struct_config__.tag), basis_of(cause)
    postings = booked(tag, ((part, amount * sign) for part, amount in parts_of(cause)), basis)
    if not postings:
        return ()
    entry = JournalEntry(
        title=f"Undone: {_title(cause)}" if undone else _title(cause),
        effective_on=event.effective_on,
        event_seq=seq,
        postings=postings,
    )
    return (entry,)


def booked(
    event: str, parts: Iterable[tuple[Component, Money]], basis: Basis = Basis.accrual
) -> tuple[Posting, ...]:
    """The postings of parts of an event by their rules, one for each account that moves."""
    sums: dict[AccountRole, Money] = {}
    for component, amount in parts:
        if amount:
            rule = rule_for(event, component, basis)
            sums[rule.debit] = sums.get(rule.debit, ZERO) + amount
            sums[rule.credit] = sums.get(rule.credit, ZERO) - amount
    return tuple(Posting(role, amount) for role, amount in sums.items() if amount)


def basis_of(event: Fact | Outcome) -> Basis:
    """How the loan stood in the books for this event: a recovery says the loss was taken."""
    recovered = isinstance(event, PaymentAllocated) and bool(event.recovery)
    return Basis.charged_off if recovered else Basis.accrual


def parts_of(event: Fact | Outcome) -> Parts:
    """The money of an event in parts, each booked by a rule of its own."""
    match event:
        case LoanDisbursed() | DisbursementReversed():
            return (
                (Component.principal, event.principal - event.fees_from_proceeds),
                (Component.origination_fee, event.fees_from_proceeds),
            )
        case LoanBoarded():
            return _boarded(event)
        case PaymentReceived() | PaymentReturned() | PaymentReversed():
            return ((Component.payment, event.amount),)
        case PaymentAllocated():
            return (
                (Component.fee, total(amount for _, amount in event.fees)),
                (Component.interest, event.interest),
                (Component.principal, event.principal),
                (Component.recovery, event.recovery),
                (Component.unapplied, event.unapplied),
            )
        case InterestCapitalized():
            return ((Component.interest, event.amount),)
        case FeeAssessed():
            late = event.kind == "late_fee"
            return ((Component.late_fee if late else Component.fee, event.amount),)
        case FeeWaived() | WaiverLapsed():
            return ((Component.fee, event.amount),)
        case BalanceForgiven():
            return (
                (Component.principal, event.principal),
                (Component.interest, _lost_income(event)),
            )
        case LoanChargedOff() | ChargeOffAdjusted():
            return (
                (Component.principal, event.principal),
                (Component.interest, _lost_income(event)),
                (Component.fee, event.fees),
            )
        case (
            LoanBooked()
            | LoanCancelled()
            | BorrowerStatusRecorded()
            | LoanMoved()
            | LoanPlacedOnNonAccrual()
            | LoanReturnedToAccrual()
            | NonAccrualProposed()
            | RateChanged()
            | InterestPaused()
            | InterestPauseEnded()
            | InterestPeriodEnded()
            | ScheduleSet()
            | InstallmentBilled()
            | FeeForgone()
            | RateIndexPublished()
            | RateReset()
            | RateResetAwaited()
            | DefaultRateChanged()
            | InterestCapReached()
            | DelinquencyStageChanged()
            | ChargeOffProposed()
            | LoanPaidOff()
        ):
            return ()
        case _ as never:
            assert_never(never)


def _lost_income(event: BalanceForgiven | LoanChargedOff | ChargeOffAdjusted) -> Money:
    """Unpaid interest given up; on non-accrual it was never income, and so it is no loss."""
    return ZERO if event.non_accrual else event.interest


def _boarded(event: LoanBoarded) -> Parts:
    """Opening balances; interest is opened rounded, its fraction is booked when it is earned."""
    return (
        (Component.principal, event.principal_balance),
        (Component.interest, opening_interest(event)),
        (Component.fee, total(fee.amount for fee in event.fees_owed)),
    )


def opening_interest(event: LoanBoarded) -> Money:
    """Interest receivable a boarded loan opens with, in whole cents."""
    return round_exact(event.accrued_interest, Rounding.half_up)


def _title(event: Fact | Outcome) -> str:
    """First line of the event's own description."""
    return (type(event).__doc__ or type(event).__name__).strip().splitlines()[0].rstrip(".")
