"""A rule that a second person let be set aside, as it stands on the record for ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from engine.compliance.finding import Finding


class SetAside(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule that forbade a command, and the override that let it through."""

    rule: str
    override_id: str
    reason: str
    requested_by: str
    approved_by: str
    """Another person than the one who asked."""
    expires_on: date
    """Last day the override could be used."""
    message: str = ""
    """What the rule said."""
    citation: str = ""


def names(approved: Iterable[SetAside]) -> frozenset[str]:
    """The rules that were let through."""
    return frozenset(each.rule for each in approved)


def used(approved: Iterable[SetAside], findings: Iterable[Finding]) -> tuple[SetAside, ...]:
    """Those that set aside a rule that forbade, with what it said; the rest had nothing to do."""
    forbade = {
        finding.rule: finding for finding in findings if finding.forbids and finding.overridable
    }
    return tuple(
        msgspec.structs.replace(
            each,
            message=finding.message,
            citation=finding.citation.cite if finding.citation else "",
        )
        for each in approved
        if (finding := forbade.get(each.rule)) is not None
    )
