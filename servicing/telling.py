"""The engine's values in the words and texts doors show: balances, events, entries, allocations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from engine.catalog.chart_of_accounts import AccountRole, ChartOfAccounts
from engine.catalog.terms_in_force import TermsInForce
from engine.codec.definition import to_document
from engine.ledger.entry import JournalEntry
from engine.loan import observe
from engine.loan.events import (
    DisbursementReversed,
    Event,
    OutcomeUndone,
    PaymentAllocated,
    PaymentReceived,
    PaymentReturned,
    PaymentReversed,
)
from engine.loan.loan import Loan
from engine.values.money import ZERO, Exact, Money, minor_digits
from engine.values.rounding import Rounding, round_decimal
from servicing.ids import payment_id
from servicing.views import (
    AllocationView,
    Balances,
    FeeView,
    HistoryItem,
    JournalEntryView,
    PostingView,
)

PER_DIEM_PLACES = 6


def balances(loan: Loan, day: date, terms: TermsInForce) -> Balances:
    """What is owed at the end of a day; the loan must have been advanced to it."""
    rounding, currency = terms.product.rounding, loan.currency
    return Balances(
        principal=loan.principal_balance.text(currency),
        accrued_interest=observe.interest_owed(loan, day, rounding).text(currency),
        fees=observe.fees_owed(loan).text(currency),
        unapplied_funds=loan.unapplied_funds.text(currency),
        recovery=loan.recovery_balance.text(currency),
        total_owed=observe.total_owed(loan, day, rounding).text(currency),
        per_diem=exact_text(observe.per_diem(loan, day), currency),
    )


def exact_text(amount: Exact, currency: str) -> str:
    """Exact minor units as decimal text of the currency, to six decimals."""
    value = round_decimal(amount / 10 ** minor_digits(currency), PER_DIEM_PLACES, Rounding.half_up)
    scaled = int(value * 10**PER_DIEM_PLACES)
    sign = "-" if scaled < 0 else ""
    whole, part = divmod(abs(scaled), 10**PER_DIEM_PLACES)
    return f"{sign}{whole}.{part:0{PER_DIEM_PLACES}d}"


def fee_views(loan: Loan) -> tuple[FeeView, ...]:
    """Every fee with what was paid and waived of it."""
    currency = loan.currency
    return tuple(
        FeeView(
            fee_id=fee.charged.fee_id,
            name=fee.charged.name,
            kind=fee.charged.kind,
            amount=fee.charged.amount.text(currency),
            paid=fee.paid.text(currency),
            waived=fee.waived.text(currency),
            owed=fee.owed.text(currency),
            assessed_on=fee.charged.assessed_on,
            installment=fee.charged.installment,
        )
        for fee in observe.fees(loan)
    )


def history_item(
    loan_id: str,
    seq: int,
    event: Event,
    *,
    currency: str,
    posted_on: date,
    recorded_at: datetime,
    actor: str,
    undone: bool = False,
    hash: bytes = b"",
) -> HistoryItem:
    """An event in words and as data."""
    payment, amount = _payment_number(seq, event), amount_of(event)
    return HistoryItem(
        seq=seq,
        event=str(type(event).__struct_config__.tag),
        title=title_of(event),
        effective_on=event.effective_on,
        posted_on=posted_on,
        recorded_at=recorded_at,
        actor=actor,
        amount=amount.text(currency) if amount is not None else "",
        undone=undone,
        payment_id=payment_id(loan_id, payment) if payment else "",
        detail=to_document(event, currency),
        hash=hash.hex(),
    )


def undone_numbers(events: Iterable[tuple[int, Event]]) -> set[int]:
    """Numbers of outcomes, payments and disbursements that later events took back."""
    undone: set[int] = set()
    for _, event in events:
        match event:
            case OutcomeUndone():
                undone.add(event.undoes)
            case PaymentReturned() | PaymentReversed():
                undone.add(event.payment)
            case DisbursementReversed():
                undone.add(event.disbursement)
            case _:
                pass
    return undone


def title_of(event: Event) -> str:
    """The event in a few words: "Payment received", "Fee assessed (late fee)"."""
    if isinstance(event, OutcomeUndone):
        return f"Taken back: {title_of(event.outcome)}"
    words = str(type(event).__struct_config__.tag).replace("_", " ").capitalize()
    about = getattr(event, "name", "") or getattr(event, "stage", "")
    number = getattr(event, "number", 0)
    suffix = f" ({about.replace('_', ' ')})" if about else f" ({number})" if number else ""
    return words + suffix


def allocation_view(event: PaymentAllocated, currency: str) -> AllocationView:
    """Where a payment went."""
    return AllocationView(
        fees={fee_id: amount.text(currency) for fee_id, amount in event.fees},
        interest=event.interest.text(currency),
        principal=event.principal.text(currency),
        recovery=event.recovery.text(currency),
        unapplied=event.unapplied.text(currency),
        installments={str(n): amount.text(currency) for n, amount in event.installments},
    )


def entry_view(
    loan_id: str,
    number: int,
    entry: JournalEntry,
    *,
    posted_on: date,
    chart: ChartOfAccounts,
    currency: str,
) -> JournalEntryView:
    """A journal entry as people read it."""
    lines = ((posting.role, posting.amount) for posting in entry.postings)
    return JournalEntryView(
        entry_id=f"{loan_id}/{number}" if number else "",
        loan_id=loan_id,
        posted_on=posted_on,
        effective_on=entry.effective_on,
        event_seq=entry.event_seq,
        title=entry.title,
        postings=tuple(posting_view(role, amount, chart, currency) for role, amount in lines),
    )


def posting_view(
    role: AccountRole, amount: Money, chart: ChartOfAccounts, currency: str
) -> PostingView:
    """One line of an entry: debit or credit."""
    account = chart.account(role)
    return PostingView(
        account=account.code,
        role=role.value,
        title=account.title,
        debit=amount.text(currency) if amount > ZERO else "",
        credit=(-amount).text(currency) if amount < ZERO else "",
    )


def chart_of(terms: TermsInForce) -> ChartOfAccounts:
    """The chart a loan is booked on; terms of the catalog always have one."""
    assert terms.chart is not None, "terms of the catalog have a chart of accounts"
    return terms.chart


def accounts_of(chart: ChartOfAccounts) -> dict[str, str]:
    """Role → account code."""
    return {role.value: chart.account(role).code for role in AccountRole}


def _payment_number(seq: int, event: Event) -> int:
    match event:
        case PaymentReceived():
            return seq
        case OutcomeUndone():
            return _payment_number(event.undoes, event.outcome)
        case _:
            return int(getattr(event, "payment", 0))


def amount_of(event: Event) -> Money | None:
    """The event's amount, when it is about one."""
    source: Any = event.outcome if isinstance(event, OutcomeUndone) else event
    if isinstance(source, PaymentAllocated):
        return source.interest + source.principal + sum_of(dict(source.fees)) + source.recovery
    for name in ("amount", "principal", "principal_balance"):
        found = getattr(source, name, None)
        if isinstance(found, Money):
            return found
    return None


def sum_of(amounts: Mapping[str, Money]) -> Money:
    """All amounts together."""
    return Money(sum(amount.minor for amount in amounts.values()))
