"""The tests in a rule's own file: facts given on a day, and what the rule must say."""

from __future__ import annotations

from typing import TypeGuard

import msgspec

from engine.compliance.compile_rule import compile_rule
from engine.compliance.compiled_rule import (
    CompiledLimit,
    CompiledRequirement,
    CompiledRule,
    CompiledTable,
)
from engine.compliance.limits import narrow
from engine.compliance.requirements import finding_of, table_finding
from engine.compliance.rule import Limit, Requirement, Rule, RuleTest, Table
from engine.compliance.rule_book import RuleBook
from engine.errors import Refused
from engine.expressions.faults import ExpressionFault
from engine.expressions.scan import did_you_mean
from engine.facts.fact import FactValue
from engine.facts.facts import VOCABULARY, Facts
from engine.facts.written import parse_fact
from engine.values.money import Money
from engine.values.rate import Rate

NOT_APPLICABLE = "not_applicable"


class TestOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """How one test of a rule came out."""

    __test__ = False
    number: int
    """Place in the file, from 0."""
    name: str
    expected: str
    got: str
    row: str = ""
    """The row of a decision table that decided."""
    passed: bool


def run_tests(rule: Rule) -> tuple[TestOutcome, ...]:
    """Every test of a rule; DefinitionError when the rule itself is wrong."""
    compiled = compile_rule(rule)
    outcomes = []
    for number, test in enumerate(rule.tests):
        got, row = answer(compiled, test), row_reached(compiled, test)
        outcomes.append(
            TestOutcome(
                number=number,
                name=test.name or f"test {number + 1}",
                expected=test.expect,
                got=got,
                row=row,
                passed=got == as_written(compiled, test.expect) and test.row in ("", row),
            )
        )
    return tuple(outcomes)


def sides_shown(rule: Rule) -> tuple[bool, bool]:
    """Whether the tests show the rule biting, and the rule holding or letting be."""
    applied = [test for test in rule.tests if test.expect != NOT_APPLICABLE]
    biting = [test for test in applied if _bites(rule, test)]
    return bool(biting), len(biting) < len(applied)


def _bites(rule: Rule, test: RuleTest) -> bool:
    match rule:
        case Requirement() | Table(narrows=""):
            return test.expect != "pass"
        case Limit() | Table():
            return test.expect != str(test.given.get(rule.narrows))


def answer(compiled: CompiledRule, test: RuleTest) -> str:
    """What the rule says of a test, in the words of ``expect``; a fault is told as such."""
    try:
        facts = given_facts(compiled, test)
        if not compiled.place.governs(facts.loan.country, facts.loan.state):
            return NOT_APPLICABLE
        match compiled:
            case CompiledRequirement():
                finding = finding_of(compiled, facts, test.on)
                return finding.outcome if finding else NOT_APPLICABLE
            case CompiledTable() if not compiled.rule.narrows:
                finding = table_finding(compiled, facts, test.on)
                return finding.outcome if finding else NOT_APPLICABLE
            case CompiledLimit() | CompiledTable():
                return _lawful(compiled, test, facts)
    except (ExpressionFault, ValueError) as fault:
        return f"fault: {fault}"
    except Refused as refused:
        return f"fault: {refused.refusals[0].message}"


def given_facts(compiled: CompiledRule, test: RuleTest) -> Facts:
    """The facts of a test; place, contract and application date follow from the rule and the day.

    Raises ValueError that names the fact and says how it is written.
    """
    place = compiled.place
    known: dict[str, FactValue | None] = {
        "event_date": test.on,
        "contract_date": test.on,
        "application_date": test.on,
        "country": place.countries[0] if place.countries else "US",
        "state": place.state or None,
    }
    for name, written in test.given.items():
        fact = VOCABULARY.get(name)
        if fact is None:
            hint = did_you_mean(name, list(VOCABULARY))
            raise ValueError(f"there is no fact named {name}{'; ' if hint else ''}{hint}")
        try:
            known[name] = parse_fact(fact.type, written, place.currency)
        except ValueError as wrong:
            raise ValueError(f"{name}: {wrong}") from None
    return Facts.of(**known)


def row_reached(compiled: CompiledRule, test: RuleTest) -> str:
    """The row of a decision table a test comes to; empty where there is none."""
    if not isinstance(compiled, CompiledTable):
        return ""
    try:
        facts = given_facts(compiled, test)
        figures = compiled.figures_for(facts, test.on)
        if figures is None or not compiled.concerns(facts, figures):
            return ""
        hit = compiled.hit(facts, figures)
    except (ExpressionFault, ValueError):
        return ""
    return hit.row.name if hit else ""


def _lawful(limit: CompiledLimit | CompiledTable, test: RuleTest, facts: Facts) -> str:
    subject = limit.rule.narrows
    asked = facts.value(subject)
    if asked is None:
        raise ValueError(f"{subject} must be given")
    assert not isinstance(asked, str), "only amounts are narrowed"
    figures = limit.figures_for(facts, test.on)
    if figures is None or not limit.concerns(facts, figures):
        return NOT_APPLICABLE
    book = RuleBook({limit.name: limit})
    lawful = narrow(book, limit.rule.at[0], subject, asked, facts, test.on)
    return _text(lawful.amount, limit.place.currency)


def as_written(compiled: CompiledRule, expected: str) -> str:
    """The expected amount as amounts are written: for a rate "0.060" is "0.06"."""
    if _narrows(compiled) and expected != NOT_APPLICABLE:
        try:
            found = figure_of(compiled, expected)
        except ValueError:
            return expected
        return _text(found, compiled.place.currency)
    return expected


def _narrows(compiled: CompiledRule) -> TypeGuard[CompiledLimit | CompiledTable]:
    """Whether the rule answers with an amount."""
    return isinstance(compiled, CompiledLimit) or (
        isinstance(compiled, CompiledTable) and bool(compiled.rule.narrows)
    )


def figure_of(limit: CompiledLimit | CompiledTable, text: str) -> FactValue:
    """An amount a test expects; counts and days are quoted text here."""
    written: object = int(text) if text.lstrip("-").isdecimal() and _counts(limit) else text
    return parse_fact(limit.type, written, limit.place.currency)


def _counts(limit: CompiledLimit | CompiledTable) -> bool:
    return limit.type.value in ("number", "days")


def _text(amount: object, currency: str) -> str:
    match amount:
        case Money():
            return amount.text(currency)
        case Rate():
            return amount.text()
        case _:
            return str(amount)
