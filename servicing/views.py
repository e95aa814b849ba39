"""What reads and receipts answer: plain structs with amounts as decimal text, for every door."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True):
    """An answer; amounts are decimal text in ``currency``, rates decimal text per year."""


class Finding(View):
    """What a rule said about a command."""

    rule: str
    outcome: str
    """pass, warn, refuse, needs_approval."""
    message: str
    citation: str = ""
    href: str = ""
    values: dict[str, str] = {}


class Balances(View):
    """What is owed on a day."""

    principal: str
    accrued_interest: str
    """Rounded to the cent, as owed that day."""
    fees: str
    unapplied_funds: str
    recovery: str
    total_owed: str
    """principal + accrued_interest + fees."""
    per_diem: str
    """One day's interest at this balance, to 6 decimals."""


class LoanView(View):
    """A loan on a day."""

    loan_id: str
    borrower_id: str
    borrower_name: str
    """Masked unless the actor may see it."""
    product: str
    product_version: int
    product_title: str
    currency: str
    status: str
    as_of: date
    as_known_at: datetime | None
    seq: int
    """Version of the loan: the number of its last event (ETag)."""
    contract_date: date
    disbursed_on: date | None
    first_payment_date: date
    maturity_date: date | None
    loan_amount: str
    note_rate: str
    rate_in_force: str
    installment_amount: str
    number_of_payments: int
    frequency: str
    apr: str | None
    governing_state: str
    balances: Balances
    next_due_date: date | None
    next_due_amount: str
    """What must be paid by the next due date, past due included."""
    amount_past_due: str
    days_past_due: int
    oldest_unpaid_due_date: date | None
    delinquency_stage: str
    cash_received: str
    unpaid_fees: tuple[FeeView, ...]
    statuses: tuple[dict[str, str], ...]
    external_id: str = ""
    metadata: dict[str, str] = {}


class FeeView(View):
    """A fee on a loan."""

    fee_id: str
    name: str
    kind: str
    amount: str
    paid: str
    waived: str
    owed: str
    assessed_on: date
    installment: int = 0


class LoanRow(View):
    """A loan in a list."""

    loan_id: str
    borrower_name: str
    product: str
    product_title: str
    status: str
    principal: str
    total_owed: str
    amount_past_due: str
    days_past_due: int
    delinquency_stage: str
    next_due_date: date | None
    governing_state: str


class Page(View):
    """A page of rows; ``next_cursor`` asks for the following one."""

    items: tuple[Any, ...]
    has_more: bool
    next_cursor: str | None
    total: int | None = None


class ScheduleRow(View):
    """An installment, billed or projected."""

    number: int
    due_date: date
    amount: str
    interest: str
    principal: str
    balance_after: str
    paid: str
    state: str
    """paid, partly_paid, past_due, due, upcoming."""
    projected: bool


class HistoryItem(View):
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


class PostingView(View):
    account: str
    """Account code."""
    role: str
    """Role of the account in the chart: principal_receivable …"""
    title: str
    debit: str
    credit: str


class JournalEntryView(View):
    """A balanced journal entry."""

    entry_id: str
    loan_id: str
    posted_on: date
    effective_on: date
    event_seq: int
    title: str
    postings: tuple[PostingView, ...]


class ExplanationStep(View):
    """A step of an explanation: a sentence, what went in, what came out, what it rests on."""

    label: str
    inputs: dict[str, str]
    output: str
    sources: tuple[str, ...]
    """Product terms with file and line, rules with citation, events by number."""
    steps: tuple[ExplanationStep, ...]


class Explanation(View):
    """Why a number is what it is."""

    subject: str
    value: str
    sentence: str
    as_of: date
    steps: tuple[ExplanationStep, ...]
    agrees_with_stored: bool
    """Decided again from the same history, the engine gave what was stored."""


class AllocationView(View):
    """Where a payment went."""

    fees: dict[str, str]
    interest: str
    principal: str
    recovery: str
    unapplied: str
    installments: dict[str, str]


class Receipt(View):
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


class PayoffQuote(View):
    """What closes the loan on a day."""

    loan_id: str
    as_of: date
    good_through_date: date
    principal: str
    interest: str
    fees: str
    unapplied_funds: str
    """Held for the borrower, taken off the total."""
    total: str
    per_diem: str
    """Add this for each day after ``as_of`` through ``good_through_date``."""
    by_day: tuple[tuple[date, str], ...]


class TruthInLendingView(View):
    """The Truth in Lending figures of a closed-end loan (12 CFR 1026.18)."""

    apr: str
    finance_charge: str
    amount_financed: str
    total_of_payments: str
    payments: tuple[tuple[int, str, date], ...]
    """Runs of (number of payments, amount, first due date)."""


class QuoteView(View):
    """Terms worked out for an applicant; can be booked exactly as shown until it expires."""

    quote_id: str
    product: str
    product_version: int
    currency: str
    expires_on: date
    contract_date: date
    first_payment_date: date
    loan_amount: str
    note_rate: str
    number_of_payments: int
    frequency: str
    installment_amount: str
    origination_fee: str
    disbursed_amount: str
    truth_in_lending: TruthInLendingView
    military_apr: str
    schedule: tuple[ScheduleRow, ...]
    findings: tuple[Finding, ...]


class ProductVersionRow(View):
    """A version of a product in a list."""

    product: str
    version: int
    title: str
    family: str
    state: str
    """live, scheduled, retired."""
    live_from: date
    live_until: date | None
    content_hash: str
    loans: int


class ProductView(View):
    """A product version whole: as text, as data and in words."""

    row: ProductVersionRow
    text: str
    """The YAML as published."""
    document: dict[str, Any]
    in_words: tuple[tuple[str, tuple[str, ...]], ...]
    """Sections of sentences: ("Fees", ("Late fee: 15.00 after 10 days", …))."""
    examples: tuple[dict[str, Any], ...]
    """Each in-file example with its name, passed flag and first difference."""


class RuleRow(View):
    """A rule in the tree."""

    rule: str
    title: str
    kind: str
    jurisdiction: str
    points: tuple[str, ...]
    verified: bool
    citation: str


class RuleView(View):
    """A rule whole."""

    row: RuleRow
    text: str
    document: dict[str, Any]
    in_words: tuple[str, ...]
    href: str
    values: tuple[tuple[str, date, str], ...]
    """(name, from, value)."""
    tests: tuple[dict[str, Any], ...]
    """Each in-file test: on, given, expect, got, passed."""


class StageRow(View):
    stage: str
    loans: int
    principal: str
    share: str
    """Of all principal, as decimal text (0.0123)."""


class MonthRow(View):
    """Cash of a month."""

    month: date
    disbursed: str
    collected: str


class PortfolioSummary(View):
    """The book on a day, computed in one statement from the closed forms."""

    as_of: date
    as_known_at: datetime | None
    currency: str
    loans: int
    active_loans: int
    principal: str
    accrued_interest: str
    fees: str
    past_due_loans: int
    amount_past_due: str
    past_due_30_share: str
    """Principal of loans 30 or more days past due over all principal."""
    stages: tuple[StageRow, ...]
    by_product: tuple[tuple[str, int, str], ...]
    """(product title, loans, principal)."""
    months: tuple[MonthRow, ...]
    projected_loans: int
    """Loans past their next boundary and not yet advanced, projected in memory."""
    needs_attention: tuple[LoanRow, ...]
    is_projection: bool
    """True when ``as_of`` lies after the business date."""


class VerifyReport(View):
    """What ``verify`` checked and found."""

    loans: int
    events: int
    entries: int
    problems: tuple[str, ...]
    seconds: float


class RowProblem(View):
    """A bad cell of a boarding file."""

    line: int
    column: str
    value: str
    message: str
    """What is wrong and what is allowed."""


class BoardingReport(View):
    """How a boarding file fared; nothing is half-boarded."""

    boarding_id: str
    rows: int
    boarded: int
    already_boarded: int
    bad_rows: int
    problems: tuple[RowProblem, ...]
    state: str
    """validated, boarding, done, refused."""
