"""Examples in a product's file: a loan, dated happenings, and the numbers they must come to.

They run at validation and before publishing, and are documentation that cannot rot.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from engine.values.frequency import Frequency
from engine.values.money import Money
from engine.values.rate import Rate


class ExamplePart(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A part of the amount, planned for a day."""

    on: date
    amount: Money


class ExampleLoan(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The loan asked for in an example."""

    amount: Money
    """Amount asked for, before financed fees."""
    note_rate: Rate
    number_of_payments: int
    contract_date: date
    first_payment_date: date | None = None
    """One period after the contract when left out."""
    frequency: Frequency | None = None
    """The product's first frequency when left out."""
    disbursed_on: date | None = None
    """The contract date when left out."""
    down_payment: Money | None = None
    """The least the product takes when left out."""
    disbursements: tuple[ExamplePart, ...] = ()
    """Parts the contract plans. The first is paid out when the example begins, the others by
    happenings."""
    state: str = ""
    """State whose law governs, by two letters."""
    purpose: str = "personal"
    creditor_type: str = "licensed_lender"
    covered_borrower: bool = False
    """Covered by the Military Lending Act on the contract date."""


class _Happening(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
):
    on: date
    """The day it counts from."""


class PaymentHappens(_Happening, frozen=True, kw_only=True, tag="payment"):
    """A payment is received."""

    amount: Money
    name: str = ""
    """Name by which a later happening means this payment."""
    purpose: Literal["regular", "principal_only", "payoff"] = "regular"
    """What it is for: installments, principal alone, or all that is owed."""


class ReturnHappens(_Happening, frozen=True, kw_only=True, tag="returned_payment"):
    """The bank takes a payment back."""

    payment: str = ""
    """Name of the payment; the last one when left out."""
    return_code: str = "R01"


class ReversalHappens(_Happening, frozen=True, kw_only=True, tag="reversed_payment"):
    """A wrongly recorded payment is undone."""

    payment: str = ""
    """Name of the payment; the last one when left out."""


class FeeHappens(_Happening, frozen=True, kw_only=True, tag="fee"):
    """A person charges a fee of the product."""

    fee: str
    """Name of the fee in the product."""
    amount: Money | None = None


class ServiceHappens(_Happening, frozen=True, kw_only=True, tag="military_service"):
    """The lender learns on this day of the borrower's military service."""

    from_date: date | None = None
    """First day of service; the day the lender learns of it when left out."""
    to_date: date | None = None
    """Last day of service; open when left out."""


class DisbursementHappens(_Happening, frozen=True, kw_only=True, tag="disbursement"):
    """A further part is paid out."""

    amount: Money | None = None
    """The next part the contract plans when left out, else all that is left."""


class RateHappens(_Happening, frozen=True, kw_only=True, tag="rate_change"):
    """The note rate changes."""

    note_rate: Rate


class PauseHappens(_Happening, frozen=True, kw_only=True, tag="interest_pause"):
    """Interest is paused from this day."""

    to_date: date
    """Last day that earns nothing."""
    installments: Literal["go_on", "wait"] = "go_on"
    """Whether installments due in the pause go on, or wait for the due dates after it."""
    amounts: Literal["last_absorbs", "set_anew"] = "last_absorbs"
    """Whether the last installment takes the difference, or all are set anew."""


class PauseEndHappens(_Happening, frozen=True, kw_only=True, tag="interest_pause_end"):
    """The pause of interest ends early; this day earns again."""


class IndexHappens(_Happening, frozen=True, kw_only=True, tag="index_value"):
    """The value of a rate index becomes known; it may be before the contract."""

    index: str
    value: Rate
    """0.0750 is 7.50 percent."""
    value_on: date | None = None
    """The day the value is of; the day it becomes known when left out."""


Happening = (
    PaymentHappens
    | IndexHappens
    | ReturnHappens
    | ReversalHappens
    | FeeHappens
    | ServiceHappens
    | RateHappens
    | DisbursementHappens
    | PauseHappens
    | PauseEndHappens
)


class ExpectedRow(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One installment of the contract's schedule; what is left out is not compared."""

    number: int
    due_date: date | None = None
    payment: Money | None = None
    interest: Money | None = None
    principal: Money | None = None
    balance: Money | None = None


class ExpectedBalances(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The loan at the end of a day; what is left out is not compared."""

    on: date
    status: str | None = None
    principal_balance: Money | None = None
    accrued_interest: Money | None = None
    fees_owed: Money | None = None
    amount_past_due: Money | None = None
    days_past_due: int | None = None
    payoff: Money | None = None
    unapplied_funds: Money | None = None
    delinquency_stage: str | None = None


class ExpectedEvent(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """An event that must stand in the loan's history."""

    event: str
    """Kind of the event: fee_assessed, installment_billed, loan_paid_off …"""
    on: date | None = None
    name: str | None = None
    """Name of the fee, where the event is about one."""
    amount: Money | None = None
    times: int = 1
    """How often it stands there; 0 says that it must not."""


class Expected(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The numbers an example must come to; what is left out is not compared."""

    installment: Money | None = None
    """The first installment's amount."""
    last_installment: Money | None = None
    apr: Rate | None = None
    """As disclosed, to the hundredth of a percent."""
    finance_charge: Money | None = None
    amount_financed: Money | None = None
    total_of_payments: Money | None = None
    disbursed_amount: Money | None = None
    """What the borrower receives."""
    maturity_date: date | None = None
    rows: tuple[ExpectedRow, ...] = ()
    balances: tuple[ExpectedBalances, ...] = ()
    events: tuple[ExpectedEvent, ...] = ()
    refusal: str | None = None
    """Code of the refusal, or name of the rule that refuses, when the loan is not made."""


class Example(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A loan, what happens to it, and the numbers that must come out."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=160)]
    """What it shows, in a sentence."""
    loan: ExampleLoan
    happenings: tuple[Happening, ...] = ()
    expect: Expected
