"""Money out as part of a loan's state: parts paid out, and those that were never lent after all."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from engine.loan.additive import placed
from engine.loan.events import DisbursementReversed, LoanDisbursed
from engine.loan.loan import DisbursementMade, Loan
from engine.loan.timeline import principal_moved


def paid_out(loan: Loan, seq: int, event: LoanDisbursed) -> dict[str, Any]:
    """What a part paid out changes."""
    made = DisbursementMade(
        seq=seq,
        disbursed_on=event.effective_on,
        principal=event.principal,
        fees_from_proceeds=event.fees_from_proceeds,
    )
    return _begun(placed(loan.disbursements, made, 1, _day)) | principal_moved(
        loan, event.effective_on, event.principal
    )


def never_lent(loan: Loan, event: DisbursementReversed) -> dict[str, Any]:
    """What the reversal of a part changes."""
    made = tuple(
        replace(made, undone=True) if made.seq == event.disbursement else made
        for made in loan.disbursements
    )
    return _begun(made) | principal_moved(loan, event.effective_on, -event.principal)


def _begun(disbursements: tuple[DisbursementMade, ...]) -> dict[str, Any]:
    """The disbursements, and the day of the first that stands."""
    first = next((made.disbursed_on for made in disbursements if not made.undone), None)
    return {"disbursements": disbursements, "disbursed_on": first}


def _day(made: DisbursementMade) -> tuple[Any, ...]:
    return (made.disbursed_on, made.seq)
