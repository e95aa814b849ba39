"""Tiered by balance: bands of the balance, each with its rate.

Between two changes of the balance the rate is one number, so interest stays a closed form of the
date. Aliases: tiered rate, banded rate.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import msgspec

from engine.interest.rate_plan.given_rate import GivenRate, rate_given
from engine.trace import explained
from engine.values.money import Exact, Money
from engine.values.rate import Rate


class BandsApply(StrEnum):
    """What a band's rate is earned on."""

    whole_balance = "whole_balance"
    """All of the balance earns the rate of the band it lies in."""
    each_slice = "each_slice"
    """Each part of the balance earns the rate of its own band, as with an income tax."""


class RateBand(msgspec.Struct, frozen=True, kw_only=True):
    """Balances up to an amount, above the band before."""

    up_to: Money | None = None
    """The highest balance of the band, itself included; left out in the last band alone."""
    rate: GivenRate


class TieredByBalance(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="tiered_by_balance"
):
    """The rate follows the balance owed."""

    applies_to: BandsApply
    bands: Annotated[tuple[RateBand, ...], msgspec.Meta(min_length=1, max_length=40)]
    """From the smallest balances up; the first begins at nothing."""


@explained
def tiered_rate(plan: TieredByBalance, note_rate: Rate, balance: Money) -> Rate:
    """The yearly rate a balance earns as a whole, exact."""
    if balance.minor <= 0:
        return rate_given(plan.bands[0].rate, note_rate)
    if plan.applies_to is BandsApply.whole_balance:
        return next(rate for _, top, rate in _bands(plan, note_rate, balance) if top is None)
    earned = Exact(0)
    for bottom, top, rate in _bands(plan, note_rate, balance):
        earned += ((top if top is not None else balance.minor) - bottom) * rate.exact
    return Rate(earned / balance.minor)


def highest_rate(plan: TieredByBalance, note_rate: Rate) -> Rate:
    """The highest rate any balance can earn."""
    return max(rate_given(band.rate, note_rate) for band in plan.bands)


def _bands(
    plan: TieredByBalance, note_rate: Rate, balance: Money
) -> Iterator[tuple[int, int | None, Rate]]:
    """Bottom, top and rate of each band the balance reaches; the top one has no top."""
    bottom = 0
    for band in plan.bands:
        top = band.up_to.minor if band.up_to is not None else None
        reaches_beyond = top is not None and balance.minor > top
        yield bottom, top if reaches_beyond else None, rate_given(band.rate, note_rate)
        if not reaches_beyond:
            return
        assert top is not None
        bottom = top
