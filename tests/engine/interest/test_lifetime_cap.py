"""The most interest of a loan's life: an amount, or a share of what was lent."""

from __future__ import annotations

import pytest

from engine.interest.lifetime_cap import LifetimeCap, most_interest
from engine.values.money import Money
from engine.values.rate import Rate


def test_a_share_is_rounded_down() -> None:
    assert most_interest(LifetimeCap(share=Rate.parse("0.333")), Money(1_001)) == Money(333)
    assert most_interest(LifetimeCap(amount=Money(50_000)), Money(1_001)) == Money(50_000)


def test_exactly_one_is_given() -> None:
    with pytest.raises(ValueError, match="one of amount and share"):
        LifetimeCap()
    with pytest.raises(ValueError, match="one of amount and share"):
        LifetimeCap(amount=Money(1), share=Rate.parse("1"))
