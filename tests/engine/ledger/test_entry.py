"""A journal entry balances or cannot be made."""

from __future__ import annotations

from datetime import date

import pytest

from engine.ledger.chart import AccountRole as Role
from engine.ledger.entry import JournalEntry, Posting, net
from engine.values.money import Money

DAY = date(2026, 3, 2)


def entry(*postings: Posting) -> JournalEntry:
    return JournalEntry(title="Money came in", effective_on=DAY, event_seq=1, postings=postings)


def test_an_entry_a_cent_off_cannot_be_made() -> None:
    with pytest.raises(AssertionError, match="Money came in does not balance"):
        entry(Posting(Role.cash, Money(100)), Posting(Role.payment_clearing, Money(-99)))


def test_net_adds_up_accounts_and_leaves_out_those_at_zero() -> None:
    came = entry(Posting(Role.cash, Money(100)), Posting(Role.payment_clearing, Money(-100)))
    split = entry(
        Posting(Role.payment_clearing, Money(100)),
        Posting(Role.principal_receivable, Money(-70)),
        Posting(Role.interest_receivable, Money(-30)),
    )
    assert net([came, split]) == {
        Role.cash: Money(100),
        Role.principal_receivable: Money(-70),
        Role.interest_receivable: Money(-30),
    }
    assert net([]) == {}
