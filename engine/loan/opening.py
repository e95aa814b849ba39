"""The loan as it begins here: from its contract, or in mid-life from another system."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from engine.interest.rate_plan.tiered_by_balance import highest_rate
from engine.loan.events import LoanBoarded, LoanBooked
from engine.loan.loan import FeeCharged, Loan
from engine.loan.parts import past_due_at_boarding
from engine.loan.timeline import principal_moved
from engine.values.money import total


def booked(event: LoanBooked | LoanBoarded) -> dict[str, Any]:
    """What a contract says of a loan, made here or elsewhere."""
    return {
        "borrower_id": event.borrower_id,
        "legal_entity_id": event.legal_entity_id,
        "product": event.product,
        "product_version": event.product_version,
        "currency": event.currency,
        "terms": event.terms,
    }


def agreed(event: LoanBooked | LoanBoarded, seq: int) -> dict[str, Any]:
    """The rate of the contract; in force is the most it may come to, where it is in bands."""
    terms = event.terms
    most = highest_rate(terms.rate_bands, terms.note_rate) if terms.rate_bands else terms.note_rate
    return {
        "rate_changes": ((event.effective_on, seq, most),),
        "contract_rates": ((event.effective_on, seq, terms.note_rate),),
    }


def boarded(loan: Loan, seq: int, event: LoanBoarded) -> dict[str, Any]:
    """What another system says of a loan on its first day here."""
    past_due = tuple(past_due_at_boarding(event))
    fees = tuple(
        FeeCharged(
            fee_id=fee.fee_id,
            name=fee.name,
            kind=fee.kind,
            amount=fee.amount,
            assessed_on=fee.assessed_on,
            counts_towards_past_due=fee.counts_towards_past_due,
            interest_bearing=fee.interest_bearing,
        )
        for fee in event.fees_owed
    )
    rates = agreed(event, seq)
    rated = replace(loan, **rates)
    return (
        booked(event)
        | rates
        | {
            "boarded_on": event.effective_on,
            "interest_opening": event.accrued_interest,
            "billed": past_due,
            "interest_billed": total(row.interest for row in past_due),
            "fees": tuple(sorted(fees, key=as_charged)),
            "late_fees_before_boarding": event.late_fees_last_12_months,
        }
        | principal_moved(
            replace(rated, terms=event.terms),
            event.effective_on,
            event.principal_balance,
            total(fee.amount for fee in fees if fee.interest_bearing),
        )
    )


def as_charged(fee: FeeCharged) -> tuple[Any, ...]:
    """Fees in order: by the day they are charged on."""
    return (fee.assessed_on, fee.fee_id)
