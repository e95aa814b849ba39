"""One loan under what is live and under a candidate since a shadow run began: what differs, why.

A loan made since is as if it had been made under the candidate; one that was there already as if it
had been moved to it on the first day. What people and the world did is the same on both sides.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import zip_longest

import msgspec

from engine.catalog.terms_in_force import TermsInForce
from engine.loan import observe
from engine.loan.boundaries import next_boundary
from engine.loan.events import Because, Event, LoanMoved
from engine.loan.loan import Loan
from engine.loan.reapply import Numbered, decide_anew, live, outcomes_that_differ
from engine.product.in_words import Clause, product_in_words
from engine.product.moving import contract_differences
from engine.values.money import Money
from servicing.telling import amount_of, title_of
from servicing.views.shadow import Divergence

Pair = tuple[Event | None, Event | None]
"""What is live decided, and what the candidate decides in its place."""


class Shadowed(msgspec.Struct, frozen=True, kw_only=True):
    """A loan on a day of a shadow run."""

    divergences: tuple[Divergence, ...] = ()
    """Everything that differs since the run began, each with a key of its own."""
    moved: int = 0
    """What it would owe more under the candidate, minor units."""
    next_boundary: date | None = None
    """When time next decides something under the candidate; None for never."""
    fault: str = ""
    """Why it is not compared: its contract is another; empty where it is."""


def shadowed(
    loan_id: str,
    history: list[Numbered],
    terms_of: Callable[[int], TermsInForce],
    candidate: TermsInForce,
    began_on: date,
    day: date,
) -> Shadowed:
    """A loan on a day; ``terms_of`` are the terms of a version, in a catalog with the candidate."""
    standing = live(history)
    first = standing[0][1]
    own = terms_of(getattr(first, "product_version", candidate.product.version))
    before, stored = decide_anew(loan_id, standing, own, day)
    beside = _beside(before, standing, candidate, began_on)
    if first.effective_on >= began_on:
        under = candidate
    else:
        under = own
        others = contract_differences(terms_of(_version_on(before, began_on)).product,
                                      candidate.product)  # fmt: skip
        if others:
            return Shadowed(fault=f"the contract is another: {', '.join(others)}")
    after, decided = decide_anew(loan_id, beside, under, day)
    gone, new = outcomes_that_differ(stored, decided)
    words = _Words(terms_of(before.product_version), candidate)
    pairs = [
        pair
        for pair in _pairs(gone, new)
        if any(event and event.effective_on >= began_on for event in pair)
    ]
    found = [words.divergence(pair, before.currency) for pair in pairs]
    rounding = candidate.product.rounding
    moved = observe.total_owed(after, day, rounding) - after.unapplied_funds
    moved -= observe.total_owed(before, day, rounding) - before.unapplied_funds
    return Shadowed(
        divergences=tuple(found),
        moved=moved.minor,
        next_boundary=next_boundary(after, under.of(candidate.product.version)),
    )


def _beside(
    loan: Loan, standing: list[Numbered], candidate: TermsInForce, began_on: date
) -> list[Numbered]:
    """The loan's events beside what is live: moved to the candidate, or made under it."""
    stays = [
        (seq, event)
        for seq, event in standing
        if not (isinstance(event, LoanMoved) and event.effective_on >= began_on)
    ]
    if standing[0][1].effective_on >= began_on:
        return stays
    moved = LoanMoved(
        effective_on=began_on,
        from_version=_version_on(loan, began_on),
        to_version=candidate.product.version,
        reason="shadow run",
    )
    return [*stays, (1 + max(seq for seq, _ in standing), moved)]


def _version_on(loan: Loan, began_on: date) -> int:
    """The version the loan was under before the first day of the run."""
    for from_day, _, version in reversed(loan.versions):
        if from_day < began_on:
            return version
    return loan.first_version or loan.product_version


def _pairs(gone: list[Numbered], new: list[Numbered]) -> Iterator[Pair]:
    """Outcomes that answer to one another: of one kind and about one thing, in their order."""
    sides: dict[tuple[object, ...], tuple[list[Event], list[Event]]]
    sides = defaultdict(lambda: ([], []))
    for place, events in enumerate((gone, new)):
        for _, event in events:
            sides[_subject(event)][place].append(event)
    pairs = [
        pair for old, now in sides.values() for pair in zip_longest(old, now)
    ]  # fmt: skip
    yield from sorted(pairs, key=lambda pair: min(e.effective_on for e in pair if e))


def _subject(event: Event) -> tuple[object, ...]:
    about = (getattr(event, name, None) for name in ("fee_id", "number", "payment", "stage"))
    return (type(event), *about)


class _Words:
    """Divergences in words, each side with the clause that decides it."""

    def __init__(self, own: TermsInForce, candidate: TermsInForce) -> None:
        self.own = product_in_words(own.product, own.waterfall)
        self.candidate = product_in_words(candidate.product, candidate.waterfall)
        before = {(clause.title, clause.text) for clause in self.own}
        changed = [c for c in self.candidate if (c.title, c.text) not in before]
        self.changed = "; ".join(clause.title for clause in changed) or "nothing said in words"

    def divergence(self, pair: Pair, currency: str) -> Divergence:
        """One divergence, with both sides explained."""
        live_one, candidate_one = pair
        shown = live_one or candidate_one
        assert shown is not None, "one of two sides differs from something"
        amounts = [amount_of(event) if event else Money(0) for event in pair]
        before, after = (amount or Money(0) for amount in amounts)
        why = [
            self._because(live_one, candidate_one, self.own),
            self._because(candidate_one, live_one, self.candidate),
        ]
        if why[0] == why[1]:
            why = [f"{each} The versions differ in: {self.changed}." for each in why]
        return Divergence(
            key=_key(pair),
            effective_on=min(event.effective_on for event in pair if event),
            title=title_of(shown),
            live=_told(live_one, currency),
            candidate=_told(candidate_one, currency),
            difference=(after - before).text(currency),
            live_because=why[0],
            candidate_because=why[1],
        )

    def _because(
        self, event: Event | None, other: Event | None, clauses: tuple[Clause, ...]
    ) -> str:
        """Why one side decided this, or nothing where the other did."""
        rests = getattr(event or other, "because", Because())
        named = (getattr(event or other, "name", "") or "").replace("_", " ")
        term = rests.term
        found = [c for c in clauses if term and (term == c.path or term.startswith(f"{c.path}/"))]
        if event is None and named:
            found = [clause for clause in clauses if clause.title.lower() == named.lower()]
        said = "; ".join(f"{clause.title}: {clause.text}" for clause in found)
        if not said and event is None and named:
            said = f"It has no {named}."
        parts = [said or "It follows from what came before."]
        if event is not None:
            parts += [f"{name.replace('_', ' ')} {value}" for name, value in rests.figures.items()]
            parts += [f"{use.rule} ({use.citation})" if use.citation else use.rule
                      for use in rests.rules]  # fmt: skip
        return " · ".join(parts)


def _told(event: Event | None, currency: str) -> str:
    if event is None:
        return ""
    amount = amount_of(event)
    of = f" of {amount.text(currency)}" if amount is not None else ""
    return f"{event.effective_on}: {title_of(event)}{of}"


def _key(pair: Pair) -> str:
    """The same for the same divergence on every day it is found; reasons aside."""
    digest = hashlib.sha256()
    for event in pair:
        bare = event
        if event is not None and getattr(event, "because", None) is not None:
            bare = msgspec.structs.replace(event, because=Because())
        digest.update(msgspec.json.encode(bare, enc_hook=str) + b"\n")
    return digest.hexdigest()[:32]
