"""Precomputed interest: the whole charge is fixed at the start, on the amount lent.

Paying early or late changes nothing until the loan is paid off, when the unearned part is
rebated. Aliases: add-on interest, flat rate.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from engine.values.day_count import DayCount
from engine.values.rounding import Rounding


class ChargeParts(StrEnum):
    """How the fixed charge is divided over the installments."""

    equal = "equal"
    """The same amount in each; the last takes what rounding leaves."""
    by_period = "by_period"
    """Each period's own interest on the amount lent: longer months carry more."""


class PrecomputedInterest(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="precomputed_interest"
):
    """Amount lent × rate × term, added on at the start."""

    day_count: DayCount = DayCount.periods
    rounding: Rounding = Rounding.half_up
    parts: ChargeParts = ChargeParts.equal
