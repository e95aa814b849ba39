"""A fixed rate: the note rate, for the whole term."""

from __future__ import annotations

import msgspec


class FixedRate(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="fixed_rate"):
    """The note rate from the first day to the last."""
