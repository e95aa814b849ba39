"""Text to Python syntax tree, refused unless every construct is one of the language's own."""

from __future__ import annotations

import ast
from typing import Final

from engine.errors import DefinitionError, Problem
from engine.expressions.functions import FUNCTIONS
from engine.expressions.scan import MAX_DEPTH, did_you_mean, normalized, scan

MAX_NODES: Final = 200

_ALLOWED: Final = (
    ast.Constant, ast.Name, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call,
)  # fmt: skip
_OPERATORS: Final = (
    ast.UAdd, ast.USub, ast.Not, ast.Add, ast.Sub, ast.Mult, ast.And, ast.Or,
    ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.In, ast.NotIn,
)  # fmt: skip


class Source:
    """The text of one expression; gives the column and the text of each syntax node."""

    def __init__(self, text: str) -> None:
        self.text = normalized(text)
        self._bytes = self.text.encode()

    def column(self, node: ast.expr) -> int:
        """From 1, in characters; Python counts bytes."""
        return len(self._bytes[: node.col_offset].decode()) + 1

    def of(self, node: ast.expr) -> str:
        """The node as written."""
        assert node.end_col_offset is not None
        return self._bytes[node.col_offset : node.end_col_offset].decode()


def parse(text: str) -> tuple[Source, ast.expr]:
    """The syntax tree of an expression; DefinitionError with every fault found."""
    shown = normalized(text)
    problems = scan(shown)
    if problems:
        raise DefinitionError(problems)
    lead = len(shown) - len(shown.lstrip(" "))
    source = Source(shown)
    try:
        # The parentheses let a text begin with spaces; their width is taken off again below.
        body = ast.parse(f"({shown})", mode="eval").body
    except SyntaxError as error:
        column = max(1, (error.offset or 2) - 1)
        raise DefinitionError((_syntax(column, lead),)) from None
    for node in ast.walk(body):
        if isinstance(node, ast.expr):
            node.col_offset -= 1
            assert node.end_col_offset is not None
            node.end_col_offset -= 1
    problems = tuple(_refused(source, body))
    if problems:
        raise DefinitionError(problems)
    return source, body


def _syntax(column: int, lead: int) -> Problem:
    return Problem(
        message="this is not an expression",
        column=max(column, lead + 1),
        code="expression_syntax",
        mend="look for a missing operator, bracket or quote",
    )


def _refused(source: Source, body: ast.expr) -> list[Problem]:
    problems: list[Problem] = []
    waiting: list[tuple[ast.expr, int]] = [(body, 1)]
    count = 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if count > MAX_NODES or depth > MAX_DEPTH:
            most = f"more than {MAX_NODES} parts" if count > MAX_NODES else "nested too deep"
            message = f"{most}; at most {MAX_NODES} parts, {MAX_DEPTH} deep, are allowed"
            return [_problem(source, node, message, "split it", "too_large")]
        waiting.extend((below, depth + 1) for below in _below(source, node, problems))
    return sorted(problems, key=lambda problem: problem.column)


def _below(source: Source, node: ast.expr, problems: list[Problem]) -> list[ast.expr]:
    """The nodes under one that is allowed; a problem when it is not."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            if name not in FUNCTIONS:
                mend = did_you_mean(name, list(FUNCTIONS))
                problems.append(
                    _problem(source, node, f"there is no function {name}", mend, "function")
                )
            return arguments
        case ast.Call():
            message = "only the functions of the language are called, without named arguments"
            problems.append(_problem(source, node, message, "", "call"))
            return []
        case ast.Compare(left=left, ops=operators, comparators=right):
            if any(isinstance(operator, ast.In | ast.NotIn) for operator in operators):
                return [left, *_choices(source, node, problems)]
            return [left, *right]
        case _ if not isinstance(node, _ALLOWED):
            message = f"{source.of(node)[:40]} is not part of the language"
            mend = "a list stands only after in" if isinstance(node, ast.List) else ""
            problems.append(_problem(source, node, message, mend, "construct"))
            return []
        case _:
            assert all(
                isinstance(child, _OPERATORS)
                for child in ast.iter_child_nodes(node)
                if isinstance(child, ast.operator | ast.unaryop | ast.boolop | ast.cmpop)
            ), "scan lets no other operator through"
            return [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def _choices(source: Source, node: ast.Compare, problems: list[Problem]) -> list[ast.expr]:
    """The list after ``in``, which is written out and not chained."""
    if len(node.ops) == 1 and isinstance(node.comparators[0], ast.List):
        if node.comparators[0].elts:
            return node.comparators[0].elts
        problems.append(_problem(source, node, "the list after in is empty", "", "construct"))
        return []
    message = 'after in stands a list such as ["CA", "NY"], and no further comparison'
    problems.append(_problem(source, node, message, "", "construct"))
    return []


def _problem(source: Source, node: ast.expr, message: str, mend: str, code: str) -> Problem:
    return Problem(
        message=message, column=source.column(node), mend=mend, code=f"expression_{code}"
    )
