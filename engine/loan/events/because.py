"""What an outcome rests on: product version, term, rules with their values, figures."""

from __future__ import annotations

import msgspec

ENGINE_VERSION = 1
"""Raised when decided numbers may change; stands in every outcome."""


class RuleUse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule that took part in a decision, with the dated values it used."""

    rule: str
    citation: str = ""
    values: dict[str, str] = {}
    outcome: str = "pass"
    row: str = ""
    """The row that decided, of a decision table."""

    @property
    def source(self) -> str:
        """The rule with its citation and the row that decided, as explanations name it."""
        cited = f"{self.rule} ({self.citation})" if self.citation else self.rule
        return f'{cited}, row "{self.row}"' if self.row else cited


class Because(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an outcome rests on: product version, the term, rules and the figures used."""

    product: str = ""
    """Product and version: "personal_installment@2"."""
    term: str = ""
    """JSON pointer of the term in the product: "/fees/1"."""
    rules: tuple[RuleUse, ...] = ()
    figures: dict[str, str] = {}
    """Name → value as text: {"days_past_due": "11"}."""
    engine: int = ENGINE_VERSION
