"""Rate: a yearly rate or a share, exact, written as decimal text ("0.0799" is 7.99 percent)."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

_TEXT = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,15})?", re.ASCII)


class Rate:
    """An exact rate; 0.0799 means 7.99 percent of the base, per year where a period is meant."""

    __slots__ = ("exact",)
    exact: Fraction

    def __init__(self, exact: Fraction) -> None:
        self.exact = exact

    @staticmethod
    def parse(text: str) -> Rate:
        """Decimal text to Rate; ValueError when it is not plain decimal text."""
        if not _TEXT.fullmatch(text):
            raise ValueError(f'"{text}" is not a rate such as "0.0799" (7.99 percent)')
        return Rate(Fraction(text))

    def text(self) -> str:
        """Decimal text for machines; at most 15 decimals, exact when the rate has no more."""
        scaled = round(self.exact * 10**15)
        value = Decimal(scaled).scaleb(-15)
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain

    def percent(self) -> str:
        """For people: 0.0799 → "7.99%"."""
        return f"{Rate(self.exact * 100).text()}%"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rate) and self.exact == other.exact

    def __lt__(self, other: Rate) -> bool:
        return self.exact < other.exact

    def __le__(self, other: Rate) -> bool:
        return self.exact <= other.exact

    def __gt__(self, other: Rate) -> bool:
        return self.exact > other.exact

    def __ge__(self, other: Rate) -> bool:
        return self.exact >= other.exact

    def __hash__(self) -> int:
        return hash((Rate, self.exact))

    def __bool__(self) -> bool:
        return self.exact != 0

    def __repr__(self) -> str:
        return f"Rate.parse({self.text()!r})"
