"""Rate indexes as doors show them."""

from __future__ import annotations

from datetime import date, datetime

from servicing.views.view import View


class IndexValueView(View, frozen=True, kw_only=True):
    """A value of an index as published."""

    index: str
    value_on: date
    """The day the value is of."""
    value: str
    """0.0750 is 7.50 percent."""
    known_on: date
    """Business date on which it was published here."""
    recorded_at: datetime
    actor: str


class IndexPublication(View, frozen=True, kw_only=True):
    """What publishing a value brought."""

    index: str
    value_on: date
    value: str
    known_on: date
    loans_decided: int
    """Loans whose waiting resets are decided now."""
    loans_waiting: int
    """Loans with a reset that still waits for a value."""
    failed: tuple[str, ...] = ()
    """Loans that could not be decided, with why."""
