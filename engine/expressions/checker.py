"""Types one expression, bottom up.

Bare numbers take the type of what they meet: ``note_rate <= 0.36`` and ``days_past_due > 10`` are
meant; an amount of money is never a bare number, since 15 could be dollars or cents. Named values
of a document (the dated figures of a rule) have no declared type: they take it from what they
meet, which ``infer`` finds before the check.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final

from engine.errors import Problem
from engine.expressions import calls, leaves, tree
from engine.expressions.arithmetic import ARTICLES, SUMS, mend, product
from engine.expressions.open_value import Found, Open, joined
from engine.expressions.parse import Source
from engine.expressions.plain import adapted, is_plain
from engine.expressions.vocabulary import Vocabulary
from engine.facts.fact import FactType

_BINARY: Final[dict[type[ast.operator], tree.Sign]] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
_COMPARE: Final[dict[type[ast.cmpop], tree.Order]] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


class Checker:
    """Types one expression; collects every fault."""

    def __init__(
        self,
        source: Source,
        vocabulary: Vocabulary,
        types: dict[str, FactType | None],
        *,
        numbers_bind: bool = False,
    ) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.types = types
        self.numbers_bind = numbers_bind
        self.problems: list[Problem] = []

    def fault(self, node: ast.expr, message: str, mend: str, code: str) -> None:
        self.problems.append(
            Problem(
                message=message,
                column=self.source.column(node),
                mend=mend,
                code=f"expression_{code}",
            )
        )

    def place(self, node: ast.expr) -> tuple[str, int]:
        return self.source.of(node), self.source.column(node)

    def unknown_type(self, node: ast.expr, value: Open) -> None:
        message = f"the type of {' and '.join(value.names)} cannot be told"
        self.fault(node, message, "compare it with a fact of the same type", "untyped")

    def node(self, node: ast.expr) -> Found:
        """The typed node of a syntax node."""
        match node:
            case ast.Constant():
                return leaves.literal(self, node)
            case ast.Name():
                return leaves.name(self, node)
            case ast.UnaryOp(op=ast.Not()):
                text, column = self.place(node)
                operand = self._wanted(node.operand, FactType.flag)
                if operand is None:
                    return None
                return tree.Not(type=FactType.flag, text=text, column=column, operand=operand)
            case ast.UnaryOp():
                return self._sign(node)
            case ast.BinOp():
                return self._arithmetic(node)
            case ast.BoolOp():
                return self._logic(node)
            case ast.Compare(ops=[ast.In() | ast.NotIn()]):
                return self._membership(node)
            case ast.Compare():
                return self._comparison(node)
            case ast.IfExp():
                return self._conditional(node)
            case ast.Call():
                return calls.call(self, node)
        raise AssertionError(f"parse let {type(node).__name__} through")

    # --- meeting of types -----------------------------------------------------------------------

    def fit(self, node: tree.Node, want: FactType) -> tree.Node | None:
        """The node as the wanted type: itself, or a bare number adapted; else None."""
        return node if node.type == want else adapted(node, want)

    def bind(self, value: Open, type: FactType) -> None:
        """Values met something of that type: so they are of that type."""
        for name in value.names:
            self.types[name] = self.types[name] or type

    def together(self, nodes: Sequence[ast.expr]) -> list[tree.Node] | Open | None:
        """Nodes brought to one type: the first that is no bare number says which."""
        founds = [self.node(node) for node in nodes]
        still_open = joined(founds)
        if still_open is not None:
            return still_open
        typed = [found for found in founds if isinstance(found, tree.Node)]
        leading = next((found for found in typed if not is_plain(found)), None)
        if leading is None and typed and (self.numbers_bind or len(typed) == len(founds)):
            leading = typed[0]
        if leading is None:
            self.report_open(nodes, founds)
            return None
        result = []
        for node, found in zip(nodes, founds, strict=True):
            told = self._told(node, found, leading.type)
            if told is None:
                continue
            fitted = self.fit(told, leading.type)
            if fitted is None:
                self._clash(node, told, leading)
            else:
                result.append(fitted)
        return result if len(result) == len(nodes) else None

    def _told(self, node: ast.expr, found: Found, type: FactType) -> tree.Node | None:
        """What was found in a node, typed now where it was still open; None where it is wrong."""
        if isinstance(found, Open):
            self.bind(found, type)
            found = self.node(node)
        return found if isinstance(found, tree.Node) else None

    def report_open(self, nodes: Sequence[ast.expr], founds: Sequence[Found]) -> None:
        """Say of each part still open that its type cannot be told, unless a part is wrong."""
        for node, found in zip(nodes, founds, strict=True):
            if isinstance(found, Open) and None not in founds:
                self.unknown_type(node, found)

    def _clash(self, node: ast.expr, found: tree.Node, leading: tree.Node) -> None:
        message = (
            f"{found.text} is {ARTICLES[found.type]} and "
            f"{leading.text} is {ARTICLES[leading.type]}; they do not meet"
        )
        self.fault(node, message, mend(leading.type, found.type), "type")

    def _wanted(self, node: ast.expr, want: FactType) -> tree.Node | None:
        found = self._told(node, self.node(node), want)
        if found is None:
            return None
        fitted = self.fit(found, want)
        if fitted is None:
            message = f"{ARTICLES[want]} is needed, {found.text} is {ARTICLES[found.type]}"
            self.fault(node, message, mend(want, found.type), "type")
        return fitted

    # --- operators ------------------------------------------------------------------------------

    def _sign(self, node: ast.UnaryOp) -> Found:
        operand = self.node(node.operand)
        if not isinstance(operand, tree.Node):
            return operand
        if operand.type in (FactType.text, FactType.flag, FactType.date):
            message = f"{operand.text} is {ARTICLES[operand.type]} and has no sign"
            self.fault(node, message, "", "type")
            return None
        if isinstance(node.op, ast.UAdd):
            return operand
        text, column = self.place(node)
        return tree.Negation(type=operand.type, text=text, column=column, operand=operand)

    def _arithmetic(self, node: ast.BinOp) -> Found:
        operator = _BINARY[type(node.op)]
        sides = [self.node(node.left), self.node(node.right)]
        still_open = joined(sides)
        if still_open is not None and operator != "*":
            return still_open
        left, right = self._operands(node, operator, sides)
        if left is None or right is None:
            return None
        if operator == "*":
            result = product(left.type, right.type)
        else:
            left, right = self._alike(left, right)
            result = SUMS.get((operator, left.type, right.type))
        if result is None:
            verb = {"+": "added to", "-": "subtracted from", "*": "multiplied with"}[operator]
            first, second = (right, left) if operator == "-" else (left, right)
            message = (
                f"{ARTICLES[first.type]} ({first.text}) cannot be {verb} "
                f"{ARTICLES[second.type]} ({second.text})"
            )
            self.fault(node, message, mend(left.type, right.type), "type")
            return None
        text, column = self.place(node)
        return tree.Arithmetic(
            type=result, text=text, column=column, operator=operator, left=left, right=right
        )

    def _operands(
        self, node: ast.BinOp, operator: str, sides: list[Found]
    ) -> tuple[tree.Node | None, tree.Node | None]:
        """Both sides of + - *, a value still open taking its type from the other side."""
        for this, other in ((0, 1), (1, 0)):
            one, two = sides[this], sides[other]
            if isinstance(one, Open) and isinstance(two, tree.Node):
                if operator == "*" and two.type == FactType.money:
                    self.bind(one, FactType.rate)
                elif operator != "*" and two.type == FactType.date:
                    self.bind(one, FactType.days)
                elif operator != "*" and (self.numbers_bind or not is_plain(two)):
                    self.bind(one, two.type)
                elif self.numbers_bind:
                    self.bind(one, FactType.number)
                sides[this] = self.node(node.left if this == 0 else node.right)
        self.report_open((node.left, node.right), sides)
        left, right = sides
        return (
            left if isinstance(left, tree.Node) else None,
            right if isinstance(right, tree.Node) else None,
        )

    def _alike(self, left: tree.Node, right: tree.Node) -> tuple[tree.Node, tree.Node]:
        """A bare number takes the type of the other side of a sum; beside a date it is days."""
        want_right = FactType.days if left.type == FactType.date else left.type
        want_left = FactType.days if right.type == FactType.date else right.type
        if is_plain(right) and not is_plain(left):
            return left, self.fit(right, want_right) or right
        if is_plain(left) and not is_plain(right):
            return self.fit(left, want_left) or left, right
        return left, right

    def _logic(self, node: ast.BoolOp) -> Found:
        operands = [self._wanted(operand, FactType.flag) for operand in node.values]
        text, column = self.place(node)
        flags = tuple(operand for operand in operands if operand is not None)
        if len(flags) < len(operands):
            return None
        return tree.Logic(
            type=FactType.flag,
            text=text,
            column=column,
            operator="and" if isinstance(node.op, ast.And) else "or",
            operands=flags,
        )

    def _comparison(self, node: ast.Compare) -> Found:
        operands = self.together([node.left, *node.comparators])
        if not isinstance(operands, list):
            self.report_open([node], [operands])
            return None
        operators = tuple(_COMPARE[type(operator)] for operator in node.ops)
        if operands[0].type in (FactType.text, FactType.flag) and not {*operators} <= {"==", "!="}:
            message = f"{ARTICLES[operands[0].type]} has no order; only == and != compare it"
            self.fault(node, message, "", "type")
            return None
        text, column = self.place(node)
        return tree.Comparison(
            type=FactType.flag,
            text=text,
            column=column,
            operators=operators,
            operands=tuple(operands),
        )

    def _membership(self, node: ast.Compare) -> Found:
        choices = node.comparators[0]
        assert isinstance(choices, ast.List)
        alike = self.together([node.left, *choices.elts])
        if not isinstance(alike, list):
            self.report_open([node], [alike])
            return None
        text, column = self.place(node)
        return tree.Membership(
            type=FactType.flag,
            text=text,
            column=column,
            operand=alike[0],
            choices=tuple(alike[1:]),
            negated=isinstance(node.ops[0], ast.NotIn),
        )

    def _conditional(self, node: ast.IfExp) -> Found:
        condition = self._wanted(node.test, FactType.flag)
        branches = self.together([node.body, node.orelse])
        if condition is None or not isinstance(branches, list):
            return branches if isinstance(branches, Open) else None
        text, column = self.place(node)
        return tree.Conditional(
            type=branches[0].type,
            text=text,
            column=column,
            condition=condition,
            then=branches[0],
            otherwise=branches[1],
        )
