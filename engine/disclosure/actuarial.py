"""The actuarial equation: the rate at which what is paid is worth what was advanced.

Σ amount / ((1 + f·i)(1 + i)^t) = 0 over all flows, payments positive and advances negative, with t
full periods and a fraction f of one. Source: 12 CFR 1026 Appendix J, (b)(8).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

_BITS: Final = 128
_ONE: Final = 1 << _BITS
_ENOUGH: Final = 1 << (_BITS - 72)
_STEPS: Final = 200
_AT_ONCE: Final = 16
_LADDER: Final[tuple[int, ...]] = tuple(
    [-_ONE + (_ONE >> halvings) for halvings in range(40, 0, -1)]
    + [0]
    + [(_ONE << doublings) >> 10 for doublings in range(24)]
)
"""Rates between which a root is looked for: from next to -100 percent up to some thousandfold."""


class Flow(NamedTuple):
    """An amount at a time: positive when the borrower pays, negative when money is advanced."""

    amount: int
    """Minor units."""
    full: int
    """Full unit periods from the first advance."""
    fraction: Fraction
    """The rest of one, from 0 to less than 1."""


_Group = tuple[int, int, list[tuple[int, int]]]


def periodic_rate(flows: Iterable[Flow]) -> Fraction:
    """The rate per unit period that solves the equation, to about twenty decimals.

    Newton's method in whole numbers from a rate of zero: for one advance the value is convex and
    falls with the rate, so no step passes the root. With several it may run astray, and the root
    is then closed in from both sides. Raises ValueError where no rate above -100 percent solves it.
    """
    groups = _grouped(flows)
    rate = 0
    for _ in range(_STEPS):
        value, slope = _value_and_slope(groups, rate)
        if slope >= 0:
            break
        step = -(value << _BITS) // slope
        rate = rate + step if rate + step > -_ONE else (rate - _ONE) // 2
        if abs(step) < _ENOUGH:
            return Fraction(rate, _ONE)
    return Fraction(_closed_in(groups), _ONE)


def _closed_in(groups: list[_Group]) -> int:
    """The root nearest to zero, between two rates at which the value has another sign."""
    for low, high in sorted(pairwise(_LADDER), key=lambda rung: min(abs(rung[0]), abs(rung[1]))):
        if _is_above(groups, low) != _is_above(groups, high):
            return _bisected(groups, low, high)
    raise ValueError("no rate makes what is paid worth what was advanced")


def _bisected(groups: list[_Group], low: int, high: int) -> int:
    begins = _is_above(groups, low)
    while high - low > 1:
        middle = (low + high) // 2
        if _is_above(groups, middle) == begins:
            low = middle
        else:
            high = middle
    return low


def _is_above(groups: list[_Group], rate: int) -> bool:
    """Whether what is paid is worth more than what was advanced."""
    return _value_and_slope(groups, rate)[0] > 0


def _grouped(flows: Iterable[Flow]) -> list[_Group]:
    """Amounts by fraction (numerator, denominator), each as (gap to the next later, amount)."""
    by_fraction: dict[Fraction, dict[int, int]] = {}
    for amount, full, fraction in flows:
        at = by_fraction.setdefault(fraction, {})
        at[full] = at.get(full, 0) + amount
    groups = []
    for fraction, amounts in by_fraction.items():
        times = sorted(amounts, reverse=True)
        later = [*times[1:], 0]
        steps = [
            (time - following, amounts[time]) for time, following in zip(times, later, strict=True)
        ]
        groups.append((fraction.numerator, fraction.denominator, steps))
    return groups


def _value_and_slope(groups: list[_Group], rate: int) -> tuple[int, int]:
    """Value of all flows at a rate and its derivative, fixed-point.

    Horner's scheme from the last flow: each gap discounts what has been gathered.
    """
    discount = (_ONE << _BITS) // (_ONE + rate)
    total, total_slope = 0, 0
    for numerator, denominator, steps in groups:
        value, slope = 0, 0
        for gap, amount in steps:
            value += amount << _BITS
            if gap == 1:
                slope = (slope - (value * discount >> _BITS)) * discount >> _BITS
                value = value * discount >> _BITS
            elif gap:
                slope -= gap * (value * discount >> _BITS)
                for factor in _factors(discount, gap):
                    slope = slope * factor >> _BITS
                    value = value * factor >> _BITS
        if numerator:
            simple = (denominator * _ONE << _BITS) // (denominator * _ONE + numerator * rate)
            value = value * simple >> _BITS
            fallen = value * simple * numerator // denominator >> _BITS
            slope = (slope * simple >> _BITS) - fallen
        total += value
        total_slope += slope
    return total, total_slope


def _factors(discount: int, gap: int) -> list[int]:
    """Discounts over a gap, a few periods each: one over all of it would have no digits left."""
    whole, rest = divmod(gap, _AT_ONCE)
    longest = [_power(discount, _AT_ONCE)] * whole if whole else []
    return [*longest, _power(discount, rest)] if rest else longest


def _power(base: int, exponent: int) -> int:
    result = _ONE
    while exponent:
        if exponent & 1:
            result = result * base >> _BITS
        base = base * base >> _BITS
        exponent >>= 1
    return result
