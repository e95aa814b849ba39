"""What a rule said about a command."""

from __future__ import annotations

import msgspec

from engine.compliance.rule import Outcome
from engine.errors import Citation


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule's word on one command: passed, or what follows from its not holding."""

    rule: str
    outcome: Outcome
    message: str
    """What a person reads; empty where the rule holds."""
    citation: Citation | None = None
    values: dict[str, str] = {}
    """Dated values the rule used, as its file writes them."""
