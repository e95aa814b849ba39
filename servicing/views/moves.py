"""Plans to move loans as people read them."""

from __future__ import annotations

from datetime import date, datetime

from servicing.views.view import View


class MovePlanRow(View, frozen=True, kw_only=True):
    """A plan in a list."""

    plan_id: str
    product: str
    to_version: int
    moved_on: date
    condition: str
    """Which loans: an expression over their facts; empty for all of the product."""
    reason: str
    state: str
    """planned, approved, carried_out, undone."""
    author: str
    approved_by: str
    changed_at: datetime


class MovedLoan(View, frozen=True, kw_only=True):
    """A loan of a plan; amounts are decimal text."""

    loan_id: str
    from_version: int
    state: str
    """planned, consent_needed, refused; then moved or undone."""
    why: str
    """Why it is refused, or what is adverse; empty otherwise."""
    consent: str
    owed_before: str
    """What pays it off today."""
    owed_after: str
    """What would pay it off today once moved."""


class MovePlan(View, frozen=True, kw_only=True):
    """A plan whole."""

    row: MovePlanRow
    loans: tuple[MovedLoan, ...]
    counts: dict[str, int]
    """State → loans in it."""
    adverse: tuple[str, ...]
    """What of the move is adverse to borrowers, by version moved from."""
