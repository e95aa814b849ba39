"""Interest earned is booked outside the stream: cumulative to a day, less what is booked already.

A correction of the past therefore needs no entry of its own: the next booking posts the difference
in the open period.
"""

from __future__ import annotations

from datetime import date

from engine.ledger.chart import AccountRole as Role
from engine.ledger.entry import JournalEntry, Posting
from engine.trace import explained
from engine.values.money import ZERO, Exact, Money
from engine.values.rounding import Rounding, round_exact


@explained
def interest_to_book(earned: Exact, booked: Money, rounding: Rounding) -> Money:
    """Interest earned to a day, in whole cents, less what is booked already."""
    return round_exact(earned, rounding) - booked


def interest_entry(
    earned: Exact, booked: Money, rounding: Rounding, through_day: date
) -> JournalEntry | None:
    """The entry that brings booked interest up to a day; None when nothing is to book."""
    amount = interest_to_book(earned, booked, rounding)
    if amount == ZERO:
        return None
    return JournalEntry(
        title=f"Interest earned through {through_day.isoformat()}",
        effective_on=through_day,
        event_seq=0,
        postings=(
            Posting(Role.interest_receivable, amount),
            Posting(Role.interest_income, -amount),
        ),
    )
