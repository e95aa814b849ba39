"""What a rule said, as doors show it."""

from __future__ import annotations

from engine.compliance.finding import Finding as EngineFinding
from servicing.views import Finding


def finding_view(finding: EngineFinding) -> Finding:
    """The finding with its citation as text."""
    citation = finding.citation
    return Finding(
        rule=finding.rule,
        outcome=finding.outcome,
        message=finding.message,
        citation=citation.cite if citation else "",
        href=citation.href if citation else "",
        values=dict(finding.values),
    )
