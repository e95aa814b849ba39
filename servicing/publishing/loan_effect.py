"""One loan under its own version and under a candidate: everything that would stand otherwise.

Its facts (what people and the world did) are decided anew under the candidate; nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import msgspec

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule import Point
from engine.errors import Refused
from engine.loan import observe
from engine.loan.advance import advance
from engine.loan.decisions.offer import make_offer
from engine.loan.decisions.offered_again import requested_once, same_offer
from engine.loan.events import Event, FeeAssessed, LoanMoved, is_fact
from engine.loan.loan import Loan
from engine.loan.reapply import Numbered, decide_anew, live, outcomes_that_differ
from engine.values.money import Money, total
from servicing.telling import title_of
from servicing.views.effect import LoanEffect

Fees = dict[str, tuple[int, Money]]
"""Fee name → how many were assessed, and what they come to."""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A loan before and after."""

    effect: LoanEffect | None
    """None when no amount differs."""
    only_days: bool
    """Whether the amounts agree and something comes on another day."""
    moved: int
    """What it would owe more, in minor units."""
    fees_before: Fees
    fees_after: Fees
    apr_changed: bool
    refused: bool


def compare(
    loan_id: str,
    history: list[Numbered],
    own: TermsInForce,
    candidate: TermsInForce,
    day: date,
) -> Compared:
    """The loan on a day under its own version and under the candidate."""
    standing = live(history)
    before, stored = decide_anew(loan_id, standing, own, day)
    unmoved = [item for item in standing if not isinstance(item[1], LoanMoved)]
    after, decided = decide_anew(loan_id, unmoved, candidate, day)
    by_hand = [event for _, event in standing if isinstance(event, FeeAssessed) and is_fact(event)]
    fees_before = _fees([*by_hand, *(event for _, event in stored)])
    fees_after = _fees([*by_hand, *(event for _, event in decided)])
    aprs, refused = _as_first_offered(before, own, candidate)
    gone, new = outcomes_that_differ(stored, decided)
    moved = _owed(after, candidate, day) - _owed(before, own, day)
    currency = before.currency
    effect = LoanEffect(
        loan_id=loan_id,
        version=own.product.reference,
        currency=currency,
        fees_before=_sum(fees_before).text(currency),
        fees_after=_sum(fees_after).text(currency),
        owed_before=observe.total_owed(before, day, own.product.rounding).text(currency),
        owed_after=observe.total_owed(after, day, candidate.product.rounding).text(currency),
        past_due_before=observe.amount_past_due(before, day, own.product.rounding).text(currency),
        past_due_after=observe.amount_past_due(after, day, candidate.product.rounding).text(
            currency
        ),
        difference=moved.text(currency),
        apr_before=aprs[0],
        apr_after=aprs[1],
        refused=refused,
        first_difference=_first(gone, new, currency),
    )
    changed = bool(refused) or any(
        getattr(effect, f"{amount}_before") != getattr(effect, f"{amount}_after")
        for amount in ("fees", "owed", "past_due", "apr")
    )
    return Compared(
        effect=effect if changed or moved else None,
        only_days=bool(gone or new) and not (changed or moved),
        moved=moved.minor,
        fees_before=fees_before,
        fees_after=fees_after,
        apr_changed=aprs[0] != aprs[1],
        refused=bool(refused),
    )


def _as_first_offered(
    loan: Loan, own: TermsInForce, candidate: TermsInForce
) -> tuple[tuple[str, str], str]:
    """APR of the loan's terms under both versions, and why the candidate would not make it."""
    if loan.boarded_on is not None or same_offer(own.product, candidate.product):
        return ("", ""), ""
    requested = requested_once(loan, own)
    if requested is None:
        return ("", ""), ""
    aprs: list[str] = []
    for terms in (own, candidate):
        try:
            offer = make_offer(requested, terms, Point.quote)
        except Refused as refused:
            if terms is candidate:
                return ("", ""), str(refused)
            return ("", ""), ""  # its own version would not make it today: nothing to compare
        aprs.append(offer.truth_in_lending.disclosed_apr.text())
    return (aprs[0], aprs[1]), ""


def _owed(loan: Loan, terms: TermsInForce, day: date) -> Money:
    loan = advance(loan, day, terms).loan
    return observe.total_owed(loan, day, terms.product.rounding) - loan.unapplied_funds


def _fees(events: Iterable[object]) -> Fees:
    counts: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for event in events:
        if isinstance(event, FeeAssessed):
            counts[event.name] += 1
            sums[event.name] += event.amount.minor
    return {name: (counts[name], Money(sums[name])) for name in counts}


def _sum(fees: Fees) -> Money:
    return total(amount for _, amount in fees.values())


def _first(gone: list[Numbered], new: list[Numbered], currency: str) -> str:
    """What comes out otherwise first, in words."""
    differing = [(event.effective_on, seq, "no longer", event) for seq, event in gone]
    differing += [(event.effective_on, seq, "instead", event) for seq, event in new]
    if not differing:
        return ""
    day, _, word, event = min(differing, key=lambda item: (item[0], item[2] == "instead", item[1]))
    return f"{day}: {_in_words(event, currency)}, {word}"


def _in_words(event: Event, currency: str) -> str:
    amount = getattr(event, "amount", None)
    return title_of(event) + (f" of {amount.text(currency)}" if isinstance(amount, Money) else "")
