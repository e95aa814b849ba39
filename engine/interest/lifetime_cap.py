"""Lifetime cap: the most interest a loan may earn over its life; earning stops there.

Aliases: total cost cap, as of high-cost short-term credit in the UK, where interest and charges may
not exceed the amount lent (FCA CONC 5A.2.2).
"""

from __future__ import annotations

import msgspec

from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_ratio


class LifetimeCap(msgspec.Struct, frozen=True, kw_only=True):
    """The most interest over the life of a loan; exactly one of the two is given."""

    amount: Money | None = None
    share: Rate | None = None
    """Of the principal lent: 1 is a hundred percent."""

    def __post_init__(self) -> None:
        if (self.amount is None) == (self.share is None):
            raise ValueError("give one of amount and share")


def most_interest(cap: LifetimeCap, lent: Money) -> Money:
    """The cap in whole minor units, rounded down."""
    if cap.amount is not None:
        return cap.amount
    assert cap.share is not None
    share = cap.share.exact
    return Money(round_ratio(lent.minor * share.numerator, share.denominator, Rounding.down))
