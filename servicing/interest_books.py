"""Interest in the books of a loan: what is booked so far, and what a day or a correction adds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engine.catalog.terms_in_force import TermsInForce
from engine.ledger.entry import JournalEntry
from engine.ledger.interest import interest_entry, interest_to_book
from engine.loan import observe
from engine.loan.events import (
    Event,
    LoanChargedOff,
    LoanPaidOff,
    LoanPlacedOnNonAccrual,
    LoanReturnedToAccrual,
)
from engine.loan.loan import Loan
from engine.values.money import Money
from engine.values.rounding import Rounding, round_exact

_AT_ONCE = (LoanChargedOff, LoanPaidOff, LoanPlacedOnNonAccrual, LoanReturnedToAccrual)
"""Events after which a loan is booked at once: no run comes for one that is closed."""


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
    paid, never = loan.interest_settled, loan.interest_unrecognized
    off = loan.non_accrual_since(day) is not None
    entry = interest_entry(earned, paid, so_far, rounding, day, never, off)
    amount = interest_to_book(earned, paid, so_far, rounding, never, off)
    return entry, booked + amount.minor


def corrected(
    loan: Loan,
    events: Iterable[tuple[int, Event]],
    booked: int,
    through: date | None,
    terms: TermsInForce,
) -> tuple[JournalEntry | None, int, date | None]:
    """What events change in interest booked already, posted now: entry, booked, through which day.

    A loan that closes, and one placed on non-accrual, there or returned from it, is booked through
    its last event at once: its last interest is income, or leaves it, on the day itself, and on
    non-accrual cash is income on the day it comes.
    """
    known, latest = list(events), loan.last_effective_on
    changed = any(isinstance(event, _AT_ONCE) for _, event in known)
    if latest is not None and (changed or loan.non_accrual_since(latest) is not None):
        through = max(latest, through or latest)
    elif through is None or all(event.effective_on > through for _, event in known):
        return None, booked, through
    return *booked_through(loan, booked, through, terms), through
