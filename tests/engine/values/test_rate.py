"""Rates as exact decimal text."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.rate import Rate


@given(st.decimals(-100, 100, places=12))
def test_text_reads_back(value: object) -> None:
    rate = Rate(Fraction(str(value)))
    assert Rate.parse(rate.text()) == rate


def test_a_rate_is_a_share_not_a_percentage() -> None:
    rate = Rate.parse("0.0799")
    assert rate.exact == Fraction(799, 10_000)
    assert rate.percent() == "7.99%"
    assert repr(rate) == "Rate.parse('0.0799')"


@pytest.mark.parametrize("text", ["7.99%", "", "1/3", ".5", "1e-2", "0x1"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a rate"):
        Rate.parse(text)


def test_rates_compare_exactly() -> None:
    cap = Rate.parse("0.36")
    assert cap <= Rate(Fraction(36, 100)) and cap >= Rate(Fraction(36, 100))
    assert Rate.parse("0.359999999999999") < cap < Rate.parse("0.360000000000001")
    assert cap > Rate.parse("0") and not Rate.parse("0.0")
    assert hash(cap) == hash(Rate.parse("0.3600"))
