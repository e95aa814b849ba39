"""SQL from the checked tree says what the engine says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import DefinitionError
from engine.expressions.check import check
from engine.expressions.expression import CheckedExpression, compile_expression
from engine.expressions.faults import ExpressionFault
from engine.expressions.vocabulary import Vocabulary
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY, Facts
from engine.values.money import Money
from engine.values.rate import Rate
from store.conditions import Condition, condition_to_sql
from tests.engine.expressions.written import NAMES, expressions, facts

ALL_NAMES = sorted(name for names in NAMES.values() for name in names)
COLUMNS = {name: f"f.{name}" for name in ALL_NAMES}
SQL_TYPES = {FactType.text: "text", FactType.flag: "boolean", FactType.date: "date"}
TOO_FAR = (asyncpg.DatetimeFieldOverflowError, asyncpg.NumericValueOutOfRangeError)
Ask = Callable[[Condition, Facts], "tuple[bool | None, bool | None]"]


@pytest.fixture(scope="module")
def ask(postgres_url: str) -> Iterator[Ask]:
    """Asks a condition of one row that holds the facts."""
    loop = asyncio.new_event_loop()
    connection = loop.run_until_complete(asyncpg.connect(postgres_url))
    row = ", ".join(
        f"${at}::{SQL_TYPES.get(VOCABULARY[name].type, 'numeric')} AS {name}"
        for at, name in enumerate(ALL_NAMES, 1)
    )

    def asked(condition: Condition, known: Facts) -> tuple[bool | None, bool | None]:
        sql = f"SELECT {condition.possible}, {condition.certain} FROM (SELECT {row}) AS f"
        values = [sql_value(known.value(name)) for name in ALL_NAMES]
        found = loop.run_until_complete(connection.fetchrow(sql, *values, *condition.parameters))
        return found[0], found[1]

    yield asked
    loop.run_until_complete(connection.close())
    loop.close()


def sql_value(value: Any) -> Any:
    match value:
        case Money():
            return Decimal(value.minor)
        case Rate():
            return Decimal(value.text())
        case bool():
            return value
        case int():
            return Decimal(value)
        case _:
            return value


def sql(expression: CheckedExpression, known: list[str]) -> Condition:
    columns = {name: COLUMNS[name] for name in known}
    return condition_to_sql(expression.tree, columns=columns, first_parameter=len(ALL_NAMES) + 1)


def expected(expression: CheckedExpression, known: Facts) -> bool | None:
    try:
        return expression.is_true(known)
    except ExpressionFault:
        return None


@settings(max_examples=200)
@given(expressions(FactType.flag), facts(), st.sets(st.sampled_from(ALL_NAMES), max_size=8))
def test_sql_says_what_the_engine_says(
    ask: Ask, text: str, known: Facts, no_columns: set[str]
) -> None:
    try:
        expression = compile_expression(text, FactType.flag)
    except DefinitionError:
        return
    condition = sql(expression, [name for name in ALL_NAMES if name not in no_columns])
    try:
        possible, certain = ask(condition, known)
    except TOO_FAR:
        return
    answer = expected(expression, known)
    if answer is None:
        return
    if not condition.undecided:
        assert possible is answer and certain is answer, text
    assert possible is not False or answer is False, text
    assert certain is not True or answer is True, text


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("round_to(note_rate, 0.005) == 0.085", True),
        ("divide(7, 3, 2) == 2.33 and divide(-7, 2, 0) == -4", True),
        ('floor_to(-money("0.07"), money("0.05")) == -money("0.10")', True),
        ('ceil_to(money("0.07"), money("0.05")) == money("0.10")', True),
        ('add_months(date("2026-01-31"), 1) == date("2026-02-28")', True),
        ('weekday(date("2026-01-04")) == 7 and year(contract_date) == 2026', True),
        ('lookup(state, "TX", 1, "CA", 2, 3) == 2', True),
        ('date("2026-03-01") - contract_date == 59', True),
        ("0.08 < note_rate <= 0.0825", True),
        ('state not in ["CA", "NY"]', False),
    ],
)
def test_functions_round_and_count_alike(ask: Ask, text: str, holds: bool) -> None:
    known = Facts.of(state="CA", contract_date=date(2026, 1, 1), note_rate=Rate.parse("0.0825"))
    expression = compile_expression(text, FactType.flag)
    assert expected(expression, known) is holds
    assert ask(sql(expression, ALL_NAMES), known) == (holds, holds)


def test_nothing_an_author_wrote_stands_in_the_statement() -> None:
    text = 'state == "CA\' OR TRUE --" and note_rate > 0.36'
    condition = sql(compile_expression(text, FactType.flag), ALL_NAMES)
    assert "OR TRUE" not in condition.possible
    assert condition.parameters == ("CA' OR TRUE --", Decimal("0.36"))


def test_what_sql_does_not_know_is_named_and_narrows() -> None:
    text = "days_past_due > 10 and (apr > 0.36 or is_business_day(contract_date))"
    condition = sql(compile_expression(text, FactType.flag), ["days_past_due", "contract_date"])
    assert condition.undecided == ("apr", "is_business_day")
    assert condition.possible.endswith("AND (TRUE OR TRUE))")
    assert condition.certain.endswith("AND (FALSE OR FALSE))")
    negated = compile_expression("not (days_past_due > 10 and apr > 0.36)", FactType.flag)
    assert "AND FALSE" in sql(negated, ["days_past_due"]).possible


def test_figures_of_a_rule_are_parameters() -> None:
    vocabulary = Vocabulary(facts=VOCABULARY, values={"most": FactType.days})
    tree = check("days_past_due > most", vocabulary, FactType.flag)
    assert condition_to_sql(tree, (10,)).parameters == (Decimal(10),)
    assert condition_to_sql(tree, (Fraction(10),)).parameters == (Decimal(10),)
