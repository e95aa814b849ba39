"""Terms worked out for an applicant."""

from __future__ import annotations

from datetime import date

from servicing.views.loan import ScheduleRow
from servicing.views.receipt import Finding
from servicing.views.view import View


class TruthInLendingView(View, frozen=True, kw_only=True):
    """The Truth in Lending figures of a closed-end loan (12 CFR 1026.18)."""

    apr: str
    finance_charge: str
    amount_financed: str
    total_of_payments: str
    payments: tuple[tuple[int, str, date], ...]
    """Runs of (number of payments, amount, first due date)."""


class ItemizedChargeView(View, frozen=True, kw_only=True):
    """A charge due when the money goes out."""

    title: str
    amount: str
    finance_charge: bool
    """Then it is prepaid, and no part of the amount financed."""
    financed: bool
    """Added to the principal; else kept from what is paid out."""


class ItemizationView(View, frozen=True, kw_only=True):
    """Where the money lent goes (12 CFR 1026.18(c))."""

    given_to_borrower: str
    prepaid_finance_charge: str
    charges: tuple[ItemizedChargeView, ...]


class QuoteView(View, frozen=True, kw_only=True):
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
    down_payment: str = "0"
    """Part of the loan amount due with the disbursement; not among the payments."""
    origination_fee: str
    disbursed_amount: str
    truth_in_lending: TruthInLendingView
    itemization: ItemizationView | None = None
    """None for quotes made before it was told."""
    military_apr: str
    schedule: tuple[ScheduleRow, ...]
    findings: tuple[Finding, ...]
