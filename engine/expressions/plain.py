"""Bare numbers, which take the type of what they meet."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from engine.expressions import tree
from engine.facts.fact import FactType


def is_plain(node: tree.Node) -> bool:
    """Made of bare numbers alone: 10, -0.36, 2 * 15, 10 if state == "CA" else 15."""
    match node:
        case tree.Literal():
            return node.type == FactType.number
        case tree.Negation():
            return is_plain(node.operand)
        case tree.Arithmetic():
            return is_plain(node.left) and is_plain(node.right)
        case tree.Conditional():
            return is_plain(node.then) and is_plain(node.otherwise)
        case _:
            return False


def is_whole(node: tree.Node) -> bool:
    """A plain node without decimals."""
    if isinstance(node, tree.Literal):
        return isinstance(node.value, int)
    if isinstance(node, tree.Conditional):
        return is_whole(node.then) and is_whole(node.otherwise)
    return all(is_whole(part) for part in tree.parts(node))


def adapted(node: tree.Node, want: FactType) -> tree.Node | None:
    """A plain node as a rate, or as days when it is whole; None when that cannot be meant."""
    if not is_plain(node) or want not in (FactType.rate, FactType.days):
        return None
    if want == FactType.days and not is_whole(node):
        return None
    return _retyped(node, want)


def _retyped(node: tree.Node, want: FactType) -> tree.Node:
    match node:
        case tree.Literal():
            assert isinstance(node.value, int | Fraction)
            value = Fraction(node.value) if want == FactType.rate else node.value
            return replace(node, type=want, value=value)
        case tree.Negation():
            return replace(node, type=want, operand=_retyped(node.operand, want))
        case tree.Arithmetic() if node.operator == "*":
            # One factor carries the unit, the other stays a number.
            return replace(node, type=want, left=_retyped(node.left, want))
        case tree.Arithmetic():
            left, right = _retyped(node.left, want), _retyped(node.right, want)
            return replace(node, type=want, left=left, right=right)
        case tree.Conditional():
            then, otherwise = _retyped(node.then, want), _retyped(node.otherwise, want)
            return replace(node, type=want, then=then, otherwise=otherwise)
    raise AssertionError("only plain nodes are retyped")
