"""An event of a loan's history, in words and as data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from servicing.views.view import View


class HistoryItem(View, frozen=True, kw_only=True):
    """An event of a loan's history, in words and as data."""

    seq: int
    event: str
    """Tag of the event: payment_received …"""
    title: str
    """In words: "Payment of 451.46 received"."""
    effective_on: date
    posted_on: date
    recorded_at: datetime
    actor: str
    amount: str
    undone: bool
    """True when a later event took it back."""
    payment_id: str
    detail: dict[str, Any]
    """The event itself as JSON-ready data, money as decimal text."""
    hash: str
