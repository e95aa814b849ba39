"""Borrower status, rate changes and charge-off: what people decide about a running loan."""

from __future__ import annotations

from datetime import date

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import refuse
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.loan import observe
from engine.loan.commands import ChangeRate, ChargeOffLoan, RecordBorrowerStatus
from engine.loan.decisions.amounts import rate_of
from engine.loan.events import BorrowerStatusRecorded, LoanChargedOff, RateChanged
from engine.loan.loan import Loan
from engine.loan.outcomes.contract_rate import contract_rate
from engine.loan.status import LoanStatus
from engine.loan.timeline import rate_on
from engine.values.rate import Rate


def record_status(loan: Loan, command: RecordBorrowerStatus) -> BorrowerStatusRecorded:
    """The borrower's circumstances as a fact, not before the loan's own start."""
    if command.to_date is not None and command.to_date < command.from_date:
        raise refuse(
            "wrong_span",
            f"{command.to_date} is before {command.from_date}.",
            path="/to_date",
            kind="invalid",
        )
    if loan.started_on is None:
        raise refuse("not_active", f"The loan is {loan.status.value}; nothing runs on it yet.")
    return BorrowerStatusRecorded(
        effective_on=max(command.from_date, loan.started_on),
        from_date=command.from_date,
        status=command.status,
        to_date=command.to_date,
        evidence=command.evidence,
    )


def change_rate(loan: Loan, command: ChangeRate, in_force: TermsInForce) -> RateChanged:
    """A new contract rate, within what the product offers."""
    require_active(loan)
    if isinstance(loan.agreed.by_period, PrecomputedInterest):
        raise refuse("interest_fixed", "The whole charge of this loan was fixed when it was made.")
    rate = rate_of(command.note_rate, "/note_rate")
    limits = in_force.product.limits.note_rate
    if rate > limits.maximum:
        raise refuse(
            "outside_product_limits",
            f"{rate.percent()} is above the {limits.maximum.percent()} "
            f"{in_force.product.title} allows.",
            path="/note_rate",
            kind="invalid",
        )
    if rate > _contract_rate(loan, command.effective_on, in_force):
        raise refuse(
            "adverse_change",
            "A higher rate than the contract's needs the borrower's consent; it cannot be "
            "changed by command.",
            path="/note_rate",
        )
    return RateChanged(effective_on=command.effective_on, note_rate=rate, reason=command.reason)


def _contract_rate(loan: Loan, day: date, in_force: TermsInForce) -> Rate:
    """The rate the contract gives on a day; by its balance where the rate follows that."""
    rate = contract_rate(loan, day, in_force)
    return min(rate, rate_on(loan, day)) if loan.agreed.rate_bands else rate


def charge_off(loan: Loan, command: ChargeOffLoan, in_force: TermsInForce) -> LoanChargedOff:
    """The loss: everything owed on the day."""
    require_active(loan)
    return LoanChargedOff(
        effective_on=command.charged_off_on,
        principal=loan.principal_balance,
        interest=observe.interest_owed(loan, command.charged_off_on, in_force.product.rounding),
        fees=observe.fees_owed(loan),
        bearing_fees=loan.bearing_fees,
        reason=command.reason,
        non_accrual=loan.non_accrual_since(command.charged_off_on) is not None,
    )


def require_active(loan: Loan) -> None:
    """Refuse what only an active loan can do."""
    if loan.status is not LoanStatus.active:
        raise refuse("not_active", f"The loan is {loan.status.value}; only an active loan can.")
