"""The checked tree: what an expression means, every node with its type, text and column.

Both evaluators and the SQL form read this tree and nothing else; only ``check`` makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal as OneOf

from engine.facts.fact import FactType

Value = int | Fraction | date | str | bool
"""A value inside an evaluation: money in minor units (whole or exact), rates exact, days and
numbers whole or exact, dates, text, flags."""


Sign = OneOf["+", "-", "*"]
Order = OneOf["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    type: FactType
    text: str
    """As written."""
    column: int
    """From 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(_Node):
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class FactName(_Node):
    """A fact of the vocabulary."""

    group: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(_Node):
    """``known(fact)``: whether the fact is known here; the one question an unknown fact answers."""

    fact: FactName


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueName(_Node):
    """A named value of the document: a dated figure of a rule."""

    name: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation(_Node):
    """Minus."""

    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(_Node):
    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic(_Node):
    operator: Sign
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(_Node):
    """``a <= b < c``: one operator fewer than operands."""

    operators: tuple[Order, ...]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(_Node):
    """``x in [a, b]``."""

    operand: Node
    choices: tuple[Node, ...]
    negated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic(_Node):
    operator: OneOf["and", "or"]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional(_Node):
    """``a if condition else b``."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(_Node):
    function: str
    arguments: tuple[Node, ...]


Node = (
    Literal
    | FactName
    | ValueName
    | Known
    | Negation
    | Not
    | Arithmetic
    | Comparison
    | Membership
    | Logic
    | Conditional
    | Call
)


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes directly below one."""
    match node:
        case Literal() | FactName() | ValueName():
            return ()
        case Known():
            return (node.fact,)
        case Negation() | Not():
            return (node.operand,)
        case Arithmetic():
            return (node.left, node.right)
        case Comparison() | Logic():
            return node.operands
        case Membership():
            return (node.operand, *node.choices)
        case Conditional():
            return (node.condition, node.then, node.otherwise)
        case Call():
            return node.arguments


def facts_used(node: Node) -> tuple[str, ...]:
    """Names of the facts an expression needs, each once, in order of first use."""
    found: dict[str, None] = {}
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, FactName):
            found[current.name] = None
        waiting.extend(reversed(parts(current)))
    return tuple(found)
