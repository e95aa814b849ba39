"""What a rule said about a loan at one point, with the figures and the source it rests on."""

from __future__ import annotations

import msgspec

from engine.compliance.rule import Outcome
from engine.errors import Citation


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
    verified: bool = True
    """False while the rule was not checked against its source."""
