"""Amounts inside compiled code: ratios of whole numbers, divided only where a value is asked for.

``Fraction`` reduces after every step and is compared in Python; a product of whole numbers is
compared in one instruction. So sums, products and comparisons are written over denominators, which
are always above zero.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Final, NamedTuple

from engine.facts.fact import FactType

AMOUNTS: Final = frozenset({FactType.money, FactType.rate, FactType.number, FactType.days})
_MOST_FACTORS: Final = 4
_FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


class Ratio(NamedTuple):
    """Source of a numerator over a denominator."""

    top: str
    bottom: int | str = 1
    """Known beforehand, or source that means something once ``top`` was evaluated."""

    def source(self) -> str:
        """Source of the value."""
        return self.top if self.bottom == 1 else f"exact({self.top}, {self.bottom})"

    def times(self, factor: int | str) -> str:
        """Source of the numerator times something."""
        return self.top if factor == 1 else f"{self.top} * {factor}"


def product(left: Ratio, right: Ratio) -> Ratio:
    """Source of left × right."""
    return _short(Ratio(f"({left.top} * {right.top})", _both(left.bottom, right.bottom)))


def total(left: Ratio, sign: str, right: Ratio, temporary: str) -> Ratio:
    """Source of left + right or left - right."""
    match left.bottom, right.bottom:
        case int() as under, int() as over:
            common = lcm(under, over)
            one, two = left.times(common // under), right.times(common // over)
            return Ratio(f"({one} {sign} {two})", common)
        case _, int():
            top = f"({left.times(right.bottom)} {sign} {right.times(left.bottom)})"
        case int(), _:
            first = right.times(left.bottom) if sign == "+" else f"-({right.times(left.bottom)})"
            top = f"({first} + {left.times(right.bottom)})"
        case _:
            top = f"({_by_bottom_of(right, left, temporary)} {sign} {temporary} * {left.bottom})"
    return _short(Ratio(top, _both(left.bottom, right.bottom)))


def compared(left: Ratio, operator: str, right: Ratio, temporary: str) -> str:
    """Source of a comparison, by cross-multiplication."""
    match left.bottom, right.bottom:
        case int() as under, int() as over:
            shared = gcd(under, over)
            return f"({left.times(over // shared)} {operator} {right.times(under // shared)})"
        case _, int():
            return f"({left.times(right.bottom)} {operator} {right.times(left.bottom)})"
        case int(), _:
            flipped = _FLIPPED[operator]
            return f"({right.times(left.bottom)} {flipped} {left.times(right.bottom)})"
        case _:
            top = _by_bottom_of(right, left, temporary)
            return f"({top} {operator} {temporary} * {left.bottom})"


def _both(left: int | str, right: int | str) -> int | str:
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    return " * ".join(str(part) for part in (left, right) if part != 1)


def _short(ratio: Ratio) -> Ratio:
    """The ratio, divided already where its denominator would go on growing."""
    if isinstance(ratio.bottom, str) and ratio.bottom.count("*") >= _MOST_FACTORS:
        return Ratio(ratio.source())
    return ratio


def _by_bottom_of(other: Ratio, one: Ratio, temporary: str) -> str:
    """One numerator times the denominator of the other, which is evaluated into ``temporary``.

    A denominator that is not known beforehand means something only then.
    """
    return f"{one.top} * ({other.bottom} if ({temporary} := {other.top}) is not None else 1)"


def exact(top: int | Fraction, bottom: int) -> int | Fraction:
    """The value of a ratio; a whole number where it is one."""
    if type(top) is int:
        whole, rest = divmod(top, bottom)
        return Fraction(top, bottom) if rest else whole
    return Fraction(top) / bottom
