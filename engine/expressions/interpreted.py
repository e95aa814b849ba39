"""Checked tree → value and every value on the way: for explanations and the admin's "try it".

A walker over our own checked tree and not a subclass of simpleeval: that one walks Python's syntax
tree and must be stopped from what Python allows (methods of Decimal and str, powers, formats),
while the checked tree has twelve kinds of node and none of them can do harm. It evaluates in the
same order as the compiled form, with the same short cuts, and places every fault at its column.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, assert_never

from engine.errors import Problem
from engine.expressions import tree
from engine.expressions.compiled import DATE_ARITHMETIC, Values
from engine.expressions.faults import ExpressionFault, FactUnknown
from engine.expressions.functions import FUNCTIONS
from engine.facts.fact import FactType
from engine.facts.facts import Facts
from engine.values.money import Money
from engine.values.rate import Rate

_OPERATIONS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SubExpression:
    """One part of an expression with the value it had."""

    text: str
    column: int
    type: FactType
    value: tree.Value
    depth: int
    """0 for the whole expression."""


class Interpreter:
    """Evaluates one tree over one set of facts; ``steps`` holds the parts as they were finished."""

    def __init__(self, facts: Facts, values: Values) -> None:
        self.facts = facts
        self.values = values
        self.steps: list[SubExpression] = []

    def value(self, node: tree.Node, depth: int = 0) -> tree.Value:
        """The value of a node; ExpressionFault at its column when there is none."""
        try:
            found: tree.Value = self._value(node, depth)
        except (ArithmeticError, ValueError) as error:
            raise ExpressionFault(
                Problem(message=str(error), column=node.column, code="expression_fault")
            ) from None
        self.steps.append(
            SubExpression(
                text=node.text, column=node.column, type=node.type, value=found, depth=depth
            )
        )
        return found

    def _value(self, node: tree.Node, depth: int) -> Any:
        below = depth + 1
        match node:
            case tree.Literal():
                return node.value
            case tree.FactName():
                return self._fact(node)
            case tree.ValueName():
                return self.values[node.position]
            case tree.Known():
                return self.facts.value(node.fact.name) is not None
            case tree.Negation():
                amount = self.value(node.operand, below)
                assert isinstance(amount, int | Fraction)
                return -amount
            case tree.Not():
                return not self.value(node.operand, below)
            case tree.Arithmetic():
                left, right = self.value(node.left, below), self.value(node.right, below)
                kinds = (node.operator, node.left.type, node.right.type)
                operation = DATE_ARITHMETIC.get(kinds) or _OPERATIONS[node.operator]
                return operation(left, right)
            case tree.Comparison():
                return self._comparison(node, below)
            case tree.Membership():
                operand = self.value(node.operand, below)
                choices = [self.value(choice, below) for choice in node.choices]
                return (operand in choices) != node.negated
            case tree.Logic():
                stops_at = node.operator == "or"
                parts = (self.value(part, below) == stops_at for part in node.operands)
                return stops_at if any(parts) else not stops_at
            case tree.Conditional():
                chosen = node.then if self.value(node.condition, below) else node.otherwise
                return self.value(chosen, below)
            case tree.Call():
                return self._call(node, below)
            case _ as never:
                assert_never(never)

    def _comparison(self, node: tree.Comparison, depth: int) -> bool:
        left = self.value(node.operands[0], depth)
        for operation, operand in zip(node.operators, node.operands[1:], strict=True):
            right = self.value(operand, depth)
            if not _OPERATIONS[operation](left, right):
                return False
            left = right
        return True

    def _call(self, node: tree.Call, depth: int) -> Any:
        function = FUNCTIONS[node.function]
        arguments: list[Any] = [self.value(argument, depth) for argument in node.arguments]
        if function.asks_calendar:
            arguments.insert(0, self.facts.calendar)
        return function.apply(*arguments)

    def _fact(self, node: tree.FactName) -> tree.Value:
        found = self.facts.value(node.name)
        match found:
            case None:
                raise FactUnknown(node.name, node.column)
            case Money():
                return found.minor
            case Rate():
                return found.exact
            case _:
                return found
