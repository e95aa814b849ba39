"""A rate rounded to a fraction of a percent: "to the nearest one-eighth of one percent"."""

from __future__ import annotations

import msgspec

from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_ratio


class RateRounding(msgspec.Struct, frozen=True, kw_only=True):
    """A rate is a multiple of a step; how it comes there is named."""

    multiple_of: Rate
    """0.00125 is one eighth of a percentage point."""
    how: Rounding = Rounding.half_up
    """half_up is the nearest step."""


def rounded_rate(rate: Rate, rounding: RateRounding | None) -> Rate:
    """The rate as a whole number of steps; as it is where no rounding is agreed."""
    if rounding is None:
        return rate
    steps = rate.exact / rounding.multiple_of.exact
    return Rate(
        round_ratio(steps.numerator, steps.denominator, rounding.how) * rounding.multiple_of.exact
    )
