"""Random text never crashes, hangs or leaks: it is refused, or it is an expression."""

from __future__ import annotations

import random
import time

import pytest

from engine.errors import DefinitionError
from engine.expressions.expression import compile_expression
from engine.expressions.faults import ExpressionFault
from engine.expressions.functions import FUNCTIONS
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY, Facts

WORDS = [
    *list(VOCABULARY)[:12], *FUNCTIONS, "and", "or", "not", "in", "if", "else", "true", "false",
    "(", ")", "[", "]", ",", "+", "-", "*", "<", "<=", "==", "!=", ">", "0", "0.36", "15", '"CA"',
    '"15.00"', 'money("15.00")', 'date("2026-01-31")', "days(10)", "percent(5)",
    "lambda", "**", "/", ".", ":=", "{", "'", "\\", "\n", "é", "__class__", "1e9", "None",
]  # fmt: skip


def tried(chance: random.Random) -> float:
    """Seconds one random text took to be refused, or compiled and evaluated."""
    glue = chance.choice(["", " ", " "])
    text = glue.join(chance.choice(WORDS) for _ in range(chance.randint(1, 40)))
    began = time.perf_counter()
    try:
        expression = compile_expression(text, chance.choice(list(FactType)))
        expression.evaluate(Facts())
    except (DefinitionError, ExpressionFault) as refused:
        assert "Traceback" not in str(refused) and "object at 0x" not in str(refused)
    return time.perf_counter() - began


def test_random_texts_are_refused_or_mean_something() -> None:
    chance = random.Random(2026)
    slowest = sorted(tried(chance) for _ in range(3_000))[-3]  # the machine may stall once or twice
    assert slowest < 0.050


@pytest.mark.proof
def test_a_hundred_thousand_random_texts() -> None:
    chance = random.Random(7)
    slowest = sorted(tried(chance) for _ in range(120_000))[-20]
    assert slowest < 0.050
