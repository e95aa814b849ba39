"""Interest in the books of a loan: what is booked so far, and what a day or a correction adds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engine.catalog.terms_in_force import TermsInForce
from engine.ledger.entry import JournalEntry
from engine.ledger.interest import interest_entry, interest_to_book
from engine.loan import observe
from engine.loan.events import Event
from engine.loan.loan import Loan
from engine.values.money import Money
from engine.values.rounding import Rounding, round_exact


def booked_through(
    loan: Loan, booked: int, day: date, terms: TermsInForce
) -> tuple[JournalEntry | None, int]:
    """The entry that brings booked interest up to a day, and what is booked then.

    ``booked`` is what runs have booked so far, minor units; the interest a boarded loan brought
    along is booked by boarding itself.
    """
    rounding = terms.product.rounding
    opened = round_exact(loan.interest_opening, Rounding.half_up)
    so_far = opened + Money(booked)
    earned = observe.interest_earned_to(loan, day)
    paid = loan.interest_settled
    entry = interest_entry(earned, paid, so_far, rounding, day)
    return entry, booked + interest_to_book(earned, paid, so_far, rounding).minor


def corrected(
    loan: Loan,
    events: Iterable[tuple[int, Event]],
    booked: int,
    through: date | None,
    terms: TermsInForce,
) -> tuple[JournalEntry | None, int]:
    """What events that count by a day already booked change in the books, posted now."""
    if through is None or all(event.effective_on > through for _, event in events):
        return None, booked
    return booked_through(loan, booked, through, terms)
