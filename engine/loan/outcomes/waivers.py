"""What follows from forgiving a fee: a correction may leave less of it to forgive."""

from __future__ import annotations

from engine.loan import observe
from engine.loan.events import FeeWaived, WaiverLapsed
from engine.loan.outcomes.draft import Draft
from engine.values.money import ZERO


def lapse_excess(draft: Draft, fact: FeeWaived) -> None:
    """Take back what is forgiven beyond the fee: it was charged less, paid first, or never due."""
    loan = draft.loan
    fee = next((fee for fee in observe.fees(loan) if fee.charged.fee_id == fact.fee_id), None)
    excess = -fee.owed if fee is not None else loan.fee_waived.get(fact.fee_id, ZERO)
    if excess > ZERO:
        draft.record(
            WaiverLapsed(
                effective_on=fact.effective_on,
                fee_id=fact.fee_id,
                amount=min(excess, fact.amount),
                interest_bearing=fact.interest_bearing,
                because=draft.because("/fees"),
            )
        )
