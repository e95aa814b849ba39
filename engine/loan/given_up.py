"""What charge-offs and forgiven residues change; on non-accrual their interest was never income."""

from __future__ import annotations

from typing import Any

from engine.loan.additive import toward
from engine.loan.events import BalanceForgiven, ChargeOffAdjusted, LoanChargedOff
from engine.loan.loan import Loan
from engine.loan.timeline import principal_moved
from engine.values.money import ZERO


def lost(loan: Loan, event: LoanChargedOff | ChargeOffAdjusted, sign: int) -> dict[str, Any]:
    """What is owed becomes the recovery balance."""
    owed = event.principal + event.interest + event.fees
    return {"recovery_balance": loan.recovery_balance + owed * sign} | _given_up(loan, event, sign)


def forgiven(loan: Loan, event: BalanceForgiven, sign: int) -> dict[str, Any]:
    """What is owed is owed no more, and the installments it settles are paid."""
    settled = toward(loan.paid_toward, event.installments, sign)
    return {"paid_toward": settled} | _given_up(loan, event, sign)


def _given_up(
    loan: Loan, event: LoanChargedOff | ChargeOffAdjusted | BalanceForgiven, sign: int
) -> dict[str, Any]:
    """Principal and interest given up, and what of the interest the books never recognized."""
    interest = event.interest * sign
    bearing = ZERO if isinstance(event, BalanceForgiven) else event.bearing_fees * -sign
    never = {"interest_unrecognized": loan.interest_unrecognized + interest}
    return (
        {"interest_forgiven": loan.interest_forgiven + interest}
        | (never if event.non_accrual else {})
        | principal_moved(loan, event.effective_on, event.principal * -sign, bearing)
    )
