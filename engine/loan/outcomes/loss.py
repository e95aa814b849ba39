"""What follows from a charge-off: its amounts kept right, and money held put against the loss."""

from __future__ import annotations

from datetime import date

from engine.loan import observe
from engine.loan.events import ChargeOffAdjusted, LoanChargedOff, PaymentAllocated
from engine.loan.outcomes.draft import Draft
from engine.values.money import ZERO, total


def take_loss(draft: Draft, fact: LoanChargedOff) -> None:
    """Adjust the loss to what was really owed on its day, and recover what is held."""
    day = fact.effective_on
    _adjust(draft, fact, day)
    held = min(draft.loan.unapplied_funds, draft.loan.recovery_balance)
    if held > ZERO:
        draft.record(PaymentAllocated(effective_on=day, payment=0, recovery=held, unapplied=-held))


def _adjust(draft: Draft, fact: LoanChargedOff, day: date) -> None:
    """The difference a correction before the charge-off makes to it; none when it is decided."""
    loan = draft.loan
    accrued = observe.accrued_interest(loan, day) + fact.interest.minor
    owed = observe.rounded_interest(accrued, draft.terms.product.rounding)
    fees = total(fee.owed for fee in observe.fees(loan))
    change = ChargeOffAdjusted(
        effective_on=day,
        principal=loan.principal_balance,
        interest=owed - fact.interest,
        fees=fees - fact.fees,
        bearing_fees=loan.bearing_fees,
        non_accrual=fact.non_accrual,
        because=draft.because("/delinquency"),
    )
    if change.principal or change.interest or change.fees or change.bearing_fees:
        draft.record(change)
