"""Values of indexes as published: which one a reset on a day goes by, as known at the time.

A value of a day counts from the day it became known here. A reset goes by what was known on its
own day; one that found nothing waits, and goes by the first value to come that it may use. So it
makes no difference when time was brought past the reset.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeAlias

import msgspec

from engine.interest.rate_plan.index_linked import IndexLinked
from engine.trace import explained
from engine.values.rate import Rate


class IndexValue(msgspec.Struct, frozen=True, kw_only=True):
    """The value of an index for a day."""

    value_on: date
    """The day the value is of."""
    value: Rate
    """0.0750 is 7.50 percent."""
    known_on: date
    """Business date on which it became known here."""


IndexBook: TypeAlias = Mapping[str, tuple[IndexValue, ...]]
"""Name of an index → its values known, in the order they became known."""


@explained
def index_value_for(
    plan: IndexLinked, reset_on: date, values: Iterable[IndexValue]
) -> IndexValue | None:
    """The published value a reset on a day goes by; None while there is none it may use.

    ``values`` stand in the order they became known; a later one for the same day corrects it.
    """
    newest = reset_on - timedelta(days=plan.lookback_days)
    oldest = newest - timedelta(days=plan.value_may_be_days_old)
    usable = [value for value in values if oldest <= value.value_on <= newest]
    if not usable:
        return None
    known_by = max(reset_on, min(value.known_on for value in usable))
    known = (value for value in usable if value.known_on <= known_by)
    return sorted(known, key=lambda value: value.value_on)[-1]  # of equals the last known
