"""Proof that a command was done, or in a dry run what it would do."""

from __future__ import annotations

from datetime import datetime

import msgspec

from servicing.views.history import HistoryItem
from servicing.views.journal import JournalEntryView
from servicing.views.loan import Balances
from servicing.views.view import View


class Finding(View, frozen=True, kw_only=True):
    """What a rule said about a command."""

    rule: str
    outcome: str
    """pass, warn, refuse, needs_approval."""
    message: str
    citation: str = ""
    href: str = ""
    values: dict[str, str] = msgspec.field(default_factory=dict)


class AllocationView(View, frozen=True, kw_only=True):
    """Where a payment went."""

    fees: dict[str, str]
    interest: str
    principal: str
    recovery: str
    unapplied: str
    installments: dict[str, str]


class Receipt(View, frozen=True, kw_only=True):
    """Proof that a command was done, or in a dry run what it would do."""

    loan_id: str
    seq: int
    """Version of the loan after the command."""
    dry_run: bool
    replayed: bool
    """True when the same key and the same request had been answered before."""
    events: tuple[HistoryItem, ...]
    findings: tuple[Finding, ...]
    allocation: AllocationView | None
    payment_id: str
    balances_before: Balances | None
    balances: Balances
    journal: tuple[JournalEntryView, ...]
    recorded_at: datetime
