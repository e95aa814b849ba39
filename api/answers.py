"""What this door adds to what reads and receipts answer: typed pages, links, entity tags."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response

from servicing.views import (
    AllocationView,
    Balances,
    Finding,
    HistoryItem,
    JournalEntryView,
    LoanRow,
    LoanView,
    Page,
    Receipt,
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of this API."""


class Listing(Answer, frozen=True, kw_only=True):
    """A page of a list."""

    has_more: bool
    next_cursor: str | None
    """Send it as ``cursor`` to get the following page."""
    next: str | None
    """Address of the following page."""
    total: int | None
    """How many there are in all, where counting is cheap."""


class LoanList(Listing, frozen=True, kw_only=True):
    """A page of loans."""

    items: tuple[LoanRow, ...]


class HistoryList(Listing, frozen=True, kw_only=True):
    """A page of a loan's history."""

    items: tuple[HistoryItem, ...]


class CommandAnswer(Answer, frozen=True, kw_only=True):
    """What a command did, or in a dry run would do."""

    loan_id: str
    seq: int
    """Version of the loan after the command; its ETag begins with it."""
    dry_run: bool
    payment_id: str
    """The payment received, returned or reversed; empty for other commands."""
    events: tuple[HistoryItem, ...]
    """What happened, consequences included."""
    findings: tuple[Finding, ...]
    """What law and policy said."""
    allocation: AllocationView | None
    """Where a payment went."""
    balances_before: Balances | None
    balances: Balances
    journal: tuple[JournalEntryView, ...]
    """Balanced entries that the command posted."""
    recorded_at: datetime
    links: dict[str, str]
    """Addresses of the loan, its payment and the explanations of its numbers."""


def command_answer(receipt: Receipt) -> CommandAnswer:
    """The receipt as this door shows it; the same for the first answer and a replayed one."""
    loan = f"/api/v1/loans/{receipt.loan_id}"
    links = {
        "loan": loan,
        "schedule": f"{loan}/schedule",
        "history": f"{loan}/history",
        "explain_total_owed": f"{loan}/explain/total_owed",
    }
    if receipt.payment_id:
        links["explain_payment"] = f"{loan}/explain/payment:{receipt.payment_id}"
    return CommandAnswer(
        loan_id=receipt.loan_id,
        seq=receipt.seq,
        dry_run=receipt.dry_run,
        payment_id=receipt.payment_id,
        events=receipt.events,
        findings=receipt.findings,
        allocation=receipt.allocation,
        balances_before=receipt.balances_before,
        balances=receipt.balances,
        journal=receipt.journal,
        recorded_at=receipt.recorded_at,
        links=links,
    )


def page_members(request: Request[Any, Any, Any], page: Page) -> dict[str, Any]:
    """Members of a ``Listing`` for a page of servicing, with the address of the next page."""
    following = None
    if page.has_more and page.next_cursor:
        kept = {**dict(request.query_params.items()), "cursor": page.next_cursor}
        following = f"{request.scope['path']}?{urlencode(kept)}"
    return {
        "items": page.items,
        "has_more": page.has_more,
        "next_cursor": page.next_cursor,
        "next": following,
        "total": page.total,
    }


def not_modified(tag: str) -> Response[Any]:
    """304: what the client has is what there is."""
    return Response(None, status_code=304, headers={"ETag": tag})


def loan_tag(loan: LoanView) -> str:
    """Entity tag of a loan: its version, then the day its numbers are for."""
    return entity_tag(loan.seq, loan.as_of)


def entity_tag(seq: int, as_of: date) -> str:
    """``"12-20260131"``: version 12 as of 31 January 2026."""
    return f'"{seq}-{as_of:%Y%m%d}"'
