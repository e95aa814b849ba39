"""A rate given outright, or by what it is above or below the note rate of the loan."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, TypeAlias, assert_never

import msgspec

from engine.values.rate import Rate

_NOTHING: Final = Rate(Fraction(0))


class OwnRate(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="own_rate"):
    """The same rate for every loan, whatever its note rate."""

    rate: Rate
    """Yearly rate: 0.0299 is 2.99 percent."""


class FromNoteRate(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="from_note_rate"
):
    """The note rate plus so much: 0.01 is one percentage point more, -0.01 one less."""

    change: Rate


GivenRate: TypeAlias = OwnRate | FromNoteRate


def rate_given(given: GivenRate, note_rate: Rate) -> Rate:
    """The yearly rate it comes to; what is taken from a note rate leaves nothing at the least."""
    match given:
        case OwnRate(rate=rate):
            return rate
        case FromNoteRate(change=change):
            return max(Rate(note_rate.exact + change.exact), _NOTHING)
        case _ as never:
            assert_never(never)
