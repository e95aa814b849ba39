"""What each event does to the books, and that undoing it leaves nothing behind."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.ledger.chart import AccountRole as Role
from engine.ledger.entry import net
from engine.ledger.journalize import journalize, parts_of
from engine.loan.events import (
    Event,
    Fact,
    Outcome,
    OutcomeUndone,
    PaymentAllocated,
    PaymentReceived,
    PaymentReturned,
)
from engine.values.money import ZERO, Money, total
from tests.engine.ledger import events as e


def posted(*happened: Event) -> dict[str, str]:
    """Net of the entries: account → amount as text, debits above zero."""
    entries = (entry for seq, event in enumerate(happened, 1) for entry in journalize(seq, event))
    return {role.value: amount.text() for role, amount in net(entries).items()}


def undone(outcome: Outcome) -> OutcomeUndone:
    return OutcomeUndone(effective_on=outcome.effective_on, undoes=1, outcome=outcome)


def test_every_kind_of_event_is_among_the_examples() -> None:
    examples = {type(event) for event in (*e.MOVES_MONEY, *e.MOVES_NONE)}
    assert examples == {*get_args(Fact), *get_args(Outcome)}


@pytest.mark.parametrize(
    ("event", "books"),
    [
        (
            e.DISBURSED,
            {
                "principal_receivable": "5000.00",
                "cash": "-4850.00",
                "origination_fee_income": "-150.00",
            },
        ),
        (
            e.NEVER_LENT,
            {
                "principal_receivable": "-5000.00",
                "cash": "4850.00",
                "origination_fee_income": "150.00",
            },
        ),
        (
            e.BOARDED,
            {
                "principal_receivable": "4123.45",
                "interest_receivable": "12.35",
                "fee_receivable": "25.00",
                "boarding_clearing": "-4160.80",
            },
        ),
        (e.RECEIVED, {"cash": "300.00", "payment_clearing": "-300.00"}),
        (e.RETURNED, {"cash": "-300.00", "payment_clearing": "300.00"}),
        (e.REVERSED, {"cash": "-300.00", "payment_clearing": "300.00"}),
        (
            e.ALLOCATED,
            {
                "payment_clearing": "300.00",
                "fee_receivable": "-20.00",
                "interest_receivable": "-60.00",
                "principal_receivable": "-200.00",
                "unapplied_funds": "-20.00",
            },
        ),
        (
            e.CAPITALIZED,
            {"principal_receivable": "123.45", "interest_receivable": "-123.45"},
        ),
        (
            e.HELD_PUT_TO_USE,
            {
                "unapplied_funds": "20.00",
                "interest_receivable": "-12.00",
                "principal_receivable": "-8.00",
            },
        ),
        (
            e.RECOVERED,
            {
                "payment_clearing": "300.00",
                "recovery_income": "-250.00",
                "unapplied_funds": "-50.00",
            },
        ),
        (e.LATE_FEE, {"fee_receivable": "15.00", "late_fee_income": "-15.00"}),
        (e.COPY_FEE, {"fee_receivable": "5.00", "other_fee_income": "-5.00"}),
        (e.WAIVED, {"concession_expense": "15.00", "fee_receivable": "-15.00"}),
        (
            e.FORGIVEN,
            {
                "concession_expense": "0.63",
                "principal_receivable": "-0.60",
                "interest_receivable": "-0.03",
            },
        ),
        (
            e.CHARGED_OFF,
            {
                "charge_off_expense": "4120.00",
                "principal_receivable": "-4000.00",
                "interest_receivable": "-90.00",
                "fee_receivable": "-30.00",
            },
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, dict) else "",
)
def test_an_event_debits_and_credits(event: Event, books: dict[str, str]) -> None:
    assert posted(event) == books


@pytest.mark.parametrize("event", e.MOVES_NONE, ids=lambda event: type(event).__name__)
def test_an_event_without_money_has_no_entry(event: Event) -> None:
    assert journalize(1, event) == ()


@pytest.mark.parametrize("event", e.MOVES_MONEY, ids=lambda event: type(event).__name__)
def test_entries_balance_and_say_which_event_they_book(event: Event) -> None:
    (entry,) = journalize(12, event)
    assert total(posting.amount for posting in entry.postings) == ZERO
    assert all(posting.amount for posting in entry.postings)
    assert len({posting.role for posting in entry.postings}) == len(entry.postings)
    assert (entry.event_seq, entry.effective_on) == (12, e.DAY)
    assert entry.title and "\n" not in entry.title


@pytest.mark.parametrize("outcome", e.OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_an_outcome_undone_leaves_every_account_at_zero(outcome: Outcome) -> None:
    assert posted(outcome) and posted(outcome, undone(outcome)) == {}
    (entry,) = journalize(2, undone(outcome))
    assert entry.title.startswith("Undone: ")


def test_a_returned_payment_whose_allocation_is_undone_leaves_nothing() -> None:
    assert posted(e.RECEIVED, e.ALLOCATED, e.RETURNED, undone(e.ALLOCATED)) == {}


def test_a_payment_clears_once_it_is_allocated() -> None:
    assert "payment_clearing" not in posted(e.RECEIVED, e.ALLOCATED)


cents = st.integers(-10_000_000, 10_000_000).map(Money)


@st.composite
def allocations(draw: st.DrawFn) -> PaymentAllocated:
    """A payment before charge-off, or a recovery after it."""
    if draw(st.booleans()):
        return PaymentAllocated(
            effective_on=e.DAY, payment=1, recovery=draw(cents), unapplied=draw(cents)
        )
    return PaymentAllocated(
        effective_on=e.DAY,
        payment=1,
        fees=tuple((f"late_fee/{n}", draw(cents)) for n in range(draw(st.integers(0, 3)))),
        interest=draw(cents),
        principal=draw(cents),
        unapplied=draw(cents),
    )


@given(allocations())
@settings(max_examples=60, deadline=None)
def test_whatever_a_payment_is_split_into_the_books_balance(allocated: PaymentAllocated) -> None:
    entries = journalize(1, allocated)
    amount = total(part for _, part in parts_of(allocated))
    assert net(entries).get(Role.payment_clearing, ZERO) == amount
    received = PaymentReceived(effective_on=e.DAY, amount=amount)
    returned = PaymentReturned(
        effective_on=e.DAY, payment=1, amount=amount, return_code="R01", returned_on=e.DAY
    )
    assert posted(received, allocated, returned, undone(allocated)) == {}


@pytest.mark.parametrize("event", [e.CHARGED_OFF, e.LOSS_ADJUSTED, e.FORGIVEN])
def test_interest_given_up_on_non_accrual_was_never_income_and_is_no_loss(event: Any) -> None:
    there = net(journalize(1, msgspec.structs.replace(event, non_accrual=True)))
    plain = net(journalize(1, event))
    assert Role.interest_receivable in plain and Role.interest_receivable not in there
    left = {role: amount for role, amount in plain.items() if role is not Role.interest_receivable}
    assert there.keys() == left.keys()
