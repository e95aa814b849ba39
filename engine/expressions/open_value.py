"""A named value whose type is not told yet, and what typing a part may find."""

from __future__ import annotations

import msgspec

from engine.expressions import tree


class Open(msgspec.Struct, frozen=True):
    """A named value of the document that has met nothing typed so far."""

    name: str


Found = tree.Node | Open | None
"""A typed node, a value still open, or nothing where a fault was found below."""
