"""Canonical JSON: one value has one text, and the text gives the value back exactly."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.codec.json_text import JsonText
from engine.values.money import Money
from engine.values.rate import Rate


class Everything(msgspec.Struct, frozen=True, kw_only=True):
    """Each type of the engine once."""

    money: Money = Money(0)
    exact: Fraction = Fraction(0)
    rate: Rate = Rate.parse("0")
    owed: dict[str, Money] = {}


TEXT: JsonText[Everything] = JsonText(Everything)


def test_keys_are_sorted_and_nothing_is_spaced() -> None:
    value = Everything(
        money=Money(45146),
        exact=Fraction(-7, 3),
        rate=Rate.parse("0.0799"),
        owed={"b": Money(5), "a": Money(7)},
    )
    assert TEXT.encode(value) == (
        b'{"exact":"-7/3","money":45146,"owed":{"a":7,"b":5},"rate":"0.0799"}'
    )


def test_a_rate_without_a_finite_decimal_stays_exact() -> None:
    value = Everything(rate=Rate(Fraction(1, 3)))
    assert TEXT.decode(TEXT.encode(value)).rate.exact == Fraction(1, 3)


@given(money=st.integers(-(10**17), 10**17), top=st.integers(), bottom=st.integers(1, 10**12))
def test_what_is_written_is_read_back(money: int, top: int, bottom: int) -> None:
    value = Everything(money=Money(money), exact=Fraction(top, bottom), owed={"a": Money(money)})
    text = TEXT.encode(value)
    assert TEXT.decode(text) == value
    assert TEXT.encode(TEXT.decode(text)) == text


@pytest.mark.parametrize(
    "text", ['{"money":1.5}', '{"money":"1"}', '{"exact":1}', '{"money":true}']
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        TEXT.decode(text)
