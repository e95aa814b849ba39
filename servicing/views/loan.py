"""A loan on a day: balances, lateness, fees, schedule; a loan in a list."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from servicing.views.view import View


class Balances(View, frozen=True, kw_only=True):
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


class FeeView(View, frozen=True, kw_only=True):
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


class LoanView(View, frozen=True, kw_only=True):
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
    undrawn_amount: str
    """Principal of the contract that can still be paid out."""
    down_payment: str
    """Part of the loan amount due with the disbursement; not among the payments."""
    note_rate: str
    rate_in_force: str
    interest_cap: str | None
    """The most interest over the loan's life; None where it has no cap."""
    interest_paused_until: date | None
    """Last day that earns nothing, while interest is paused."""
    non_accrual_since: date | None
    """First day on non-accrual, while the books recognize interest only when it is paid."""
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
    metadata: dict[str, str] = msgspec.field(default_factory=dict)


class LoanRow(View, frozen=True, kw_only=True):
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


class ScheduleRow(View, frozen=True, kw_only=True):
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
