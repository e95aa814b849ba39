"""Non-accrual: whether the books recognize a loan's interest as it is earned or as it is paid."""

from __future__ import annotations

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import refuse
from engine.loan.commands import PlaceOnNonAccrual, ReturnToAccrual
from engine.loan.decisions.circumstances import require_active
from engine.loan.events import LoanPlacedOnNonAccrual, LoanReturnedToAccrual
from engine.loan.loan import Loan
from engine.product.capitalizing import can_capitalize


def place(loan: Loan, command: PlaceOnNonAccrual, terms: TermsInForce) -> LoanPlacedOnNonAccrual:
    """The loan on non-accrual from a day; refused where its interest may become principal.

    Interest added to the principal is receivable as principal, and no account here holds back the
    income of it.
    """
    require_active(loan)
    since = loan.non_accrual_since(command.placed_on)
    if since is not None:
        raise refuse("on_non_accrual", f"The loan is on non-accrual since {since}.")
    if can_capitalize(terms.product):
        raise refuse(
            "interest_capitalized",
            f"{terms.product.title} adds unpaid interest to the principal; its loans cannot be "
            "placed on non-accrual.",
        )
    return LoanPlacedOnNonAccrual(effective_on=command.placed_on, reason=command.reason)


def return_(loan: Loan, command: ReturnToAccrual) -> LoanReturnedToAccrual:
    """The loan accrues in the books again from a day."""
    require_active(loan)
    if loan.non_accrual_since(command.returned_on) is None:
        raise refuse("not_on_non_accrual", "The loan is not on non-accrual on that day.")
    return LoanReturnedToAccrual(effective_on=command.returned_on, reason=command.reason)
