"""Sums and collections that events add to and take from: an undone event leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from engine.values.money import ZERO, Money

K = TypeVar("K")
T = TypeVar("T")


def added(amounts: dict[K, Money], key: K, amount: Money) -> dict[K, Money]:
    """The amounts with one more added; an entry that comes to nothing is dropped."""
    raised = amounts.get(key, ZERO) + amount
    if raised:
        return {**amounts, key: raised}
    return {known: value for known, value in amounts.items() if known != key}


def placed(
    items: tuple[T, ...], item: T, sign: int, by: Callable[[T], Any] | None = None
) -> tuple[T, ...]:
    """The items with one more, kept in order where there is one, or with one taken out."""
    if sign > 0:
        if by is None or not items or by(items[-1]) <= by(item):
            return (*items, item)
        return tuple(sorted((*items, item), key=by))
    assert item in items, f"an outcome is undone that was never applied: {item}"
    place = len(items) - 1 - items[::-1].index(item)
    return items[:place] + items[place + 1 :]


def toward(
    paid: dict[int, Money], installments: tuple[tuple[int, Money], ...], sign: int
) -> dict[int, Money]:
    """Dollars counted towards installments with more added, or taken out again."""
    for number, amount in installments:
        paid = added(paid, number, amount * sign)
    return paid
