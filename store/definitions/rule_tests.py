"""Run the tests in a rule's file; a rule must show both sides of itself."""

from __future__ import annotations

from collections.abc import Iterator

from engine.compliance.compile_table import given
from engine.compliance.rule import Rule, Table
from engine.compliance.rule_tests import run_tests, sides_shown
from engine.errors import Problem
from store.definitions.definition import Definition


def run_rule_tests(definition: Definition) -> int:
    """Run a rule's tests; those that fail, and sides not shown, are added to its file."""
    rule: Rule = definition.value
    for problem in _one_sided(rule):
        definition.add(problem)
    outcomes = run_tests(rule)
    for problem in _rows_not_shown(rule, {outcome.row for outcome in outcomes}):
        definition.add(problem)
    for outcome in outcomes:
        if not outcome.passed:
            wanted = rule.tests[outcome.number].row
            expected = f'{outcome.expected} by the row "{wanted}"' if wanted else outcome.expected
            found = f'{outcome.got} by the row "{outcome.row}"' if wanted else outcome.got
            definition.add(
                Problem(
                    message=f"{outcome.name}: expected {expected}, found {found}",
                    path=f"/tests/{outcome.number}/expect",
                    mend="mend the rule or what the test expects",
                    code="rule_test",
                )
            )
    return len(rule.tests)


def _one_sided(rule: Rule) -> Iterator[Problem]:
    """What the tests do not show: the rule holding or letting be, and the rule biting."""
    bites, lets_be = sides_shown(rule)
    if not bites:
        yield _wanted(
            "no test shows the rule biting", "add a test that the rule refuses or narrows"
        )
    if not lets_be:
        yield _wanted("no test shows the rule holding", "add a test that the rule lets be")


def _rows_not_shown(rule: Rule, reached: set[str]) -> Iterator[Problem]:
    """Rows of a decision table that no test comes to."""
    if isinstance(rule, Table):
        for path, row in given(rule):
            if row.name not in reached:
                message = f'no test comes to the row "{row.name}"'
                yield Problem(message=message, path=path, mend="add one", code="untested")


def _wanted(message: str, mend: str) -> Problem:
    return Problem(message=message, path="/tests", mend=mend, code="untested")
