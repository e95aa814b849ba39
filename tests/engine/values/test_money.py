"""Amounts in whole minor units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.money import MINOR_DIGITS, ZERO, Money, minor_digits, total


@given(st.integers(-(10**14), 10**14), st.sampled_from(["USD", "JPY", "KWD", "XTS"]))
def test_text_reads_back(minor: int, currency: str) -> None:
    whole_digits = len(str(abs(minor))) - minor_digits(currency)
    if whole_digits <= 15:
        assert Money.parse(Money(minor).text(currency), currency) == Money(minor)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("451.46", "USD", 45146),
        ("451.4", "USD", 45140),
        ("-0.05", "USD", -5),
        ("451", "JPY", 451),
        ("1.500", "USD", 150),
        ("1.234", "KWD", 1234),
    ],
)
def test_decimal_text_is_an_amount(text: str, currency: str, minor: int) -> None:
    assert Money.parse(text, currency) == Money(minor)


@pytest.mark.parametrize("text", ["", "1,000", "1.005", "$5", "1e3", " 5", "５", "--1", "nan"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="decimal"):
        Money.parse(text, "USD")


def test_currencies_have_their_own_decimals() -> None:
    assert {minor_digits(code) for code in ("USD", "JPY", "TND")} == {2, 0, 3}
    assert MINOR_DIGITS["XTS"] == 12


def test_arithmetic_stays_money() -> None:
    assert Money(500) - Money(125) * 3 == Money(125)
    assert total([Money(1), Money(2), -Money(3)]) == ZERO
    assert not ZERO and Money(-1) < ZERO <= Money(0) < Money(1) >= Money(1) > ZERO
    assert len({Money(7), Money(7)}) == 1
    assert Money(7) != 7
