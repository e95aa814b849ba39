"""What must hold, asked at a point in the life of a loan."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.compliance.compiled_rule import (
    BROKEN,
    HOLDS,
    NOT_CONCERNED,
    CompiledRequirement,
    CompiledTable,
)
from engine.compliance.dated_values import Figures
from engine.compliance.finding import Finding
from engine.compliance.rule import Outcome, Point
from engine.compliance.rule_book import RuleBook
from engine.compliance.verdicts import Verdicts
from engine.expressions.expression import NO_VALUE
from engine.expressions.faults import ExpressionFault
from engine.facts.facts import Facts
from engine.trace import explained, note_source


@explained
def check(rules: RuleBook | None, point: Point, facts: Facts, day: date) -> tuple[Finding, ...]:
    """What every requirement of law and policy says at this point.

    ``day`` is the day of the event. Rules that do not concern the loan, or are not in force, say
    nothing. A rule that cannot be decided because a fact is not known counts as not met: law is
    not skipped for want of an answer.
    """
    if rules is None:
        return ()
    findings = _required(rules.verdicts(point, facts), facts, day)
    tables = rules.deciding(point, facts)
    if tables:
        told = (table_finding(table, facts, day) for table in tables)
        findings += tuple(finding for finding in told if finding is not None)
    for finding in findings:
        if finding.outcome != "pass" and finding.citation is not None:
            row = f', row "{finding.row}"' if finding.row else ""
            note_source(f"{finding.rule} ({finding.citation.cite}){row}")
    return findings


def _required(asked: Verdicts, facts: Facts, day: date) -> tuple[Finding, ...]:
    """What the requirements say: all at once, and one by one where one cannot be told."""
    in_force = asked.in_force(facts, day)
    try:
        said = in_force.said(facts)
    except NO_VALUE:
        one_by_one = (finding_of(made, facts, day) for made in asked.requirements)
        return tuple(finding for finding in one_by_one if finding is not None)
    findings = in_force.passed.get(said)
    if findings is None:
        findings = tuple(
            _told(made, figures, verdict, facts)
            for (made, figures), verdict in zip(in_force.requirements, said, strict=True)
            if verdict != NOT_CONCERNED
        )
        if BROKEN not in said:
            in_force.keep(said, findings)
    return findings


def finding_of(requirement: CompiledRequirement, facts: Facts, day: date) -> Finding | None:
    """What one requirement says; None when it does not concern the loan on that day."""
    figures = requirement.figures_for(facts, day)
    if figures is None:
        return None
    try:
        verdict = requirement.verdict(facts, figures.inner)
    except NO_VALUE:
        return _without_verdict(requirement, figures, facts)
    return None if verdict == NOT_CONCERNED else _told(requirement, figures, verdict, facts)


def _told(
    requirement: CompiledRequirement, figures: Figures, verdict: object, facts: Facts
) -> Finding:
    """The finding of a requirement that concerns the loan."""
    if verdict == HOLDS:
        return _finding(requirement, figures, "pass")
    message = requirement.filled(requirement.rule.message, facts, figures)
    return _finding(requirement, figures, requirement.rule.otherwise.value, message)


def _without_verdict(requirement: CompiledRequirement, figures: Figures, facts: Facts) -> Finding:
    """The finding of a rule that cannot be decided, saying why; it counts as not met."""
    try:
        if requirement.concerns(facts, figures):
            requirement.holds.is_true(facts, figures.inner)
    except ExpressionFault as fault:
        why = f"cannot be told, {fault.problem.message}"
        return _undecided(requirement, figures, requirement.rule.otherwise.value, why)
    raise AssertionError(f"{requirement.name} has no verdict and no fault")


def table_finding(table: CompiledTable, facts: Facts, day: date) -> Finding | None:
    """What the row of a decision table says; None when the table does not concern the loan.

    A table that cannot be decided because a fact is not known says the strictest of its outcomes.
    """
    figures = table.figures_for(facts, day)
    if figures is None:
        return None
    try:
        if not table.concerns(facts, figures):
            return None
        hit = table.hit(facts, figures)
    except ExpressionFault as fault:
        why = f"cannot be told, {fault.problem.message}"
        return _undecided(table, figures, _strictest(table), why)
    if hit is None:
        return _undecided(table, figures, _strictest(table), "no row is for this loan")
    row = hit.row
    assert row.outcome is not None, f"{table.name} has a row without outcome"
    message = "" if row.outcome == "pass" else table.filled(row.message, facts, figures)
    return _finding(table, figures, row.outcome, message, row.name)


def _strictest(table: CompiledTable) -> Outcome:
    said = {made.row.outcome for made in table.rows}
    strictest: tuple[Outcome, ...] = ("refuse", "needs_approval", "warn", "pass")
    return next(one for one in strictest if one in said)


def _undecided(
    asked: CompiledRequirement | CompiledTable, figures: Figures, outcome: Outcome, why: str
) -> Finding:
    found = _finding(asked, figures, outcome, f"{asked.rule.title}: {why}.")
    return msgspec.structs.replace(found, undecided=True)


def _finding(
    asked: CompiledRequirement | CompiledTable,
    figures: Figures,
    outcome: Outcome,
    message: str = "",
    row: str = "",
) -> Finding:
    rule = asked.rule
    return Finding(
        rule=rule.rule,
        title=rule.title,
        outcome=outcome,
        message=message,
        citation=rule.citation,
        values=figures.written,
        row=row,
        overridable=rule.overridable(outcome),
        verified=rule.verified,
    )
