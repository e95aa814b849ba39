"""What happened to a loan: facts from outside and outcomes the engine decided, past tense.

``evolve`` only applies the amounts that stand here. Amounts are in minor units, days are ISO dates.
No personal data: events carry ids only. ``effective_on`` is the day an event counts from;
when it was written is kept beside it in ``Recorded``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeGuard

import msgspec

from engine.loan.events.because import ENGINE_VERSION, Because, RuleUse
from engine.loan.events.facts import (
    FACT_TYPES,
    BorrowerStatusRecorded,
    DisbursementReversed,
    Fact,
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
    OpenFee,
    PaymentReceived,
    PaymentReturned,
    PaymentReversed,
    RateChanged,
    RateIndexPublished,
)
from engine.loan.events.outcomes import (
    BalanceForgiven,
    ChargeOffAdjusted,
    ChargeOffProposed,
    DefaultRateChanged,
    DelinquencyStageChanged,
    FeeAssessed,
    FeeForgone,
    InstallmentBilled,
    InterestCapitalized,
    InterestCapReached,
    InterestPeriodEnded,
    LoanPaidOff,
    NonAccrualProposed,
    Outcome,
    OutcomeUndone,
    PaymentAllocated,
    PlannedInstallment,
    RateReset,
    RateResetAwaited,
    ScheduleSet,
    WaiverLapsed,
)

__all__ = [
    "ENGINE_VERSION",
    "FACT_TYPES",
    "BalanceForgiven",
    "Because",
    "BorrowerStatusRecorded",
    "ChargeOffAdjusted",
    "ChargeOffProposed",
    "DefaultRateChanged",
    "DelinquencyStageChanged",
    "DisbursementReversed",
    "Event",
    "Fact",
    "FeeAssessed",
    "FeeForgone",
    "FeeWaived",
    "InstallmentBilled",
    "InterestCapReached",
    "InterestCapitalized",
    "InterestPauseEnded",
    "InterestPaused",
    "InterestPeriodEnded",
    "LoanBoarded",
    "LoanBooked",
    "LoanCancelled",
    "LoanChargedOff",
    "LoanDisbursed",
    "LoanMoved",
    "LoanPaidOff",
    "LoanPlacedOnNonAccrual",
    "LoanReturnedToAccrual",
    "NonAccrualProposed",
    "OpenFee",
    "Outcome",
    "OutcomeUndone",
    "PaymentAllocated",
    "PaymentReceived",
    "PaymentReturned",
    "PaymentReversed",
    "PlannedInstallment",
    "RateChanged",
    "RateIndexPublished",
    "RateReset",
    "RateResetAwaited",
    "Recorded",
    "RuleUse",
    "ScheduleSet",
    "WaiverLapsed",
    "is_fact",
]

Event = Fact | Outcome | OutcomeUndone


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it stands in the history of its loan."""

    seq: int
    """Position in the loan's history, from 1."""
    event: Event
    recorded_at: datetime
    """When we wrote it, UTC."""
    posted_on: date
    """Business date of the books it was posted on."""
    actor: str = ""
    command_id: str = ""


def is_fact(event: Event) -> TypeGuard[Fact | FeeAssessed]:
    """True for what came from outside or from a person; corrections never undo it."""
    return isinstance(event, FACT_TYPES) or (isinstance(event, FeeAssessed) and event.by_person)
