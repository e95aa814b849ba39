"""What of the law is modelled, per jurisdiction, and to which day it was checked.

Rules that arithmetic cannot decide (the wording of a notice) are listed as outside, so that the
gap is seen and nobody takes silence for compliance.
"""

from __future__ import annotations

from datetime import date

import msgspec


class Outside(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A duty of law that no rule here decides."""

    cite: str
    """Where it stands in the law."""
    what: str
    """What it asks, in a few words."""
    why: str
    """Why it is not a rule: a wording, a filing, a fact the system does not hold."""


class Covered(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One jurisdiction of the rules tree."""

    jurisdiction: str
    """Beginning of its rules' names: "us.states.california"."""
    verified_to: date | None = None
    """Through which day the figures were compared with their source; left out when never."""
    models: tuple[str, ...] = ()
    """Names of the rules, every one that stands in the tree."""
    outside: tuple[Outside, ...] = ()
    """Duties of its law that no rule decides."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The register of the rules tree."""

    coverage: str
    """Name of the register."""
    jurisdictions: tuple[Covered, ...]
    """Every place that has rules."""


def gaps(coverage: Coverage, rules: frozenset[str]) -> tuple[str, ...]:
    """Where register and tree differ, as sentences; nothing when they agree."""
    listed = [name for place in coverage.jurisdictions for name in place.models]
    found = [
        f"{name} is listed twice" for name in sorted({n for n in listed if listed.count(n) > 1})
    ]
    found += [f"{name} is listed but not in the tree" for name in sorted(set(listed) - rules)]
    found += [f"{name} is in the tree but not listed" for name in sorted(rules - set(listed))]
    found += [
        f"{name} does not belong to {place.jurisdiction}"
        for place in coverage.jurisdictions
        for name in place.models
        if not name.startswith(place.jurisdiction + ".")
    ]
    return tuple(found)
