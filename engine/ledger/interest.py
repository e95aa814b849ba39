"""Interest earned is booked outside the stream: cumulative to a day, less what is booked already.

A correction of the past therefore needs no entry of its own: the next booking posts the difference
in the open period.
"""

from __future__ import annotations

from datetime import date

from engine.ledger.entry import JournalEntry
from engine.ledger.journalize import booked
from engine.ledger.rules import INTEREST_EARNED, Component
from engine.trace import explained
from engine.values.money import ZERO, Exact, Money
from engine.values.rounding import Rounding, round_exact


@explained
def interest_to_book(
    earned: Exact,
    paid: Money,
    booked_so_far: Money,
    rounding: Rounding,
    unrecognized: Money = ZERO,
    non_accrual: bool = False,
) -> Money:
    """Interest to recognize by a day, in whole cents, less what is booked already.

    ``paid`` is interest paid or forgiven; ``unrecognized`` is the part of it that was forgiven
    without ever being income. On accrual all that is earned is recognized; on non-accrual what is
    unpaid is not, so the difference turns below zero on the day a loan is placed there, and is
    what was paid since on every later one. Rounding what is left unpaid, and not the sum earned,
    makes the receivable the cents the loan says are owed. A payment rounded up leaves less than a
    cent below zero, which is owed to nobody.
    """
    unpaid = earned - paid.minor
    owed = ZERO if -1 < unpaid < 0 else round_exact(unpaid, rounding)
    if non_accrual:
        owed = min(owed, ZERO)
    return owed + paid - unrecognized - booked_so_far


def interest_entry(
    earned: Exact,
    paid: Money,
    booked_so_far: Money,
    rounding: Rounding,
    through_day: date,
    unrecognized: Money = ZERO,
    non_accrual: bool = False,
) -> JournalEntry | None:
    """The entry that brings booked interest up to a day; None when nothing is to book."""
    amount = interest_to_book(earned, paid, booked_so_far, rounding, unrecognized, non_accrual)
    if not amount:
        return None
    what = "Interest recognized on non-accrual" if non_accrual else "Interest earned"
    return JournalEntry(
        title=f"{what} through {through_day.isoformat()}",
        effective_on=through_day,
        event_seq=0,
        postings=booked(INTEREST_EARNED, ((Component.interest, amount),)),
    )
