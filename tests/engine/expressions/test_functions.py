"""The functions of the language, one by one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from engine.expressions.expression import compile_expression
from engine.expressions.functions import (
    FUNCTIONS,
    ceil_to,
    divide,
    floor_to,
    months_between,
    round_to,
    years_between,
)
from engine.facts.fact import FactType
from engine.facts.facts import Facts


@pytest.mark.parametrize(
    ("amount", "rounded", "floored", "raised"),
    [
        (12, 10, 10, 15), (13, 15, 10, 15), (10, 10, 10, 10),
        (-12, -10, -15, -10), (-13, -15, -15, -10),
    ],
)  # fmt: skip
def test_multiples_of_a_step(amount: int, rounded: int, floored: int, raised: int) -> None:
    assert round_to(amount, 5) == rounded
    assert floor_to(amount, 5) == floored
    assert ceil_to(amount, 5) == raised


def test_halves_go_away_from_zero_as_in_sql() -> None:
    assert round_to(Fraction(5, 2), 1) == 3 and round_to(Fraction(-5, 2), 1) == -3
    assert divide(1, 8, 2) == Fraction("0.13") and divide(-1, 8, 2) == Fraction("-0.13")


@pytest.mark.parametrize(
    ("first", "second", "months", "years"),
    [
        ("2026-01-31", "2026-02-28", 1, 0),
        ("2026-01-31", "2026-02-27", 0, 0),
        ("2024-02-29", "2025-02-28", 12, 1),
        ("2026-01-15", "2027-01-14", 11, 0),
        ("2026-03-01", "2026-01-31", -1, 0),
        ("2026-01-15", "2025-01-15", -12, -1),
    ],
)
def test_whole_months_and_years(first: str, second: str, months: int, years: int) -> None:
    days = date.fromisoformat(first), date.fromisoformat(second)
    assert months_between(*days) == months and years_between(*days) == years


@pytest.mark.parametrize(
    ("text", "type", "expected"),
    [
        ('days_between(date("2026-01-01"), date("2026-03-01"))', "days", 59),
        ('add_months(date("2026-01-31"), 1)', "date", date(2026, 2, 28)),
        ('add_business_days(date("2026-01-02"), 1)', "date", date(2026, 1, 5)),
        ('business_days_between(date("2026-01-02"), date("2026-01-09"))', "days", 5),
        ('weekday(date("2026-01-04"))', "number", 7),
        ('year(date("2026-01-04"))', "number", 2026),
        ('month(date("2026-01-04"))', "number", 1),
        ('max(date("2026-01-04"), date("2026-02-04"))', "date", date(2026, 2, 4)),
        ("abs(-3)", "number", 3),
        ("percent(5)", "rate", Fraction(1, 20)),
        ("min(3, 1, 2)", "number", 1),
        ('lookup("b", "a", 1, "b", 2, 3)', "number", 2),
        ('lookup("x", "a", 1, "b", 2, 3)', "number", 3),
    ],
)
def test_calls(text: str, type: str, expected: object) -> None:
    assert compile_expression(text, FactType(type)).evaluate(Facts()) == expected


def test_every_function_says_how_it_is_written() -> None:
    assert all(function.usage.startswith(f"{name}(") for name, function in FUNCTIONS.items())
