"""Index values that have come for resets that waited: they are adopted before anything is decided.

Whatever is asked of the loan next, it is asked of the loan at the rate it ought to bear, so that it
makes no difference whether time was brought past the day the value became known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.catalog.terms_in_force import TermsInForce
from engine.loan.correct import decided_again
from engine.loan.decisions.decision import Drift, NeedsHistory
from engine.loan.events import Event
from engine.loan.loan import Loan
from engine.loan.outcomes.rates import index_value_come
from engine.loan.status import LoanStatus


@dataclass(slots=True)
class Adopted:
    """The loan once index values are adopted, with the events that took."""

    loan: Loan
    numbered: list[tuple[int, Event]] | None
    """The whole history with these events, where it was given."""
    events: list[tuple[int, Event]] = field(default_factory=list)
    drift: Drift | None = None


def adopt(
    loan: Loan,
    terms: TermsInForce,
    numbered: Iterable[tuple[int, Event]] | None,
    approved: frozenset[str],
) -> Adopted:
    """Decide every reset whose value has come, and all that followed it.

    Raises NeedsHistory where one has and the history is not given, Refused for a drift.
    """
    whole = Adopted(loan=loan, numbered=None if numbered is None else [*numbered])
    while whole.loan.status is LoanStatus.active:
        come = index_value_come(whole.loan, terms)
        if come is None:
            break
        if whole.numbered is None:
            raise NeedsHistory(loan.loan_id)
        draft, drift = decided_again(whole.loan, [come], terms, whole.numbered, approved)
        whole.loan, whole.drift = draft.loan, whole.drift or drift
        whole.events += draft.events
        whole.numbered += draft.events
    return whole
