"""What a version would have meant for the loans of the live book, had they been under it."""

from __future__ import annotations

from datetime import date, datetime

from servicing.views.view import View


class FeeEffect(View, frozen=True, kw_only=True):
    """Fees of one name over the book; amounts are decimal text."""

    name: str
    before_count: int
    after_count: int
    before: str
    after: str


class LoanEffect(View, frozen=True, kw_only=True):
    """One loan that would stand otherwise; amounts are decimal text in its currency."""

    loan_id: str
    version: str
    """The version it is under."""
    currency: str
    fees_before: str
    """Fees assessed over its life so far."""
    fees_after: str
    owed_before: str
    """What pays it off on the day looked at."""
    owed_after: str
    past_due_before: str
    past_due_after: str
    difference: str
    """What it would owe more (or less, below zero), counting what is held for it."""
    apr_before: str = ""
    """APR of its terms as first offered; empty where the version leaves it as it is."""
    apr_after: str = ""
    refused: str = ""
    """Why the version would not make this loan; empty where it would."""
    first_difference: str = ""
    """What comes out otherwise first, in words: "2026-03-02: Fee assessed (late fee) of 15.00, no
    longer"."""

    @property
    def moves_money(self) -> bool:
        """Whether an amount of the loan differs, not only what it would be if it were made anew."""
        before = (self.fees_before, self.owed_before, self.past_due_before)
        return before != (self.fees_after, self.owed_after, self.past_due_after)


class EffectView(View, frozen=True, kw_only=True):
    """The effect of a version over the live book, as far as it is worked out."""

    run_id: str
    draft_id: str
    content_hash: str
    """Text of the draft it was worked out for."""
    state: str
    """running, done, cancelled, failed; interrupted when its process ended before it was done."""
    as_of: date
    loans_done: int
    loans_total: int
    seconds: float
    currency: str
    fees: tuple[FeeEffect, ...]
    loans_changed: int
    """Loans for which an amount or the APR differs, or that would not be made."""
    other_days: int
    """Loans whose amounts agree while something comes on another day."""
    owed_more: str
    """Sum of what loans would owe more."""
    owed_less: str
    """Sum of what loans would owe less, above zero."""
    aprs_changed: int
    refused: int
    """Loans that would not be made under the version."""
    largest: tuple[LoanEffect, ...]
    """The ten whose amount would move most."""
    started_at: datetime
    actor: str
    failure: str = ""
