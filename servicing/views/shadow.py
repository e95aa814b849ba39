"""Shadow runs as people read them: what a candidate would decide otherwise, day by day."""

from __future__ import annotations

from datetime import date, datetime

from servicing.views.view import View


class Divergence(View, frozen=True, kw_only=True):
    """Something that comes out otherwise under the candidate; amounts are decimal text."""

    key: str
    """The same for the same divergence of a loan on every day."""
    effective_on: date
    """The day it counts from."""
    title: str
    """What it is about: "Fee assessed (late fee)"."""
    live: str
    """What is live decided: "2026-02-26: Fee assessed (late fee) of 15.00"; empty for nothing."""
    candidate: str
    """What the candidate decides in its place; empty for nothing."""
    difference: str
    """The candidate's amount less that of what is live."""
    live_because: str
    """The clause of what is live that decides it, with figures and rules."""
    candidate_because: str
    """The same of the candidate."""


class ShadowDivergence(View, frozen=True, kw_only=True):
    """A divergence in the report of a day."""

    loan_id: str
    number: int
    """Counts the divergences of the loan, from 1."""
    found_on: date
    """The business day it was found."""
    divergence: Divergence


class ShadowDay(View, frozen=True, kw_only=True):
    """What a business day brought."""

    day: date
    loans: int
    """Loans decided anew: those on which something happened or came due on either side."""
    divergences: int
    """Divergences found that were not known before."""
    waiting: int
    """Loans left for the next run, beyond what one run takes."""


class ShadowView(View, frozen=True, kw_only=True):
    """A shadow run: a candidate beside what is live."""

    shadow_id: str
    product: str
    version: int
    draft_id: str
    """The draft it was begun from; empty for a published version."""
    content_hash: str
    """SHA-256 of the candidate's text, as it was when the run began."""
    began_on: date
    """From this day on divergences count."""
    state: str
    """running, stopped or failed."""
    why: str
    """Why it failed; empty otherwise."""
    actor: str
    started_at: datetime
    currency: str
    loans: int
    """Loans looked at so far."""
    loans_differing: int
    not_compared: int
    """Loans that were there before and whose contract the candidate would change, or that could not
    be decided."""
    owed_more: str
    """Sum of what loans would owe more now, decimal text."""
    owed_less: str
    days: tuple[ShadowDay, ...]
    """By day, the latest first."""
