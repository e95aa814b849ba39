"""One command on every loan of a list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from servicing.views.view import View


class BulkView(View, frozen=True, kw_only=True):
    """A bulk action as far as it is."""

    run_id: str
    command: str
    """Tag of the command: record_borrower_status …"""
    detail: dict[str, Any]
    """The command itself."""
    narrowed: dict[str, str]
    """What the list was narrowed by."""
    state: str
    """previewing, previewed, running, done, cancelled; stopped where its process died."""
    total: int
    waiting: int
    """Loans not looked at yet."""
    would: int
    """Loans on which it would be carried out."""
    done: int
    refused: int
    """Loans on which it cannot be."""
    actor: str
    actor_name: str
    recorded_at: datetime


class BulkLoan(View, frozen=True, kw_only=True):
    """What a bulk action would do to a loan, did, or why it cannot."""

    place: int
    """In the order of the list, from 1."""
    loan_id: str
    borrower_name: str
    """Masked unless the actor may see it."""
    state: str
    """waiting, would, done or refused."""
    message: str
    """What is recorded, or why nothing is."""
    owed_before: str
    owed_after: str
