"""Moving a loan to another version of its product: same contract, other fees and handling."""

from __future__ import annotations

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import refuse
from engine.loan.commands import MoveLoan
from engine.loan.decisions.circumstances import require_active
from engine.loan.events import LoanMoved
from engine.loan.loan import Loan
from engine.product.moving import adverse_changes, contract_differences


def move(loan: Loan, command: MoveLoan, terms: TermsInForce) -> LoanMoved:
    """The move as a fact; refused across contracts, and without consent where it is adverse."""
    require_active(loan)
    before, after = terms.product, _target(command, terms).product
    if before.version == after.version:
        message = f"The loan is under {before.reference} already."
        raise refuse("same_version", message, path="/to_version")
    parts = contract_differences(before, after)
    if parts:
        raise refuse(
            "another_contract",
            f"{after.reference} differs from {before.reference} in {', '.join(parts)}; that is a "
            "modification of the contract and not a move.",
            path="/to_version",
        )
    adverse = adverse_changes(before, after)
    if adverse and not command.consent:
        raise refuse(
            "consent_needed",
            f"The move is adverse to the borrower ({'; '.join(adverse)}): name the consent given.",
            path="/consent",
            kind="invalid",
        )
    return LoanMoved(
        effective_on=command.moved_on,
        from_version=before.version,
        to_version=after.version,
        consent=command.consent,
        reason=command.reason,
    )


def _target(command: MoveLoan, terms: TermsInForce) -> TermsInForce:
    found = terms.other(command.to_version)
    if found is None:
        message = f"There is no version {command.to_version} of {terms.product.product}."
        raise refuse("unknown_version", message, path="/to_version", kind="invalid")
    return found
