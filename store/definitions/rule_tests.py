"""Run the tests in a rule's file; a rule must show both sides of itself."""

from __future__ import annotations

from collections.abc import Iterator

from engine.compliance.rule import Limit, Requirement, Rule, RuleTest
from engine.compliance.rule_tests import run_tests
from engine.errors import Problem
from store.definitions.definition import Definition

_NOT_APPLICABLE = "not_applicable"


def run_rule_tests(definition: Definition) -> int:
    """Run a rule's tests; those that fail, and sides not shown, are added to its file."""
    rule: Rule = definition.value
    for problem in _one_sided(rule):
        definition.add(problem)
    for outcome in run_tests(rule):
        if not outcome.passed:
            definition.add(
                Problem(
                    message=f"{outcome.name}: expected {outcome.expected}, found {outcome.got}",
                    path=f"/tests/{outcome.number}/expect",
                    mend="mend the rule or what the test expects",
                    code="rule_test",
                )
            )
    return len(rule.tests)


def _one_sided(rule: Rule) -> Iterator[Problem]:
    """What the tests do not show: the rule holding or letting be, and the rule biting."""
    applied = [test for test in rule.tests if test.expect != _NOT_APPLICABLE]
    biting = [test for test in applied if _bites(rule, test)]
    if not biting:
        yield _wanted(
            "no test shows the rule biting", "add a test that the rule refuses or narrows"
        )
    if len(biting) == len(applied):
        yield _wanted("no test shows the rule holding", "add a test that the rule lets be")


def _bites(rule: Rule, test: RuleTest) -> bool:
    match rule:
        case Requirement():
            return test.expect != "pass"
        case Limit():
            return test.expect != str(test.given.get(rule.narrows))


def _wanted(message: str, mend: str) -> Problem:
    return Problem(message=message, path="/tests", mend=mend, code="untested")
