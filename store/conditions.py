"""Expressions as SQL: a condition asked of the whole book in one statement, from the checked tree.

Numbers are numerics and stay exact: sums and products are exact in PostgreSQL, and rounding goes
through ``div``, never through ``/``. Where a fact is no column (an APR) or a function no SQL (a
business day), the statement narrows and the engine decides the rest: ``possible`` holds for every
loan for which the condition may be true, ``certain`` for those for which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, assert_never

import msgspec

from engine.expressions import tree
from engine.facts.fact import FactType

_RATE: Final = "(s.rate_numerator::numeric(60, 24) / s.rate_denominator)"
COLUMNS: Final[Mapping[str, str]] = {
    "event_date": "$1::date",
    "state": "l.governing_state",
    "product": "s.product",
    "contract_date": "l.contract_date",
    "principal_balance": "s.principal::numeric",
    "accrued_interest": "s.interest::numeric",
    "fees_owed": "s.fees_owed::numeric",
    "current_rate": _RATE,
    "delinquency_stage": "s.stage",
    "days_past_due": "s.days_past_due::numeric",
    "amount_past_due": "s.amount_past_due::numeric",
    "charged_off": "(s.status = 'charged_off')",
}
"""Facts that stand in the book: ``s`` is a loan's standing on day $1, ``l`` its row in ``loan``."""


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A condition as SQL over standings ``s`` and loans ``l``."""

    possible: str
    """True for every loan for which the condition may hold."""
    certain: str
    """True for loans for which it does hold."""
    parameters: tuple[Any, ...]
    undecided: tuple[str, ...]
    """Facts and functions that SQL does not know; empty when ``possible`` is ``certain``."""


def condition_to_sql(
    checked: tree.Node,
    values: tuple[tree.Value, ...] = (),
    *,
    columns: Mapping[str, str] = COLUMNS,
    first_parameter: int = 3,
) -> Condition:
    """The condition as SQL; its parameters are numbered from ``first_parameter``.

    ``values`` are the named values of the document, in the order of its vocabulary.
    """
    assert checked.type == FactType.flag, f"{checked.text} is {checked.type}, no condition"
    writer = _Writer(values, columns, first_parameter)
    possible = writer.flag(checked, certain=False)
    undecided = writer.undecided(checked)
    certain = writer.flag(checked, certain=True) if undecided else possible
    return Condition(
        possible=possible,
        certain=certain,
        parameters=tuple(writer.parameters),
        undecided=undecided,
    )


class _Writer:
    def __init__(
        self, values: tuple[tree.Value, ...], columns: Mapping[str, str], first_parameter: int
    ) -> None:
        self.values = values
        self.columns = columns
        self.first = first_parameter
        self.parameters: list[Any] = []

    def undecided(self, node: tree.Node) -> tuple[str, ...]:
        """Names below a node that SQL does not know, each once."""
        found: dict[str, None] = {}
        waiting = [node]
        while waiting:
            at = waiting.pop()
            if isinstance(at, tree.FactName) and at.name not in self.columns:
                found[at.name] = None
            if isinstance(at, tree.Call) and not _in_sql(at):
                found[at.function] = None
            waiting.extend(tree.parts(at))
        return tuple(sorted(found))

    # --- conditions -----------------------------------------------------------------------------

    def flag(self, node: tree.Node, *, certain: bool) -> str:
        """A condition; what SQL cannot know counts as false when certainty is asked, else true."""
        if not self.undecided(node):
            return self.value(node)
        match node:
            case tree.Not():
                return f"(NOT {self.flag(node.operand, certain=not certain)})"
            case tree.Logic():
                parts = [self.flag(part, certain=certain) for part in node.operands]
                return f"({f' {node.operator.upper()} '.join(parts)})"
            case tree.Conditional():
                yes = self.flag(node.condition, certain=certain)
                no = self.flag(node.condition, certain=not certain)
                then = self.flag(node.then, certain=certain)
                otherwise = self.flag(node.otherwise, certain=certain)
                return f"(({yes} AND {then}) OR (NOT {no} AND {otherwise}))"
            case _:
                return "FALSE" if certain else "TRUE"

    # --- values ---------------------------------------------------------------------------------

    def value(self, node: tree.Node) -> str:
        """A node all of which SQL knows."""
        match node:
            case tree.Literal():
                return self._parameter(node.value, node.type)
            case tree.FactName():
                return self.columns[node.name]
            case tree.ValueName():
                return self._parameter(self.values[node.position], node.type)
            case tree.Known():
                return f"({self.columns[node.fact.name]} IS NOT NULL)"
            case tree.Negation():
                return f"(-{self.value(node.operand)})"
            case tree.Not():
                return f"(NOT {self.value(node.operand)})"
            case tree.Arithmetic():
                return self._arithmetic(node)
            case tree.Comparison():
                return self._comparison(node)
            case tree.Membership():
                choices = ", ".join(self.value(choice) for choice in node.choices)
                operator = "NOT IN" if node.negated else "IN"
                return f"({self.value(node.operand)} {operator} ({choices}))"
            case tree.Logic():
                parts = [self.value(part) for part in node.operands]
                return f"({f' {node.operator.upper()} '.join(parts)})"
            case tree.Conditional():
                condition, then = self.value(node.condition), self.value(node.then)
                return f"(CASE WHEN {condition} THEN {then} ELSE {self.value(node.otherwise)} END)"
            case tree.Call():
                arguments = [self.value(argument) for argument in node.arguments]
                return _FUNCTIONS[node.function](arguments)
            case _ as never:
                assert_never(never)

    def _parameter(self, value: tree.Value, type: FactType) -> str:
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case Fraction():
                held: object = Decimal(value.numerator) / Decimal(value.denominator)
                assert Fraction(str(held)) == value, f"{value} has no finite decimals"
            case int():
                held = Decimal(value)
            case _:
                held = value
        if held not in self.parameters:
            self.parameters.append(held)
        cast = {FactType.text: "text", FactType.date: "date"}.get(type, "numeric")
        return f"${self.first + self.parameters.index(held)}::{cast}"

    def _arithmetic(self, node: tree.Arithmetic) -> str:
        left, right = self.value(node.left), self.value(node.right)
        match (node.operator, node.left.type, node.right.type):
            case (sign, FactType.date, FactType.days):
                return f"({left} {sign} ({right})::int)"
            case (_, FactType.days, FactType.date):
                return f"({right} + ({left})::int)"
            case (_, FactType.date, FactType.date):
                return f"({left} - {right})::numeric"
            case (sign, _, _):
                return f"({left} {sign} {right})"

    def _comparison(self, node: tree.Comparison) -> str:
        short = self._of_column_and_literal(node) if len(node.operands) == 2 else None
        if short is not None:
            return short
        operands = [self.value(operand) for operand in node.operands]
        pairs = zip(operands, node.operators, operands[1:], strict=False)
        written = [f"{a} {_SQL_OPERATORS.get(sign, sign)} {b}" for a, sign, b in pairs]
        return f"({' AND '.join(written)})"

    def _of_column_and_literal(self, node: tree.Comparison) -> str | None:
        """A comparison without any numeric made of a column; None where there is none.

        Whole numbers are compared as they stand in the book, a rate by its numerator.
        """
        left, right = node.operands
        sign = _SQL_OPERATORS.get(node.operators[0], node.operators[0])
        if not isinstance(left, tree.FactName):
            left, right, sign = right, left, _TURNED.get(sign, sign)
        if not isinstance(left, tree.FactName) or not isinstance(
            right, tree.Literal | tree.ValueName
        ):
            return None
        column, value = self.columns[left.name], self.value(right)
        if column == _RATE:
            return f"(s.rate_numerator {sign} {value} * s.rate_denominator)"
        held = right.value if isinstance(right, tree.Literal) else self.values[right.position]
        if column.endswith("::numeric") and isinstance(held, int) and abs(held) < _BIGINT:
            return f"({column.removesuffix('::numeric')} {sign} {value}::bigint)"
        return None


_BIGINT: Final = 2**63
_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SQL_OPERATORS: Final = {"==": "=", "!=": "<>"}


def _in_sql(call: tree.Call) -> bool:
    """Whether SQL says the same; where text is repeated, only over short arguments."""
    if call.function in _REPEATING:
        return all(_is_short(argument) for argument in call.arguments)
    return call.function in _FUNCTIONS


def _is_short(node: tree.Node) -> bool:
    if isinstance(node, tree.Negation):
        return _is_short(node.operand)
    return isinstance(node, tree.Literal | tree.FactName | tree.ValueName)


def _divided(arguments: list[str]) -> str:
    """Half away from zero at the given decimals; null where the divisor is zero."""
    dividend, divisor, places = arguments
    scale = f"power(10::numeric, {places})"
    by = f"nullif(abs({divisor}), 0)"
    sign = f"sign({dividend}) * sign({divisor})"
    return f"({sign} * div(2 * abs({dividend}) * {scale} + {by}, 2 * {by}) / {scale})"


def _rounded(arguments: list[str]) -> str:
    amount, step = arguments
    by = f"nullif(greatest({step}, 0), 0)"
    return f"(sign({amount}) * div(2 * abs({amount}) + {by}, 2 * {by}) * {by})"


def _floored(arguments: list[str]) -> str:
    amount, step = arguments
    by = f"nullif(greatest({step}, 0), 0)"
    rest = f"mod({amount}, {by})"
    return f"({amount} - {rest} - CASE WHEN {rest} < 0 THEN {by} ELSE 0 END)"


def _raised(arguments: list[str]) -> str:
    amount, step = arguments
    return f"(-{_floored([f'(-{amount})', step])})"


def _looked_up(arguments: list[str]) -> str:
    key, *rest = arguments
    pairs = " ".join(f"WHEN {rest[at]} THEN {rest[at + 1]}" for at in range(0, len(rest) - 1, 2))
    return f"(CASE {key} {pairs} ELSE {rest[-1]} END)"


def _part(field: str) -> Callable[[list[str]], str]:
    return lambda arguments: f"extract({field} FROM {arguments[0]})::numeric"


_REPEATING: Final = frozenset({"divide", "round_to", "floor_to", "ceil_to"})
_FUNCTIONS: Final[dict[str, Callable[[list[str]], str]]] = {
    "min": lambda arguments: f"least({', '.join(arguments)})",
    "max": lambda arguments: f"greatest({', '.join(arguments)})",
    "abs": lambda arguments: f"abs({arguments[0]})",
    "percent": lambda arguments: f"({arguments[0]} * 0.01)",
    "divide": _divided,
    "round_to": _rounded,
    "floor_to": _floored,
    "ceil_to": _raised,
    "lookup": _looked_up,
    "days_between": lambda arguments: f"({arguments[1]} - {arguments[0]})::numeric",
    "add_months": lambda a: f"({a[0]} + make_interval(months => ({a[1]})::int))::date",
    "year": _part("year"),
    "month": _part("month"),
    "weekday": _part("isodow"),
}
"""Functions of the language that SQL says alike; the others are the engine's."""
