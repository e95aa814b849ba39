"""Checked tree → Python code object: the evaluator of the hot path.

The source text is put together from the tree alone: names of fields, positions of values, names of
constants and operators of our own. Nothing an author typed is in it, so there is nothing to
inject; the code sees no builtins. Rates are always ``Fraction``, so two of them are compared by
cross-multiplication in line, which costs a sixth of ``Fraction``'s own comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from types import FunctionType
from typing import Any, Final, assert_never

from engine.expressions import tree
from engine.expressions.functions import FUNCTIONS
from engine.facts.fact import FactType
from engine.facts.facts import Facts

Values = tuple[tree.Value, ...]
"""Named values of the document, in the order of its vocabulary."""
Evaluator = Callable[[Facts, Values], tree.Value]

_UNWRAP: Final = {FactType.money: ".minor", FactType.rate: ".exact"}


class Unknown(Exception):
    """Compiled code met an unknown fact; the interpreter finds out which."""


def _known() -> tree.Value:
    raise Unknown


class Writer:
    """Writes trees as Python source over ``f`` (facts) and ``v`` (values); holds the constants."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__builtins__": {}, "unknown": _known}
        self._temporaries = 0

    def function(self, node: tree.Node) -> Evaluator:
        """The tree as a function of facts and values."""
        code = compile(f"lambda f, v: {self.source(node)}", "<expression>", "eval")
        made: Evaluator = FunctionType(code, self.names)()
        return made

    def source(self, node: tree.Node) -> str:
        """The tree as source text, in parentheses where it needs them."""
        match node:
            case tree.Literal():
                return self._constant(node.value)
            case tree.FactName():
                return self._fact(node)
            case tree.ValueName():
                return f"v[{node.position}]"
            case tree.Known():
                return f"(f.{node.fact.group}.{node.fact.name} is not None)"
            case tree.Negation():
                return f"(-{self.source(node.operand)})"
            case tree.Not():
                return f"(not {self.source(node.operand)})"
            case tree.Arithmetic():
                return self._arithmetic(node)
            case tree.Comparison():
                return self._comparison(node)
            case tree.Membership():
                return self._membership(node)
            case tree.Logic():
                joined = f" {node.operator} ".join(self.source(part) for part in node.operands)
                return f"({joined})"
            case tree.Conditional():
                then, otherwise = self.source(node.then), self.source(node.otherwise)
                return f"({then} if {self.source(node.condition)} else {otherwise})"
            case tree.Call():
                return self._call(node)
            case _ as never:
                assert_never(never)

    def _constant(self, value: object) -> str:
        if isinstance(value, bool | int):
            return f"({value!r})"
        return self._named("k", value)

    def _named(self, letter: str, value: object) -> str:
        name = f"{letter}{len(self.names)}"
        self.names[name] = value
        return name

    def _temporary(self) -> str:
        self._temporaries += 1
        return f"t{self._temporaries}"

    def _fact(self, node: tree.FactName) -> str:
        # An unknown amount or rate has no .minor or .exact: the AttributeError says it is unknown.
        place = f"f.{node.group}.{node.name}"
        if node.type in _UNWRAP:
            return place + _UNWRAP[node.type]
        held = self._temporary()
        return f"({held} if ({held} := {place}) is not None else unknown())"

    def _arithmetic(self, node: tree.Arithmetic) -> str:
        left, right = self.source(node.left), self.source(node.right)
        if FactType.date in (node.type, node.left.type):
            return self._date_arithmetic(node, left, right)
        return f"({left} {node.operator} {right})"

    def _date_arithmetic(self, node: tree.Arithmetic, left: str, right: str) -> str:
        apply = DATE_ARITHMETIC[(node.operator, node.left.type, node.right.type)]
        return f"{self._named('f', apply)}({left}, {right})"

    def _comparison(self, node: tree.Comparison) -> str:
        if len(node.operands) == 2 and node.operands[0].type == FactType.rate:
            left, right = node.operands
            if isinstance(left, _ATOMS) and isinstance(right, _ATOMS):
                one, two = self._temporary(), self._temporary()
                return (
                    f"(({one} := {self.source(left)})._numerator"
                    f" * ({two} := {self.source(right)})._denominator"
                    f" {node.operators[0]} {two}._numerator * {one}._denominator)"
                )
        written = self.source(node.operands[0])
        for operator, operand in zip(node.operators, node.operands[1:], strict=True):
            written += f" {operator} {self.source(operand)}"
        return f"({written})"

    def _membership(self, node: tree.Membership) -> str:
        operator = "not in" if node.negated else "in"
        if all(isinstance(choice, tree.Literal) for choice in node.choices):
            values = frozenset(c.value for c in node.choices if isinstance(c, tree.Literal))
            return f"({self.source(node.operand)} {operator} {self._named('k', values)})"
        choices = "".join(f"{self.source(choice)}, " for choice in node.choices)
        return f"({self.source(node.operand)} {operator} ({choices}))"

    def _call(self, node: tree.Call) -> str:
        function = FUNCTIONS[node.function]
        arguments = [self.source(argument) for argument in node.arguments]
        if function.asks_calendar:
            arguments.insert(0, "f.calendar")
        return f"{self._named('f', function.apply)}({', '.join(arguments)})"


_ATOMS: Final = (tree.Literal, tree.FactName, tree.ValueName)
"""Nodes whose value as a rate is a Fraction and nothing else."""


def _later(day: date, days: int | Fraction) -> date:
    if days != int(days):
        raise ValueError("a date moves by whole days only")
    ordinal = day.toordinal() + int(days)
    if not 1 <= ordinal <= date.max.toordinal():
        raise ValueError("the date lies beyond the calendar")
    return date.fromordinal(ordinal)


def _earlier(day: date, days: int | Fraction) -> date:
    return _later(day, -days)


def _days_apart(first: date, second: date) -> int:
    return (first - second).days


DATE_ARITHMETIC: Final[dict[tuple[str, FactType, FactType], Callable[..., Any]]] = {
    ("+", FactType.date, FactType.days): _later,
    ("+", FactType.days, FactType.date): lambda days, day: _later(day, days),
    ("-", FactType.date, FactType.days): _earlier,
    ("-", FactType.date, FactType.date): _days_apart,
}
"""Sums in which a date takes part."""
