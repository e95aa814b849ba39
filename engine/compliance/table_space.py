"""What the rows of a decision table cover: gaps, overlaps and rows never reached, with a witness.

Every column is cut at the bounds its cells name, so that a table becomes a grid of finitely many
places; a row is a box in it, one set of places for each column. Boxes are subtracted from one
another exactly, so nothing is sampled: what is told is so, and what is so is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any, Final

from engine.compliance.cells import Compared, ReadCell
from engine.expressions.tree import Value
from engine.facts.fact import FactType
from engine.values.money import Money
from engine.values.rate import Rate

Box = tuple[int, ...]
"""For each column the set of its places, one bit each."""
MOST_BOXES: Final = 20_000
"""Pieces a table may fall into while it is looked over; more is refused as too large."""


class TooLarge(Exception):
    """The rows cut the table into more pieces than are looked over."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column cut into places, each with a value that lies in it."""

    fact: str
    type: FactType
    places: tuple[Any, ...]
    """A value of each place, in order for columns that have one."""

    @property
    def everything(self) -> int:
        return (1 << len(self.places)) - 1

    def told(self, place: int, currency: str) -> str:
        """The place's value as a person reads it."""
        value = self.places[place]
        match self.type:
            case FactType.money:
                return Money(value).text(currency)
            case FactType.rate:
                return Rate(Fraction(value)).text()
            case FactType.date:
                return date.fromordinal(value).isoformat()
            case FactType.text:
                return "any other text" if value is None else f'"{value}"'
            case FactType.flag:
                return "true" if value else "false"
            case _:
                return str(value)


@dataclass(frozen=True, slots=True)
class Space:
    """The columns of a table and its rows as boxes, with the figures of one day."""

    columns: tuple[Column, ...]
    rows: tuple[Box, ...]
    currency: str

    def witness(self, box: Box) -> str:
        """One case inside a box: "loan_amount 500.01, product_family "auto"."""
        parts = []
        for column, places in zip(self.columns, box, strict=True):
            first = (places & -places).bit_length() - 1
            parts.append(f"{column.fact} {column.told(first, self.currency)}")
        return ", ".join(parts)

    def everything(self) -> Box:
        return tuple(column.everything for column in self.columns)

    def uncovered(self) -> Box | None:
        """A box no row covers; None where the rows cover everything."""
        return _first(_without(self.everything(), self.rows))

    def never_reached(self, row: int) -> Box | None:
        """Where an earlier row decides all of a row's cases: one such case; None where it decides.

        A row whose cells contradict each other is never reached either; its box is empty.
        """
        box = self.rows[row]
        return box if _first(_without(box, self.rows[:row])) is None else None

    def overlaps(self) -> Iterator[tuple[int, int, Box]]:
        """Pairs of rows that both hold in some case, with the box they share."""
        for one, other in combinations(range(len(self.rows)), 2):
            shared = _both(self.rows[one], self.rows[other])
            if all(shared):
                yield one, other, shared

    def holes(self) -> Iterator[tuple[int, int, Box]]:
        """Cases that fall between two rows along one column: brackets that do not meet."""
        seen: set[Box] = set()
        for at, column in enumerate(self.columns):
            if column.type in (FactType.text, FactType.flag):
                continue
            for one, other in combinations(range(len(self.rows)), 2):
                for below, above in ((one, other), (other, one)):
                    hole = self._between(at, self.rows[below], self.rows[above])
                    if hole is not None and hole not in seen:
                        seen.add(hole)
                        yield below, above, hole

    def _between(self, at: int, below: Box, above: Box) -> Box | None:
        """What no row covers above one row and below another, all else being equal."""
        low, high = below[at].bit_length(), (above[at] & -above[at]).bit_length() - 1
        if not below[at] or high <= low:
            return None
        shared = list(_both(below, above))
        shared[at] = ((1 << high) - 1) & ~((1 << low) - 1)
        return _first(_without(tuple(shared), self.rows)) if all(shared) else None


def space_of(
    columns: Mapping[str, FactType],
    rows: Sequence[Mapping[str, ReadCell]],
    currency: str,
    named: Mapping[str, Value],
) -> Space:
    """The table cut at its bounds, named values as they are in force."""
    cut: list[Column] = []
    boxes: list[list[int]] = [[] for _ in rows]
    for fact, type in columns.items():
        cells = [row.get(fact) for row in rows]
        made = [cell for cell in cells if cell is not None]
        if type in (FactType.text, FactType.flag):
            column = Column(fact, type, _named_places(type, made))
        else:
            bounds = {
                _number(one.value(type, currency, named)) for cell in made for one in cell.compared
            }
            column = Column(fact, type, _cut(type, sorted(bounds)))
        cut.append(column)
        for box, cell in zip(boxes, cells, strict=True):
            box.append(
                column.everything if cell is None else _places(column, cell, currency, named)
            )
    return Space(tuple(cut), tuple(tuple(box) for box in boxes), currency)


def _named_places(type: FactType, cells: Sequence[ReadCell]) -> tuple[Any, ...]:
    if type == FactType.flag:
        return (False, True)
    return (*dict.fromkeys(name for cell in cells for name in cell.listed), None)


def _cut(type: FactType, bounds: Sequence[Any]) -> tuple[Any, ...]:
    """A value below all bounds, each bound, one between each two where there is one, one above.

    Amounts, rates and counts are taken to be zero or more, as those of every loan are.
    """
    if not bounds:
        return (1,)
    dense = type == FactType.rate
    lowest = {FactType.days: bounds[0] - 1, FactType.date: 1}.get(type, 0)
    highest = date.max.toordinal() if type == FactType.date else bounds[-1] + 1
    places: list[Any] = [lowest] if dense and lowest < bounds[0] else []
    if not dense and lowest < bounds[0]:
        places.append(bounds[0] - 1)
    for one, following in pairwise([*bounds, None]):
        places.append(one)
        if following is not None and dense:
            places.append(Fraction(one + following) / 2)
        elif following is not None and following - one > 1:
            places.append(one + 1)
    if bounds[-1] < highest:
        places.append(bounds[-1] + 1)
    return tuple(places)


def _places(column: Column, cell: ReadCell, currency: str, named: Mapping[str, Value]) -> int:
    """The places of a column in which a cell holds."""
    if column.type in (FactType.text, FactType.flag):
        held = [(value in cell.listed) is not cell.negated for value in column.places]
    else:
        bounds = [(one, _number(one.value(column.type, currency, named))) for one in cell.compared]
        held = [all(_holds(one, value, bound) for one, bound in bounds) for value in column.places]
    return sum(1 << at for at, holds in enumerate(held) if holds)


def _holds(one: Compared, value: Any, bound: Any) -> bool:
    match one.operator:
        case "<":
            return bool(value < bound)
        case "<=":
            return bool(value <= bound)
        case ">":
            return bool(value > bound)
        case ">=":
            return bool(value >= bound)
        case _:
            return bool(value == bound)


def _number(value: Value) -> Any:
    return value.toordinal() if isinstance(value, date) else value


def _both(one: Box, other: Box) -> Box:
    return tuple(mine & theirs for mine, theirs in zip(one, other, strict=True))


def _first(boxes: Sequence[Box]) -> Box | None:
    return boxes[0] if boxes else None


def _without(box: Box, taken: Sequence[Box]) -> list[Box]:
    """What is left of a box when others are taken out of it, in pieces that do not overlap."""
    left = [box] if all(box) else []
    for other in taken:
        left = [piece for one in left for piece in _cut_out(one, other)]
        if len(left) > MOST_BOXES:
            raise TooLarge
    return left


def _cut_out(box: Box, other: Box) -> Iterator[Box]:
    if not all(_both(box, other)):
        yield box
        return
    for at, (mine, theirs) in enumerate(zip(box, other, strict=True)):
        outside = mine & ~theirs
        if outside:
            yield (*_both(box[:at], other[:at]), outside, *box[at + 1 :])
