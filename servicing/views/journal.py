"""Journal entries as people read them."""

from __future__ import annotations

from datetime import date

from servicing.views.view import View


class PostingView(View, frozen=True, kw_only=True):
    account: str
    """Account code."""
    role: str
    """Role of the account in the chart: principal_receivable …"""
    title: str
    debit: str
    credit: str


class JournalEntryView(View, frozen=True, kw_only=True):
    """A balanced journal entry."""

    entry_id: str
    loan_id: str
    posted_on: date
    effective_on: date
    event_seq: int
    title: str
    postings: tuple[PostingView, ...]
