"""A named value whose type is not told yet, and what typing a part may find."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from engine.expressions import tree


class Open(msgspec.Struct, frozen=True):
    """Named values of the document that have met nothing typed so far, all of one type."""

    names: tuple[str, ...]


def joined(founds: Sequence[Found]) -> Open | None:
    """Parts that are all still open, as one; None when one of them is typed or wrong."""
    opens = [found for found in founds if isinstance(found, Open)]
    if len(opens) < len(founds):
        return None
    return Open(tuple(dict.fromkeys(name for found in opens for name in found.names)))


Found = tree.Node | Open | None
"""A typed node, a value still open, or nothing where a fault was found below."""
