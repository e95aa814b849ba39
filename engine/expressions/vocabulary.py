"""Which names an expression may use, and in which currency its money is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from engine.facts.fact import Fact, FactType
from engine.facts.facts import VOCABULARY


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """Facts, and the named values of the document the expression stands in."""

    facts: Mapping[str, Fact]
    values: Mapping[str, FactType | None] = {}
    """Name → type, in the order evaluation is given them; None while the type is not known."""
    currency: str = "USD"

    def names(self) -> list[str]:
        return [*self.facts, *self.values]


FACTS: Final = Vocabulary(facts=VOCABULARY)
"""The facts alone, money in US dollars."""
