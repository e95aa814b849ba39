"""A request to set rules aside for one command, as doors show it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from servicing.views.view import View


class RefusedRule(View, frozen=True, kw_only=True):
    """A rule that forbids the command."""

    rule: str
    message: str
    citation: str
    href: str


class OverrideView(View, frozen=True, kw_only=True):
    """A request to set rules aside, who asked, who decided, and what came of it."""

    override_id: str
    loan_id: str
    """Empty where the command makes a loan."""
    command: str
    """What is to be done: assess_fee …"""
    detail: dict[str, Any]
    """The command as it will be carried out."""
    rules: tuple[RefusedRule, ...]
    reason: str
    expires_on: date
    """Last day it may be used."""
    state: str
    """requested, approved, declined, used or expired."""
    requested_by: str
    requested_name: str
    requested_at: datetime
    decided_by: str
    decided_name: str
    decided_at: datetime | None
    note: str
    used_on: str
    """Loan the command was carried out on."""
