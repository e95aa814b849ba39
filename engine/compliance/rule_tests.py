"""The tests in a rule's own file: facts given on a day, and what the rule must say."""

from __future__ import annotations

import msgspec

from engine.compliance.limits import Narrowed, narrow
from engine.compliance.requirements import judge
from engine.compliance.rule import Limit, Rule, RuleTest
from engine.compliance.rule_book import CompiledRule, RuleBook
from engine.expressions.faults import ExpressionFault
from engine.facts.fact import FactValue
from engine.facts.facts import VOCABULARY, Facts
from engine.facts.written import parse_fact
from engine.values.money import Money
from engine.values.rate import Rate


class TestOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """How one test of a rule came out."""

    __test__ = False
    number: int
    """Place in the file, from 0."""
    name: str
    expected: str
    got: str
    passed: bool


def run_tests(rule: Rule) -> tuple[TestOutcome, ...]:
    """Every test of a rule; DefinitionError when the rule itself is wrong."""
    item = CompiledRule(rule)
    outcomes = []
    for number, test in enumerate(rule.tests):
        got = answer(item, test)
        outcomes.append(
            TestOutcome(
                number=number,
                name=test.name or f"test {number + 1}",
                expected=test.expect,
                got=got,
                passed=got == test.expect,
            )
        )
    return tuple(outcomes)


def answer(item: CompiledRule, test: RuleTest) -> str:
    """What the rule says of a test, in the words of ``expect``; a fault is told as such."""
    try:
        facts = given_facts(item, test)
        if isinstance(item.rule, Limit):
            return _limit_answer(item, test, facts)
        finding = judge(item, facts, test.on)
    except (ExpressionFault, ValueError) as fault:
        return f"fault: {fault}"
    return finding.outcome if finding else "not_applicable"


def given_facts(item: CompiledRule, test: RuleTest) -> Facts:
    """The facts of a test; place and contract date follow from the rule and the day."""
    known: dict[str, FactValue | None] = {"event_date": test.on, "contract_date": test.on}
    country, _, state = item.place.partition("-")
    if country:
        known["country"] = country
    if state:
        known["state"] = state
    for name, written in test.given.items():
        if name not in VOCABULARY:
            raise ValueError(f"{name!r} is no fact")
        known[name] = parse_fact(VOCABULARY[name].type, written, "USD")
    return Facts.of(**known)


def _limit_answer(item: CompiledRule, test: RuleTest, facts: Facts) -> str:
    rule = item.rule
    assert isinstance(rule, Limit)
    asked = facts.value(rule.narrows)
    assert isinstance(asked, Money | Rate | int), f"{rule.narrows} must be given"
    values, _ = item.values_on(facts, test.on)
    if not item.applies(facts, values):
        return "not_applicable"
    lawful: Narrowed = narrow(RuleBook([item]), rule.at[0], rule.narrows, asked, facts, test.on)
    match lawful.amount:
        case Money() as amount:
            return amount.text()
        case Rate() as rate:
            return rate.text()
        case count:
            return str(count)
