"""Booking and cancelling: the start of a loan's life."""

from __future__ import annotations

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.finding import Finding
from engine.compliance.rule import Point
from engine.errors import refuse
from engine.loan.commands import BookLoan, CancelLoan
from engine.loan.decisions.offer import make_offer
from engine.loan.events import Because, LoanBooked, LoanCancelled
from engine.loan.loan import Loan
from engine.loan.outcomes.rules_used import requirements_used
from engine.loan.status import LoanStatus


def book(
    command: BookLoan, in_force: TermsInForce, approved: frozenset[str] = frozenset()
) -> tuple[LoanBooked, tuple[Finding, ...]]:
    """The contract, when product and law allow it."""
    offer = make_offer(command.terms, in_force, Point.originate, approved)
    product = in_force.product
    figures = {
        "apr": offer.truth_in_lending.apr.text(),
        "military_apr": offer.military_apr.text(),
        "finance_charge": offer.truth_in_lending.finance_charge.text(product.currency),
        "amount_financed": offer.truth_in_lending.amount_financed.text(product.currency),
    }
    fact = LoanBooked(
        effective_on=offer.terms.contract_date,
        borrower_id=command.borrower_id,
        product=product.product,
        product_version=product.version,
        currency=product.currency,
        terms=offer.terms,
        legal_entity_id=command.legal_entity_id,
        quote_id=command.quote_id,
        because=Because(
            product=product.reference,
            rules=requirements_used(offer.findings),
            figures=figures,
        ),
    )
    return fact, offer.findings


def cancel(loan: Loan, command: CancelLoan) -> LoanCancelled:
    """Undo a contract that never paid out."""
    if loan.status is not LoanStatus.booked:
        raise refuse(
            "not_booked", f"The loan is {loan.status.value}; only a booked loan is cancelled."
        )
    return LoanCancelled(effective_on=command.cancelled_on, reason=command.reason)
