"""Two evaluators, one answer: the compiled form and the interpreter agree on everything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import DefinitionError
from engine.expressions.compiled import Unknown, Writer
from engine.expressions.expression import CheckedExpression, compile_expression
from engine.expressions.faults import ExpressionFault
from engine.expressions.interpreted import Interpreter
from engine.expressions.tree import Value
from engine.facts.fact import FactType
from engine.facts.facts import Facts
from engine.values.rate import Rate
from tests.engine.expressions.written import expressions, facts

TYPED = st.sampled_from(list(FactType)).flatmap(
    lambda type: st.tuples(expressions(type), st.just(type))
)


def checked(text: str, type: FactType) -> CheckedExpression | None:
    """The expression, unless it grew beyond the bounds of the language."""
    try:
        return compile_expression(text, type)
    except DefinitionError as error:
        codes = {problem.code for problem in error.problems}
        assert codes <= {"expression_too_long", "expression_too_large", "expression_too_deep"}, text
        return None


def interpreted(expression: CheckedExpression, known: Facts) -> Value | None:
    try:
        return Interpreter(known, ()).value(expression.tree)
    except ExpressionFault:
        return None


def compiled(expression: CheckedExpression, known: Facts) -> Value | None:
    try:
        return Writer().function(expression.tree)(known, ())
    except (Unknown, AttributeError, ArithmeticError, ValueError):
        return None


def same(written: tuple[str, FactType], known: Facts) -> None:
    expression = checked(*written)
    if expression is not None:
        found = compiled(expression, known)
        assert found == interpreted(expression, known), written
        assert found is None or isinstance(found, bool) == (expression.type == FactType.flag)


@settings(max_examples=250, deadline=None)
@given(TYPED, facts())
def test_compiled_and_interpreted_agree(written: tuple[str, FactType], known: Facts) -> None:
    same(written, known)


@pytest.mark.proof
@settings(max_examples=20_000, deadline=None)
@given(TYPED, facts())
def test_they_agree_over_many(written: tuple[str, FactType], known: Facts) -> None:
    same(written, known)


@settings(max_examples=100, deadline=None)
@given(TYPED, facts())
def test_a_trace_ends_in_the_value_and_holds_every_part(
    written: tuple[str, FactType], known: Facts
) -> None:
    expression = checked(*written)
    if expression is None or interpreted(expression, known) is None:
        return
    value, steps = expression.evaluate_traced(known)
    assert steps[-1].value == value == expression.evaluate(known)
    assert steps[-1].depth == 0 and all(step.depth > 0 for step in steps[:-1])


def test_a_trace_tells_each_part_with_its_value() -> None:
    known = Facts.of(covered_borrower=True, military_apr=Rate.parse("0.3601"))
    checked = compile_expression("covered_borrower and military_apr <= 0.36", FactType.flag)
    _, steps = checked.evaluate_traced(known)
    told = [(step.text, str(step.value)) for step in steps]
    assert told == [
        ("covered_borrower", "True"),
        ("military_apr", "3601/10000"),
        ("0.36", "9/25"),
        ("military_apr <= 0.36", "False"),
        ("covered_borrower and military_apr <= 0.36", "False"),
    ]
