"""What closes a loan, and what is given back where more is held than owed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.payments.payoff import money_to_give_back, payoff_total
from engine.values.money import ZERO, Money


@pytest.mark.parametrize(
    ("owed", "held", "to_pay", "given_back"),
    [
        ("5105.35", "0.00", "5105.35", "0.00"),
        ("5105.35", "100.00", "5005.35", "0.00"),
        ("80.00", "80.00", "0.00", "0.00"),
        ("0.00", "12.50", "0.00", "12.50"),
    ],
)
def test_a_payoff_takes_money_held_into_account(
    owed: str, held: str, to_pay: str, given_back: str
) -> None:
    amounts = Money.parse(owed, "USD"), Money.parse(held, "USD")
    assert payoff_total(*amounts).text() == to_pay
    assert money_to_give_back(*amounts).text() == given_back


@given(st.integers(0, 10**9).map(Money), st.integers(0, 10**9).map(Money))
@settings(max_examples=50, deadline=None)
def test_owed_plus_given_back_is_held_plus_paid(owed: Money, held: Money) -> None:
    to_pay, back = payoff_total(owed, held), money_to_give_back(owed, held)
    assert owed + back == held + to_pay
    assert ZERO in (to_pay, back)
