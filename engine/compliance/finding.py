"""What a rule said about a loan at one point, with the figures and the source it rests on."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from engine.compliance.rule import Outcome
from engine.errors import Citation, Refusal


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One requirement that concerns the loan, and what it said."""

    rule: str
    title: str = ""
    outcome: Outcome
    message: str = ""
    """Why it does not hold; empty when it does."""
    citation: Citation | None = None
    values: dict[str, str] = {}
    """Dated figures of the rule that were in force: {"maximum": "0.36"}."""
    row: str = ""
    """The row of a decision table that decided."""
    overridable: bool = False
    """Whether a second person may let through what it forbids."""
    undecided: bool = False
    """Whether it could not be told, because a fact is not known."""
    verified: bool = True
    """False while the rule was not checked against its source."""

    @property
    def forbids(self) -> bool:
        """Whether it stops what is asked: for good, or until a second person lets it through."""
        return self.outcome in ("refuse", "needs_approval")


def refusals(
    findings: Iterable[Finding], approved: frozenset[str] = frozenset()
) -> tuple[Refusal, ...]:
    """A refusal for each rule that forbids; ``approved`` names the rules that were set aside.

    A rule that may not be overridden forbids whoever approved.
    """
    return tuple(
        Refusal(
            code="refused_by_rule" if finding.outcome == "refuse" else "needs_approval",
            message=finding.message,
            rule=finding.rule,
            citation=finding.citation,
            kind="rule",
            needs_approval=finding.overridable,
        )
        for finding in findings
        if finding.forbids and not (finding.overridable and finding.rule in approved)
    )
