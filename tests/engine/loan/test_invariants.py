"""Each thing that must always hold is broken here on purpose, and must be seen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from engine.catalog.chart_of_accounts import AccountRole
from engine.ledger.entry import JournalEntry, Posting, net
from engine.ledger.journalize import journalize
from engine.loan.commands import ChargeOffLoan, WaiveFee
from engine.loan.events import PaymentAllocated
from engine.loan.invariants import broken
from engine.loan.loan import Loan
from engine.values.money import Exact, Money
from tests.engine.loan.life import Life, a_loan

DAY = date(2026, 3, 20)


def lived() -> Life:
    """An installment paid late, its late fee paid and forgiven in part."""
    life = a_loan()
    life.pays("892.87", date(2026, 3, 1))
    life.until(date(2026, 3, 1))
    life.pays("10.00", date(2026, 3, 16))
    life.until(DAY)
    life.live(WaiveFee(fee_id="late_fee/1", waived_on=DAY, amount="1.00", reason="goodwill"))
    return life


def found(life: Life, loan: Loan | None = None, **books: Money) -> str:
    history = [(item.seq, item.event) for item in life.history]
    accounts = net(e for seq, event in history for e in journalize(seq, event))
    accounts |= {AccountRole(name): amount for name, amount in books.items()}
    return "\n".join(broken(loan or _loan(life), history, accounts, life.terms, DAY))


def _loan(life: Life) -> Loan:
    assert life.loan is not None
    return life.loan


def test_a_sound_loan_breaks_nothing_at_any_stage_of_its_life() -> None:
    life = lived()
    assert life.broken() == ()
    life.live(ChargeOffLoan(charged_off_on=date(2026, 9, 1), reason="gone"))
    life.pays("100.00", date(2026, 9, 2))
    assert life.broken() == ()


def test_interest_booked_beside_the_stream_is_on_its_account() -> None:
    life = lived()
    history = [(item.seq, item.event) for item in life.history]
    entries = [e for seq, event in history for e in journalize(seq, event)]
    booked = JournalEntry(
        title="Interest earned",
        effective_on=DAY,
        event_seq=0,
        postings=(
            Posting(AccountRole.interest_receivable, Money(12_345)),
            Posting(AccountRole.interest_income, Money(-12_345)),
        ),
    )
    accounts = net([*entries, booked])
    assert broken(_loan(life), history, accounts, life.terms, DAY) == ()
    accounts[AccountRole.interest_receivable] -= Money(1)
    assert "interest_receivable" in "".join(broken(_loan(life), history, accounts, life.terms, DAY))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"principal_balance": Money(1)}, "principal_balance stands at"),
        ({"rate_changes": ()}, "rate_changes stands at"),
        ({"cash_received": Money(5)}, "0.05 came in"),
        ({"unapplied_funds": Money(-1)}, "money held is -0.01"),
        ({"principal_balance": Money(-1)}, "the principal balance is -0.01"),
        ({"recovery_balance": Money(-1)}, "the recovery balance is -0.01"),
        ({"fee_waived": {"late_fee/1": Money(9999)}}, "what is owed of late_fee/1 is -"),
        ({"fee_paid": {"late_fee/9": Money(1)}}, "late_fee/9 was paid or forgiven but never"),
        ({"paid_toward": {1: Money(-1)}}, "what is paid towards installment 1 is -0.01"),
        ({"interest_paid": Money(10**6)}, "minor units more than was earned"),
        ({"paid_off_on": DAY}, "the loan is paid off and"),
        ({"paid_off_on": DAY, "charged_off_on": DAY}, "closed in two ways"),
        ({"charged_off_on": DAY}, "charged off and principal is still owed"),
        ({"cancelled_on": DAY}, "cancelled and money has moved"),
    ],
)
def test_a_state_its_events_do_not_give_is_seen(changes: dict[str, Any], words: str) -> None:
    life = lived()
    assert words in found(life, replace(_loan(life), **changes))


def test_a_closed_form_that_left_its_timeline_is_seen() -> None:
    life = lived()
    loan = _loan(life)
    assert loan.accrual is not None
    moved = replace(loan.accrual, earned=loan.accrual.earned + Exact(1, 7))
    assert "the whole timeline" in found(life, replace(loan, accrual=moved))


@pytest.mark.parametrize(
    "role", ["principal_receivable", "fee_receivable", "unapplied_funds", "payment_clearing"]
)
def test_an_account_that_is_off_by_a_cent_is_seen(role: str) -> None:
    life = lived()
    history = [(item.seq, item.event) for item in life.history]
    accounts = net(e for seq, event in history for e in journalize(seq, event))
    right = accounts.get(AccountRole(role), Money(0))
    assert f"the account {role}" in found(life, **{role: right + Money(1)})


def test_a_payment_allocated_short_is_seen() -> None:
    life = lived()
    place = next(
        i for i, item in enumerate(life.history) if isinstance(item.event, PaymentAllocated)
    )
    item = life.history[place]
    assert isinstance(item.event, PaymentAllocated)
    short = replace(item.event, interest=item.event.interest - Money(1))
    life.history[place] = replace(item, event=short)
    assert "is allocated with" in found(life)


def test_a_gap_in_the_numbers_is_seen() -> None:
    life = lived()
    del life.history[3]
    assert "without a gap" in found(life)
