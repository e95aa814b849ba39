"""Tests in a rule's file are run, and both sides of the rule are wanted."""

from __future__ import annotations

import pytest

from store.definitions.definition import definition_of
from store.definitions.rule_tests import run_rule_tests

RULE = """\
rule: us.federal.test.cap
title: A cap for tests
kind: requirement
at: [quote]
must_hold: note_rate <= maximum
otherwise: refuse
message: Too high.
citation: {cite: none}
values: {maximum: {2020-01-01: "0.36"}}
tests:
"""
HOLDS = '  - {on: 2026-01-01, given: {note_rate: "0.36"}, expect: pass}\n'
BITES = '  - {on: 2026-01-01, given: {note_rate: "0.37"}, expect: refuse}\n'
WRONG = '  - {on: 2026-01-01, given: {note_rate: "0.37"}, expect: pass, name: too high}\n'


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        (HOLDS + BITES, []),
        (HOLDS, ["/tests no test shows the rule biting"]),
        (BITES, ["/tests no test shows the rule holding"]),
        (WRONG + BITES, ["/tests/0/expect too high: expected pass, found refuse"]),
    ],
)
def test_what_the_tests_of_a_rule_come_to(tests: str, words: list[str]) -> None:
    definition = definition_of(RULE + tests, "cap.yaml")
    assert definition.value is not None, definition.problems
    assert run_rule_tests(definition) == tests.count("expect")
    assert [f"{problem.path} {problem.message}" for problem in definition.problems] == words


def test_a_limit_bites_where_it_narrows() -> None:
    limit = RULE.replace("kind: requirement", "kind: limit\nnarrows: note_rate\nmaximum: maximum")
    limit = limit.replace("must_hold: note_rate <= maximum\notherwise: refuse\n", "")
    tests = '  - {on: 2026-01-01, given: {note_rate: "0.37"}, expect: "0.36"}\n'
    definition = definition_of(limit + tests, "cap.yaml")
    assert definition.value is not None, definition.problems
    run_rule_tests(definition)
    assert [problem.message for problem in definition.problems] == [
        "no test shows the rule holding"
    ]
