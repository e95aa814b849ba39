"""Rules that took part in a decision, as its event keeps them: name, citation, dated figures."""

from __future__ import annotations

from collections.abc import Iterable

from engine.compliance.finding import Finding
from engine.compliance.limits import Narrowed
from engine.loan.events import RuleUse


def requirements_used(findings: Iterable[Finding]) -> tuple[RuleUse, ...]:
    """The requirements that concerned the loan, each with what it said."""
    return tuple(
        RuleUse(
            rule=finding.rule,
            citation=finding.citation.cite if finding.citation else "",
            values=dict(finding.values),
            outcome=finding.outcome,
            row=finding.row,
        )
        for finding in findings
    )


def limit_used(lawful: Narrowed) -> tuple[RuleUse, ...]:
    """The limit that bound an amount; nothing when it was lawful as it came."""
    if lawful.bound_by is None:
        return ()
    return (
        RuleUse(
            rule=lawful.bound_by,
            citation=lawful.citation.cite if lawful.citation else "",
            values=dict(lawful.values),
            outcome="limited",
            row=lawful.row,
        ),
    )
