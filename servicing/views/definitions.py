"""Products and rules as people read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from servicing.views.view import View


class ProductVersionRow(View, frozen=True, kw_only=True):
    """A version of a product in a list."""

    product: str
    version: int
    title: str
    family: str
    state: str
    """live, scheduled, retired."""
    live_from: date
    live_until: date | None
    content_hash: str
    loans: int


class ProductView(View, frozen=True, kw_only=True):
    """A product version whole: as text, as data and in words."""

    row: ProductVersionRow
    text: str
    """The YAML as published."""
    document: dict[str, Any]
    in_words: tuple[tuple[str, tuple[str, ...]], ...]
    """Sections of sentences: ("Fees", ("Late fee: 15.00 after 10 days", …))."""
    examples: tuple[dict[str, Any], ...]
    """Each in-file example with its name, passed flag and first difference."""


class RuleRow(View, frozen=True, kw_only=True):
    """A rule in the tree."""

    rule: str
    title: str
    kind: str
    jurisdiction: str
    points: tuple[str, ...]
    verified: bool
    citation: str


class PastText(View, frozen=True, kw_only=True):
    """A text a rule was published with before the one that counts now."""

    content_hash: str
    text: str
    recorded_at: datetime
    """When it was published."""
    replaced_at: datetime


class RuleView(View, frozen=True, kw_only=True):
    """A rule whole."""

    row: RuleRow
    text: str
    document: dict[str, Any]
    in_words: tuple[str, ...]
    href: str
    values: tuple[tuple[str, date, str], ...]
    """(name, from, value)."""
    tests: tuple[dict[str, Any], ...]
    """Each in-file test: on, given, expect, got, passed."""
    past: tuple[PastText, ...] = ()
    """Texts it had before, the latest first; a draft with one of them restores it."""
