"""Interest in the books: cumulative to a day, less what is booked already."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.ledger.chart import AccountRole as Role
from engine.ledger.entry import net
from engine.ledger.interest import interest_entry, interest_to_book
from engine.values.money import ZERO, Exact, Money
from engine.values.rounding import Rounding

DAY = date(2026, 2, 28)


@pytest.mark.parametrize(
    ("earned", "paid", "booked", "to_book", "why"),
    [
        ("90.354", "0.00", "0.00", "90.35", "nothing booked yet"),
        ("90.354", "0.00", "63.66", "26.69", "the difference to the last booking"),
        ("90.354", "0.00", "90.35", "0.00", "booked already"),
        ("81.20", "0.00", "90.35", "-9.15", "a correction lowered what was earned"),
        ("90.355", "90.36", "90.35", "0.01", "a payment rounded up is earned in full"),
        ("90.365", "90.36", "90.36", "0.01", "half a cent over what was paid is a cent owed"),
    ],
)
def test_what_is_booked(earned: str, paid: str, booked: str, to_book: str, why: str) -> None:
    amount = interest_to_book(
        Exact(earned) * 100, Money.parse(paid, "USD"), Money.parse(booked, "USD"), Rounding.half_up
    )
    assert amount.text() == to_book, why


def test_the_entry_debits_receivable_and_credits_income() -> None:
    entry = interest_entry(Exact(9035), ZERO, Money(6366), Rounding.half_up, DAY)
    assert entry is not None and entry.event_seq == 0 and entry.effective_on == DAY
    assert entry.title == "Interest earned through 2026-02-28"
    assert net([entry]) == {
        Role.interest_receivable: Money(2669),
        Role.interest_income: Money(-2669),
    }


def test_nothing_to_book_is_no_entry() -> None:
    assert interest_entry(Exact(9035), ZERO, Money(9035), Rounding.half_up, DAY) is None


@given(st.lists(st.fractions(0, 500, max_denominator=365), min_size=1, max_size=12),
       st.sampled_from(Rounding))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_booking_often_or_once_comes_to_the_same(days: list[Exact], rounding: Rounding) -> None:
    booked, earned = ZERO, Exact(0)
    for day in days:
        earned += day
        booked = booked + interest_to_book(earned, ZERO, booked, rounding)
    assert booked == interest_to_book(earned, ZERO, ZERO, rounding)


@pytest.mark.parametrize(
    ("earned", "paid", "never", "booked", "expected"),
    [
        (9_000, 0, 0, 8_000, -8_000),  # placed: what was recognized and not paid leaves income
        (9_000, 0, 0, 0, 0),  # earned and unpaid: nothing
        (9_000, 2_500, 0, 0, 2_500),  # paid: income when it is paid
        (9_000, 9_000, 4_000, 5_000, 0),  # forgiven on non-accrual: never income
        (3_000, 5_000, 0, 0, 3_000),  # paid ahead of what is earned: income as far as earned
    ],
)
def test_on_non_accrual_interest_is_recognized_when_it_is_paid(
    earned: int, paid: int, never: int, booked: int, expected: int
) -> None:
    amount = interest_to_book(
        Exact(earned), Money(paid), Money(booked), Rounding.half_up, Money(never), non_accrual=True
    )
    assert amount == Money(expected)
