"""What a draft comes to while it is written."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.errors import Problem
from servicing.views.publishing import WaterfallReview
from servicing.views.quote import QuoteView
from servicing.views.view import View


class Moment(View, frozen=True, kw_only=True):
    """Something in the life of a sample loan; amounts are decimal text."""

    on: date
    event: str
    """Tag of the event: fee_assessed."""
    title: str
    """In words: "Fee assessed (late fee)"."""
    name: str
    """Name of the fee, where it is about one."""
    amount: str


class SampleDay(View, frozen=True, kw_only=True):
    """A sample loan at the end of a day; amounts are decimal text."""

    on: date
    status: str
    principal: str
    interest: str
    fees: str
    past_due: str
    days_past_due: int
    stage: str
    unapplied: str
    payoff: str
    """What closes it that day."""


class SampleLoan(View, frozen=True, kw_only=True):
    """A loan under a draft: its terms, and its first months in the scenario chosen."""

    quote: QuoteView
    asked_amount: str
    """Amount asked for, before financed fees."""
    state: str
    """State whose law governs, by two letters; empty where the product names none."""
    rates: tuple[tuple[date, str], ...]
    """Day → yearly rate from then on, as the rate plan foresees it on the contract date."""
    moments: tuple[Moment, ...]
    at: SampleDay
    """How it stands at the end of what was followed."""
    late_fee: Moment | None
    """The first fee for lateness."""
    refused: str
    """Why something could not happen to it; empty when all did."""


class LifeInstallment(View, frozen=True, kw_only=True):
    """An installment of a simulated life and what becomes of it."""

    number: int
    due_date: date
    amount: str
    outcome: str


class Life(View, frozen=True, kw_only=True):
    """The first year of a loan as it would be lived."""

    installments: tuple[LifeInstallment, ...]
    moments: tuple[Moment, ...]
    days: tuple[SampleDay, ...]
    """How it stood at the end of each day on which something happened."""
    refused: str
    """Why something could not happen; empty when all did."""


class Checked(View, frozen=True, kw_only=True):
    """An example or test and how it came out."""

    name: str
    passed: bool
    difference: str


class DraftPreview(View, frozen=True, kw_only=True):
    """A draft's text as it stands: what it says, what is wrong, what a loan under it costs."""

    data: dict[str, Any] | None
    """The text as data; None while it is no sound YAML."""
    problems: tuple[Problem, ...]
    in_words: tuple[tuple[str, str], ...]
    """(title, sentences)."""
    checks: tuple[Checked, ...]
    """Examples of a product, tests of a rule."""
    waterfall: WaterfallReview | None
    sample: SampleLoan | None
    refused: tuple[str, ...]
    """Why the sample loan would not be made."""


class Template(View, frozen=True, kw_only=True):
    """A product to begin from."""

    name: str
    title: str
    summary: str
    family: str


class AskedFact(View, frozen=True, kw_only=True):
    """A fact a rule asks for."""

    name: str
    type: str
    """money, rate, number, days, date, text or flag."""
    example: str
    """A value from the rule's own tests; empty where none gives one."""


class TriedPart(View, frozen=True, kw_only=True):
    """A part of an expression with its value."""

    text: str
    value: str
    depth: int


class TriedExpression(View, frozen=True, kw_only=True):
    """An expression of a rule with its value and that of every part."""

    use: str
    """What it is for: "Applies when", "Must hold", "At most"."""
    text: str
    value: str
    fault: str
    """Why it has no value; empty when it has one."""
    parts: tuple[TriedPart, ...]


class TriedRule(View, frozen=True, kw_only=True):
    """What a rule says of given facts."""

    answer: str
    """pass, warn, refuse, needs_approval, not_applicable, a lawful amount, or "fault: …"."""
    row: str
    """The row of a decision table that decided."""
    expressions: tuple[TriedExpression, ...]
