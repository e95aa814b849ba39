"""Cells of a decision table: what a column must be, as an expression and as a set of values.

The unit stands in the column's header, so a cell holds bare amounts: "<= 500.00" under a column of
money, "bnpl, auto" under one of text. A bound may be a named value of the rule, so that a threshold
the law adjusts each year is a dated figure like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.compliance.dated_values import figure
from engine.compliance.rule import Cell
from engine.expressions.tree import Value
from engine.facts.fact import FactType

_COMPARED: Final = re.compile(r"(<=|>=|<|>|==?)?\s*(\S+)")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_TEXT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,59}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison of an ordered column: an operator and a bound, a literal or a named value."""

    operator: str
    bound: str
    named: bool

    def value(self, type: FactType, currency: str, named: Mapping[str, Value]) -> Value:
        """The bound as evaluation holds it, named values as they are in force."""
        return named[self.bound] if self.named else figure(self.bound, type, currency)


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell that was understood."""

    expression: str
    """The condition it stands for, in the language of expressions."""
    compared: tuple[Compared, ...] = ()
    """Of an ordered column: comparisons that all hold."""
    listed: tuple[str | bool, ...] = ()
    """Of a column of text or flags: the values it lists."""
    negated: bool = False
    """Whether it is none of those it lists."""


def read_cell(
    fact: str, type: FactType, cell: Cell, currency: str, values: frozenset[str]
) -> ReadCell:
    """A cell under a column; ValueError that says what is wrong and how its type is written."""
    if type == FactType.flag:
        return _flag(fact, cell)
    written = str(cell).strip()
    if isinstance(cell, bool) or not written:
        raise ValueError(f"{cell!r} is no cell of a column of {type}; write {_WRITTEN[type]}")
    if type == FactType.text:
        return _listed(fact, written)
    compared = tuple(
        _compared(part.strip(), type, currency, values) for part in written.split(" and ")
    )
    told = [
        f"{fact} {one.operator} {one.bound if one.named else _literal(one.bound, type)}"
        for one in compared
    ]
    return ReadCell(expression=" and ".join(told), compared=compared)


def _flag(fact: str, cell: Cell) -> ReadCell:
    if not isinstance(cell, bool):
        raise ValueError(f"{cell!r} is neither true nor false")
    return ReadCell(expression=fact if cell else f"not {fact}", listed=(cell,))


def _listed(fact: str, written: str) -> ReadCell:
    negated = written.startswith("not ")
    names = tuple(name.strip() for name in written.removeprefix("not ").split(","))
    for name in names:
        if not _TEXT.fullmatch(name):
            raise ValueError(f'"{name}" is no text to look for; write {_WRITTEN[FactType.text]}')
    if len(set(names)) < len(names):
        raise ValueError(f'"{written}" lists a text twice')
    listed = ", ".join(f'"{name}"' for name in names)
    operator = "not in" if negated else "in"
    return ReadCell(expression=f"{fact} {operator} [{listed}]", listed=names, negated=negated)


def _compared(part: str, type: FactType, currency: str, values: frozenset[str]) -> Compared:
    found = _COMPARED.fullmatch(part)
    if found is None:
        raise ValueError(f'"{part}" is not understood; write {_WRITTEN[type]}')
    operator, bound = found.group(1) or "==", found.group(2)
    operator = "==" if operator == "=" else operator
    if _NAME.fullmatch(bound):
        if bound not in values:
            known = ", ".join(sorted(values)) or "none"
            raise ValueError(f"{bound} is no named value of the rule; its values: {known}")
        return Compared(operator, bound, named=True)
    figure(bound, type, currency)
    return Compared(operator, bound, named=False)


def _literal(text: str, type: FactType) -> str:
    match type:
        case FactType.money | FactType.date:
            return f'{type.value}("{text}")'
        case FactType.days:
            return f"days({text})"
        case _:
            return text


_WRITTEN: Final[dict[FactType, str]] = {
    FactType.money: '"<= 500.00" or "> 500.00 and <= 1500.00"',
    FactType.rate: '"<= 0.36" or "> 0.10 and <= 0.36"',
    FactType.number: '"<= 3" or 3',
    FactType.days: '"> 10" or "> 10 and <= 15"',
    FactType.date: '">= 2026-01-01"',
    FactType.text: '"bnpl, auto" or "not bnpl, auto"',
    FactType.flag: "true or false",
}
