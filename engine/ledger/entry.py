"""A journal entry: postings that balance, or it cannot be made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from engine.ledger.chart import AccountRole
from engine.values.money import ZERO, Money, total


class Posting(msgspec.Struct, frozen=True):
    """An amount on an account: a debit above zero, a credit below."""

    role: AccountRole
    amount: Money


class JournalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What one event, or one booking of interest, does to the books."""

    title: str
    effective_on: date
    event_seq: int
    """The event booked; 0 for interest, which is booked outside the stream."""
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        assert total(posting.amount for posting in self.postings) == ZERO, (
            f"{self.title} does not balance: {self.postings}"
        )


def net(entries: Iterable[JournalEntry]) -> dict[AccountRole, Money]:
    """What entries come to on each account; accounts that come to nothing are left out."""
    sums: dict[AccountRole, Money] = {}
    for entry in entries:
        for posting in entry.postings:
            sums[posting.role] = sums.get(posting.role, ZERO) + posting.amount
    return {role: amount for role, amount in sums.items() if amount}
