"""Which version of its product a loan is under on a day: the one it was made under, until moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engine.catalog.terms_in_force import TermsInForce
from engine.loan.events import Event, LoanMoved
from engine.loan.loan import Loan


def version_on(loan: Loan, day: date) -> int:
    """The product version in force for the loan on a day."""
    for from_day, _, version in reversed(loan.versions):
        if from_day <= day:
            return version
    return loan.first_version or loan.product_version


def terms_on(loan: Loan, day: date, terms: TermsInForce) -> TermsInForce:
    """The terms in force on a day for a loan; those given where it was never moved."""
    return terms.of(version_on(loan, day)) if loan.versions else terms


def terms_now(
    loan: Loan, terms: TermsInForce, history: Iterable[tuple[int, Event]] = ()
) -> TermsInForce:
    """The terms in force after the last event applied to a loan, which may lie before a move.

    ``history`` is what else is known of the loan. Where it was never moved those given count,
    whichever version they are of.
    """
    if loan.versions:
        return terms.of(loan.product_version)
    moves = [(event.effective_on, seq, event) for seq, event in history
             if isinstance(event, LoanMoved)]  # fmt: skip
    if not moves:
        return terms
    return terms.of(min(moves, key=lambda move: move[:2])[2].from_version)
