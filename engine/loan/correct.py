"""Correct a loan: a fact is put into its past, and everything since is decided again."""

from __future__ import annotations

from collections.abc import Sequence

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import Refusal, Refused, refuse
from engine.loan import observe
from engine.loan.decisions.decision import Drift
from engine.loan.events import Event, Fact, FeeAssessed, Recorded
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.reapply import reapply
from engine.values.money import ZERO

DRIFT = "drift"
"""Name under which a drift is approved."""


def numbered_of(loan: Loan, history: tuple[Recorded, ...]) -> list[tuple[int, Event]]:
    """The whole history by number."""
    numbered = [(item.seq, item.event) for item in history]
    assert numbered and numbered[-1][0] == loan.seq, "the history is not the loan's own"
    return numbered


def decided_again(
    loan: Loan,
    facts: Sequence[Fact | FeeAssessed],
    terms: TermsInForce,
    numbered: list[tuple[int, Event]],
    approved: frozenset[str],
) -> tuple[Draft, Drift | None]:
    """The loan with facts of a day put into its past and everything since decided again."""
    events, drift = reapply(loan.loan_id, numbered, list(enumerate(facts, loan.seq + 1)), terms)
    if drift is not None and DRIFT not in approved:
        raise Refused(_drifted(drift))
    draft = Draft.on(loan, terms)
    for event in events:
        draft.record(event)
    _not_closed_with_fees(draft.loan)
    _not_closed_before_a_part(draft.loan)
    return draft, drift


def _not_closed_with_fees(loan: Loan) -> None:
    """Refuse a correction that closes the loan before a fee that a person charged later."""
    owed = observe.fees_owed(loan)
    if loan.paid_off_on is not None and owed:
        raise refuse(
            "fee_after_payoff",
            f"This would pay the loan off on {loan.paid_off_on}, and {owed.text(loan.currency)} of "
            "fees were charged after that day. Forgive them first.",
        )


def _not_closed_before_a_part(loan: Loan) -> None:
    """Refuse a correction that closes the loan before a part of it was paid out."""
    if loan.paid_off_on is not None and loan.principal_balance > ZERO:
        lent = loan.principal_balance.text(loan.currency)
        raise refuse(
            "lent_after_payoff",
            f"This would pay the loan off on {loan.paid_off_on}, and {lent} was paid out after "
            "that day. Let it count from a later day.",
        )


def _drifted(drift: Drift) -> Refusal:
    stored = ", ".join(f"{type(event).__name__} {seq}" for seq, event in drift.stored)
    now = ", ".join(type(event).__name__ for event in drift.decided_now)
    return Refusal(
        code=DRIFT,
        message=(
            "Without this correction the loan's past would already be decided differently today: "
            f"stored {stored or 'nothing'}, now {now or 'nothing'}. A second person must approve."
        ),
        needs_approval=True,
    )
