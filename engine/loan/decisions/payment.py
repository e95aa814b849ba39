"""Payments: received, returned by the bank, reversed because wrongly recorded."""

from __future__ import annotations

from datetime import date

from engine.compliance.finding import Finding
from engine.errors import refuse
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.loan.commands import ReceivePayment, ReturnPayment, ReversePayment
from engine.loan.decisions.amounts import positive_money
from engine.loan.events import PaymentReceived, PaymentReturned, PaymentReversed
from engine.loan.loan import Loan, PaymentMade
from engine.loan.outcomes.draft import Draft
from engine.loan.status import LoanStatus, PaymentKind


def receive(loan: Loan, command: ReceivePayment) -> PaymentReceived:
    """The payment as a fact, when the loan can take money."""
    amount = positive_money(command.amount, loan.currency, "/amount")
    if loan.status in (LoanStatus.booked, LoanStatus.cancelled):
        raise refuse("not_active", f"The loan is {loan.status.value}; it takes no payments.")
    if loan.paid_off_on is not None and command.received_on >= loan.paid_off_on:
        raise refuse(
            "paid_off",
            f"The loan was paid off on {loan.paid_off_on}; nothing is owed. "
            "Return the money to the payer, or record it on another loan.",
        )
    if command.kind is PaymentKind.principal_only and isinstance(
        loan.agreed.by_period, PrecomputedInterest
    ):
        raise refuse(
            "interest_fixed",
            "The charge of this loan is fixed, so no payment goes to principal alone; a regular "
            "one pays the next installments, a payoff rebates what is unearned.",
            path="/kind",
        )
    lost = loan.charged_off_on is not None and loan.charged_off_on <= command.received_on
    if command.kind is PaymentKind.recovery and not lost:
        raise refuse(
            "not_charged_off",
            "A recovery is money after a charge-off; this loan still owes its installments.",
            path="/kind",
            kind="invalid",
        )
    return PaymentReceived(
        effective_on=command.received_on,
        amount=amount,
        method=command.method,
        reference=command.reference,
        kind=command.kind,
    )


def return_(loan: Loan, command: ReturnPayment) -> PaymentReturned:
    """The bank took the payment back."""
    made = _standing_payment(loan, command.payment, command.returned_on, "/returned_on")
    return PaymentReturned(
        effective_on=made.received_on,
        payment=made.seq,
        amount=made.amount,
        return_code=command.return_code,
        returned_on=command.returned_on,
    )


def reverse(loan: Loan, command: ReversePayment) -> PaymentReversed:
    """The payment was recorded wrongly."""
    made = _standing_payment(loan, command.payment, command.reversed_on, "/reversed_on")
    return PaymentReversed(
        effective_on=made.received_on,
        payment=made.seq,
        amount=made.amount,
        reversed_on=command.reversed_on,
        reason=command.reason,
    )


def _standing_payment(loan: Loan, seq: int, undone_on: date, path: str) -> PaymentMade:
    """A payment that counts and can be undone on a day.

    Refused when there is none, it was undone before, or the day (at ``path`` in the request) is
    before the money came.
    """
    made = next((payment for payment in loan.payments if payment.seq == seq), None)
    if made is None:
        raise refuse("no_such_payment", f"The loan has no payment {seq}.", path="/payment")
    if made.undone:
        raise refuse("already_undone", f"Payment {seq} was already returned or reversed.")
    if undone_on < made.received_on:
        raise refuse(
            "before_payment",
            f"{undone_on} is before the payment was received on {made.received_on}.",
            path=path,
            kind="invalid",
        )
    return made


def note_duplicate(draft: Draft, command: ReceivePayment) -> None:
    """A reference seen before on the loan is worth a look, not a refusal."""
    if command.reference and any(
        made.reference == command.reference and not made.undone for made in draft.loan.payments
    ):
        draft.findings.append(
            Finding(
                rule="duplicate_reference",
                outcome="warn",
                message=f'A payment with the reference "{command.reference}" was received before.',
            )
        )
