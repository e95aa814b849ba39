"""Requirements: what must hold at a point, and what follows where it does not."""

from __future__ import annotations

import re
from datetime import date

from engine.compliance.finding import Finding
from engine.compliance.rule import Point, Requirement
from engine.compliance.rule_book import CompiledRule, NotInForce, RuleBook
from engine.facts.facts import VOCABULARY, Facts
from engine.facts.written import fact_text
from engine.trace import explained

_NAME = re.compile(r"\{([a-z_0-9]+)\}")


@explained
def check(rules: RuleBook | None, point: Point, facts: Facts, day: date) -> tuple[Finding, ...]:
    """What the rules of a point say: one finding for each that applies, passed ones included."""
    findings = []
    for item in rules.at(point) if rules else ():
        if isinstance(item.rule, Requirement):
            finding = judge(item, facts, day)
            if finding is not None:
                findings.append(finding)
    return tuple(findings)


def judge(item: CompiledRule, facts: Facts, day: date) -> Finding | None:
    """What one requirement says; None where it does not apply or is not in force yet."""
    rule = item.rule
    assert isinstance(rule, Requirement) and item.holds is not None
    try:
        values, written = item.values_on(facts, day)
    except NotInForce:
        return None
    if not item.applies(facts, values):
        return None
    if item.holds.is_true(facts, values):
        return Finding(
            rule=rule.rule, outcome="pass", message="", citation=rule.citation, values=written
        )
    return Finding(
        rule=rule.rule,
        outcome=rule.otherwise.value,
        message=filled(rule.message, facts, written),
        citation=rule.citation,
        values=written,
    )


def filled(message: str, facts: Facts, values: dict[str, str]) -> str:
    """The message with names in braces replaced by facts and figures."""

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in values:
            return values[name]
        known = facts.value(name) if name in VOCABULARY else None
        return fact_text(known, "USD") if known is not None else found.group(0)

    return _NAME.sub(value, message)
