"""Drafts and their reviews as people read them."""

from __future__ import annotations

from datetime import date, datetime

from engine.errors import Citation, Problem
from servicing.views.effect import EffectView
from servicing.views.shadow import ShadowView
from servicing.views.view import View


class DraftRowView(View, frozen=True, kw_only=True):
    """A draft in a list."""

    draft_id: str
    kind: str
    """product, rule, waterfall, calendar, chart_of_accounts."""
    name: str
    version: int
    """The version it is to be; 0 for rules."""
    state: str
    """draft, in_review, approved, published, withdrawn."""
    revision: int
    """Counts every change; name it when you change the draft."""
    began_from: str
    author: str
    approved_by: str
    changed_at: datetime


class DraftEntryView(View, frozen=True, kw_only=True):
    """Something done to a draft."""

    revision: int
    action: str
    """created, edited, submitted, commented, returned, approved, published, withdrawn."""
    actor: str
    name: str
    comment: str
    content_hash: str
    recorded_at: datetime


class DraftView(View, frozen=True, kw_only=True):
    """A draft whole: its text, everything wrong with it, and who did what to it."""

    row: DraftRowView
    text: str
    content_hash: str
    file: str
    problems: tuple[Problem, ...]
    history: tuple[DraftEntryView, ...]


class Difference(View, frozen=True, kw_only=True):
    """Something a draft says otherwise than what it began from."""

    title: str
    """The part it belongs to, in business words: "Late fee"."""
    path: str
    """JSON pointer: "/fees/1/grace_days"."""
    before: str
    """What stood there; empty for something new."""
    after: str
    """What stands there now; empty for something gone."""


class WordsDifference(View, frozen=True, kw_only=True):
    """A sentence about one part, before and after."""

    title: str
    before: str
    after: str


class SampleFigures(View, frozen=True, kw_only=True):
    """What a sample loan costs under one version; amounts are decimal text."""

    version: str
    installment: str
    last_installment: str
    apr: str
    finance_charge: str
    total_of_payments: str
    amount_financed: str


class BindingRule(View, frozen=True, kw_only=True):
    """A rule that says something about loans within the limits."""

    rule: str
    title: str
    citation: str
    verified: bool
    points: tuple[str, ...]


class ProductUse(View, frozen=True, kw_only=True):
    """A product version that rests on a definition."""

    reference: str
    title: str
    state: str
    """live, scheduled or retired."""
    live_loans: int
    """Loans with money out or owed that are pinned to it."""
    loans: int
    """All its loans, closed ones too."""


class WhereUsed(View, frozen=True, kw_only=True):
    """Where one version of a definition is used."""

    reference: str
    """The version: "consumer_standard@1"; a rule by its name."""
    products: tuple[ProductUse, ...]
    """Product versions that refer to it; for a rule those of whose loans it may speak; for a
    product version itself alone."""
    live_loans: int
    """Loans of those versions with money out or owed."""


class WaterfallLook(View, frozen=True, kw_only=True):
    """Something about a waterfall that its author should know."""

    code: str
    severity: str
    """law, surprise or note."""
    path: str
    """JSON pointer in the definition."""
    line: int
    """Line in its text; 0 where the waterfall is another document."""
    message: str
    mend: str
    citations: tuple[Citation, ...]


class DropView(View, frozen=True, kw_only=True):
    """An amount owed that a sample payment comes past; amounts are decimal text."""

    bucket: str
    """The bucket of the order that takes it; empty when none does."""
    due_state: str
    component: str
    """fee, interest or principal."""
    name: str
    """Name of the fee; empty otherwise."""
    installment: int
    due_date: date
    owed: str
    paid: str


class FallView(View, frozen=True, kw_only=True):
    """A sample payment falling through a waterfall: what it meets, in order."""

    title: str
    currency: str
    amount: str
    drops: tuple[DropView, ...]
    left_over: str
    """What no bucket took."""
    left_over_goes: str
    """principal, next_installment, last_installment, reamortize, hold_unapplied."""


class WaterfallReview(View, frozen=True, kw_only=True):
    """A waterfall looked at: what would surprise, and three sample payments."""

    waterfall: str
    """Reference of the shared waterfall, or of the product whose own it is."""
    style: str
    order: tuple[str, ...]
    looks: tuple[WaterfallLook, ...]
    falls: tuple[FallView, ...]


class Review(View, frozen=True, kw_only=True):
    """What publishing a draft would mean, before it is published."""

    draft: DraftView
    compared_with: str
    """The published text it is compared with, which is the one it replaces: the version live on
    the day before its first, else the one it began from; empty for something new."""
    in_words: tuple[WordsDifference, ...]
    differences: tuple[Difference, ...]
    examples: tuple[dict[str, str | bool], ...]
    rules: tuple[BindingRule, ...]
    sample: tuple[SampleFigures, ...]
    """The same loan before and after."""
    used_by: tuple[str, ...]
    """Published definitions that refer to what this changes."""
    loans: int
    """Loans of the product, whatever their version."""
    live_from: date | None
    where_used: tuple[WhereUsed, ...] = ()
    """Every published version of the definition with the products that rest on it."""
    waterfall: WaterfallReview | None = None
    """The waterfall of the product, or the one drafted; None for other drafts and wrong ones."""
    shadows: tuple[ShadowView, ...] = ()
    """Shadow runs begun from the draft, the newest first."""
    effect: EffectView | None = None
    """The effect over the live book as worked out last; None while nobody asked for it."""
    compared_text: str = ""
    """The text it is compared with; empty for something new."""
