"""Receipts: what a command came to, as doors show it and as a key keeps it."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

import msgspec

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.set_aside import SetAside
from engine.ledger.entry import JournalEntry
from engine.loan.advance import advance
from engine.loan.commands import BoardLoan, Command
from engine.loan.counts import counts_on
from engine.loan.decisions.decision import Decision
from engine.loan.events import PaymentAllocated, PaymentReceived
from engine.loan.loan import Loan
from servicing.actor import Actor
from servicing.finding_view import finding_view
from servicing.ids import payment_id
from servicing.telling import allocation_view, balances, chart_of, entry_view, history_item
from servicing.views import Balances, Receipt


def boarding_key(product: str, external_id: str) -> str:
    """The key under which a loan of another system boards once."""
    return f"board:{product}:{external_id}"


def key_of_override(command: Command, approved: tuple[SetAside, ...]) -> str:
    """The key under which a command let through by one override is carried out once."""
    if isinstance(command, BoardLoan) and command.external_id:
        return boarding_key(command.product, command.external_id)
    (override_id,) = {each.override_id for each in approved}
    return override_id


def request_hash_of(command: Command, loan_id: str | None) -> bytes:
    """The hash of what was asked, for callers that sent no request of their own."""
    return hashlib.sha256(
        f"{loan_id or ''} {type(command).__name__} ".encode() + msgspec.json.encode(command)
    ).digest()


def told(
    decision: Decision,
    entries: tuple[JournalEntry, ...],
    terms: TermsInForce,
    command: Command,
    *,
    actor: Actor,
    recorded_at: datetime,
    posted_on: date,
    dry_run: bool,
) -> Receipt:
    """The receipt of a decision; balances are those of the last day that was decided."""
    loan = decision.loan
    day = max(counts_on(command), loan.last_effective_on or counts_on(command))
    allocated = [e for _, e in decision.events if isinstance(e, PaymentAllocated) and e.payment]
    received = [seq for seq, e in decision.events if isinstance(e, PaymentReceived)]
    own = [e for e in allocated if e.payment in received]
    return Receipt(
        loan_id=loan.loan_id,
        seq=loan.seq,
        dry_run=dry_run,
        replayed=False,
        events=tuple(
            history_item(
                loan.loan_id, seq, event, currency=loan.currency, posted_on=posted_on,
                recorded_at=recorded_at, actor=actor.actor_id,
            )
            for seq, event in decision.events
        ),
        findings=tuple(finding_view(f) for f in decision.findings if f.outcome != "pass"),
        allocation=allocation_view(own[-1], loan.currency) if own else None,
        payment_id=payment_id(loan.loan_id, received[-1]) if received else "",
        balances_before=_before(decision.before, day, terms),
        balances=balances(loan, day, terms),
        journal=tuple(
            entry_view(loan.loan_id, 0, entry, posted_on=posted_on, chart=chart_of(terms),
                       currency=loan.currency)
            for entry in entries
        ),
        recorded_at=recorded_at,
    )  # fmt: skip


def replayed(body: bytes) -> Receipt:
    """The first answer, told again."""
    return msgspec.structs.replace(msgspec.json.decode(body, type=Receipt), replayed=True)


def _before(loan: Loan | None, day: date, terms: TermsInForce) -> Balances | None:
    """Balances of the same day without the command."""
    if loan is None or loan.terms is None:
        return None
    return balances(advance(loan, day, terms).loan, day, terms)
