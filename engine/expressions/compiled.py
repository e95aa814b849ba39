"""Checked tree → Python code object: the evaluator of the hot path.

The source text is put together from the tree alone: names of fields, positions of values, names of
constants and operators of our own. Nothing an author typed is in it, so there is nothing to
inject; the code sees no builtins. Amounts are written as ratios of whole numbers (``ratios.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from math import lcm
from types import FunctionType
from typing import Any, Final, assert_never

from engine.expressions import tree
from engine.expressions.functions import FUNCTIONS
from engine.expressions.ratios import AMOUNTS, Ratio, compared, exact, product, total
from engine.facts.fact import FactType
from engine.facts.facts import Facts

Values = tuple[tree.Value, ...]
"""Named values of the document, in the order of its vocabulary."""
Evaluator = Callable[[Facts, Values], tree.Value]
ManyEvaluator = Callable[[Facts, Values], tuple[Any, ...]]

_UNWRAP: Final = {FactType.money: ".minor", FactType.rate: ".exact"}


class Unknown(Exception):
    """Compiled code met an unknown fact; the interpreter finds out which."""


def _known() -> tree.Value:
    raise Unknown


class Writer:
    """Writes trees as Python source over ``f`` (facts) and ``v`` (values); holds the constants."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__builtins__": {}, "unknown": _known, "exact": exact}
        self._temporaries = 0
        self._values_before = 0

    def function(self, node: tree.Node) -> Evaluator:
        """The tree as a function of facts and values."""
        code = compile(f"lambda f, v: {self.source(node)}", "<expression>", "eval")
        made: Evaluator = FunctionType(code, self.names)()
        return made

    def functions(self, nodes: Iterable[tuple[tree.Node, int]]) -> ManyEvaluator:
        """Many trees as one function; each comes with how many of the values are its own."""
        written = ""
        for node, values in nodes:
            written += f"{self.source(node)}, "
            self._values_before += values
        code = compile(f"lambda f, v: ({written})", "<expressions>", "eval")
        made: ManyEvaluator = FunctionType(code, self.names)()
        return made

    def source(self, node: tree.Node) -> str:
        """The value of a node as source text, in parentheses where it needs them."""
        match node:
            case tree.Literal():
                return self._constant(node.value)
            case tree.FactName():
                return self._fact(node)
            case tree.ValueName():
                return f"v[{self._values_before + node.position}]"
            case _ if node.type in AMOUNTS:
                return self.ratio(node).source()
            case _:
                return self._plain(node)

    def ratio(self, node: tree.Node) -> Ratio:
        """The value of an amount as a ratio of two sources."""
        match node:
            case tree.Literal(value=Fraction() | int() as value):
                return _literal(value)
            case tree.FactName() | tree.ValueName() if node.type == FactType.rate:
                held = self._temporary()
                return Ratio(f"({held} := {self.source(node)})._numerator", f"{held}._denominator")
            case tree.Negation():
                negated = self.ratio(node.operand)
                return Ratio(f"(-{negated.top})", negated.bottom)
            case tree.Arithmetic(operator="*"):
                return product(self.ratio(node.left), self.ratio(node.right))
            case tree.Arithmetic() if node.left.type in AMOUNTS:
                left, right = self.ratio(node.left), self.ratio(node.right)
                return total(left, node.operator, right, self._temporary())
            case tree.Conditional():
                (then, otherwise), bottom = self._over_one_bottom(node.then, node.otherwise)
                condition = self.source(node.condition)
                return Ratio(f"({then} if {condition} else {otherwise})", bottom)
            case tree.Call(function="percent", arguments=(tree.Literal(value=int() as written),)):
                return _literal(Fraction(written, 100))
            case tree.Call(function="percent"):
                return product(self.ratio(node.arguments[0]), Ratio("1", 100))
            case tree.Call(function="min" | "max"):
                return self._extreme(node)
            case tree.Literal() | tree.FactName() | tree.ValueName():
                return Ratio(self.source(node))
            case _:
                return Ratio(self._plain(node))

    def _over_one_bottom(self, *nodes: tree.Node) -> tuple[list[str], int]:
        """Sources of several amounts over one denominator that is known beforehand."""
        ratios = [self.ratio(node) for node in nodes]
        if any(isinstance(ratio.bottom, str) for ratio in ratios):
            return [
                self.source(node) if isinstance(node, _LEAVES) else ratio.source()
                for node, ratio in zip(nodes, ratios, strict=True)
            ], 1
        bottoms = [ratio.bottom for ratio in ratios if isinstance(ratio.bottom, int)]
        common = lcm(*bottoms)
        pairs = zip(ratios, bottoms, strict=True)
        return [ratio.times(common // bottom) for ratio, bottom in pairs], common

    def _extreme(self, node: tree.Call) -> Ratio:
        """min or max; of two, in line."""
        sources, bottom = self._over_one_bottom(*node.arguments)
        if len(sources) > 2:
            function = self._named("f", FUNCTIONS[node.function].apply)
            return Ratio(f"{function}({', '.join(sources)})", bottom)
        one, two = self._temporary(), self._temporary()
        order = "<=" if node.function == "min" else ">="
        left, right = f"({one} := {sources[0]})", f"({two} := {sources[1]})"
        return Ratio(f"({one} if {left} {order} {right} else {two})", bottom)

    def _plain(self, node: tree.Node) -> str:
        """A node that is no sum, product or choice of amounts."""
        match node:
            case tree.Known():
                return f"(f.{node.fact.group}.{node.fact.name} is not None)"
            case tree.Not():
                return f"(not {self.source(node.operand)})"
            case tree.Arithmetic():
                apply = DATE_ARITHMETIC[(node.operator, node.left.type, node.right.type)]
                left, right = self.source(node.left), self.source(node.right)
                return f"{self._named('f', apply)}({left}, {right})"
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
            case tree.Literal() | tree.FactName() | tree.ValueName() | tree.Negation():
                raise AssertionError(f"{node.text} is written elsewhere")
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

    def _comparison(self, node: tree.Comparison) -> str:
        if len(node.operands) == 2 and node.operands[0].type in AMOUNTS:
            left, right = (self.ratio(operand) for operand in node.operands)
            return compared(left, node.operators[0], right, self._temporary())
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


_LEAVES: Final = (tree.Literal, tree.FactName, tree.ValueName)


def _literal(value: int | Fraction) -> Ratio:
    return Ratio(f"({value.numerator})", value.denominator)


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
