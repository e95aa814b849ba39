"""What happened to a loan: facts from outside and outcomes the engine decided, past tense.

``evolve`` only applies the amounts that stand here. Amounts are in minor units, days are ISO dates.
No personal data: events carry ids only. ``effective_on`` is the day an event counts from;
when it was written is kept beside it in ``Recorded``.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from engine.loan.status import BorrowerStatusKind, PaymentKind
from engine.loan.terms import LoanTerms
from engine.values.money import ZERO, Exact, Money
from engine.values.rate import Rate

ENGINE_VERSION = 1
"""Raised when decided numbers may change; stands in every outcome."""


class RuleUse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule that took part in a decision, with the dated values it used."""

    rule: str
    citation: str = ""
    values: dict[str, str] = {}
    outcome: str = "pass"


class Because(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an outcome rests on: product version, the term, rules and the figures used."""

    product: str = ""
    """Product and version: "personal_installment@2"."""
    term: str = ""
    """JSON pointer of the term in the product: "/fees/1"."""
    rules: tuple[RuleUse, ...] = ()
    figures: dict[str, str] = {}
    """Name → value as text: {"days_past_due": "11"}."""
    engine: int = ENGINE_VERSION


class _Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="event"):
    effective_on: date


# --- facts -------------------------------------------------------------------------------------


class LoanBooked(_Event, frozen=True, kw_only=True, tag="loan_booked"):
    """The contract was made."""

    borrower_id: str
    product: str
    product_version: int
    currency: str
    terms: LoanTerms
    legal_entity_id: str = "main"
    quote_id: str = ""
    because: Because = Because()


class LoanDisbursed(_Event, frozen=True, kw_only=True, tag="loan_disbursed"):
    """The money went out; principal is owed and interest runs from this day."""

    principal: Money
    """Principal owed from now on."""
    fees_from_proceeds: Money = ZERO
    """Part of the principal kept by the lender for origination fees."""
    method: str = ""
    reference: str = ""


class OpenFee(msgspec.Struct, frozen=True, kw_only=True):
    """A fee owed at boarding."""

    fee_id: str
    name: str
    amount: Money
    assessed_on: date


class LoanBoarded(_Event, frozen=True, kw_only=True, tag="loan_boarded"):
    """A loan was taken over in mid-life; ``effective_on`` is its first day here."""

    borrower_id: str
    product: str
    product_version: int
    currency: str
    terms: LoanTerms
    """The original contract; ``first_payment_date`` is the next due date here."""
    principal_balance: Money
    accrued_interest: Exact
    """Earned and unpaid through boarding, exact minor units."""
    installment_amount: Money
    past_due: tuple[tuple[date, Money], ...] = ()
    """Unpaid installments: due date and what is still owed of each."""
    installments_before: int = 0
    """Installments billed before boarding; the next one here gets the following number."""
    fees_owed: tuple[OpenFee, ...] = ()
    late_fees_last_12_months: int = 0
    paid_through_date: date | None = None
    legal_entity_id: str = "main"
    external_id: str = ""


class PaymentReceived(_Event, frozen=True, kw_only=True, tag="payment_received"):
    """Money came in; ``effective_on`` is the day it was received."""

    amount: Money
    method: str = ""
    reference: str = ""
    kind: PaymentKind = PaymentKind.regular


class PaymentReturned(_Event, frozen=True, kw_only=True, tag="payment_returned"):
    """The bank took a payment back; ``effective_on`` is the day that payment had counted from."""

    payment: int
    amount: Money
    return_code: str
    returned_on: date


class PaymentReversed(_Event, frozen=True, kw_only=True, tag="payment_reversed"):
    """A wrongly recorded payment was undone; ``effective_on`` is the day it had counted from."""

    payment: int
    amount: Money
    reversed_on: date
    reason: str = ""


class FeeWaived(_Event, frozen=True, kw_only=True, tag="fee_waived"):
    """Part or all of a fee was forgiven."""

    fee_id: str
    amount: Money
    reason: str = ""


class BorrowerStatusRecorded(_Event, frozen=True, kw_only=True, tag="borrower_status_recorded"):
    """A borrower's circumstances changed, from a day and perhaps to one."""

    status: BorrowerStatusKind
    from_date: date
    """First day the circumstances hold; ``effective_on`` is not before the loan itself."""
    to_date: date | None = None
    evidence: str = ""


class RateChanged(_Event, frozen=True, kw_only=True, tag="rate_changed"):
    """A person changed the note rate from this day on."""

    note_rate: Rate
    reason: str = ""


class LoanChargedOff(_Event, frozen=True, kw_only=True, tag="loan_charged_off"):
    """The loss was recognized; interest stops and the amounts become the recovery balance."""

    principal: Money
    interest: Money
    fees: Money
    reason: str = ""


class LoanCancelled(_Event, frozen=True, kw_only=True, tag="loan_cancelled"):
    """The contract was undone before money went out."""

    reason: str = ""


# --- outcomes ----------------------------------------------------------------------------------


class PlannedInstallment(msgspec.Struct, frozen=True, array_like=True):
    """One installment of a schedule: number, due date, amount."""

    number: int
    due_date: date
    amount: Money


class ScheduleSet(_Event, frozen=True, kw_only=True, tag="schedule_set"):
    """Installments from a number on were set, by the contract or by a re-amortization."""

    installments: tuple[PlannedInstallment, ...]
    reason: str = "contract"
    """contract, boarding, rate_change, rate_limit, curtailment."""
    because: Because = Because()


class InstallmentBilled(_Event, frozen=True, kw_only=True, tag="installment_billed"):
    """An installment fell due; ``effective_on`` is its due date."""

    number: int
    amount: Money


class PaymentAllocated(_Event, frozen=True, kw_only=True, tag="payment_allocated"):
    """How a payment fell through the waterfall; its parts add up to the payment."""

    payment: int
    """Sequence number of the payment."""
    fees: tuple[tuple[str, Money], ...] = ()
    """Fee id and amount."""
    interest: Money = ZERO
    principal: Money = ZERO
    recovery: Money = ZERO
    unapplied: Money = ZERO
    installments: tuple[tuple[int, Money], ...] = ()
    """Installment number and dollars counted towards it (interest and principal together)."""
    because: Because = Because()


class FeeAssessed(_Event, frozen=True, kw_only=True, tag="fee_assessed"):
    """A fee was charged."""

    fee_id: str
    """Stable inside the loan: "late_fee/3" for installment 3, "returned_payment_fee/12"."""
    name: str
    """The fee's name in the product."""
    kind: str
    """late_fee, returned_payment_fee, origination_fee, expression_fee …"""
    amount: Money
    installment: int = 0
    payment: int = 0
    counts_towards_past_due: bool = False
    by_person: bool = False
    """True when a person charged it: a fact then, which no correction undoes."""
    because: Because = Because()


class FeeForgone(_Event, frozen=True, kw_only=True, tag="fee_forgone"):
    """A fee the note allows was not charged because law or policy said no."""

    fee_id: str
    name: str
    amount: Money
    """What the note would have allowed."""
    installment: int = 0
    because: Because = Because()


class RateReset(_Event, frozen=True, kw_only=True, tag="rate_reset"):
    """The rate in force changed by term or by law (SCRA's 6 percent)."""

    rate: Rate
    reason: str
    because: Because = Because()


class DelinquencyStageChanged(_Event, frozen=True, kw_only=True, tag="delinquency_stage_changed"):
    """The loan entered another stage of lateness, or was cured."""

    stage: str
    days_past_due: int


class ChargeOffProposed(_Event, frozen=True, kw_only=True, tag="charge_off_proposed"):
    """The product's charge-off day was reached; a person decides."""

    days_past_due: int
    because: Because = Because()


class BalanceForgiven(_Event, frozen=True, kw_only=True, tag="balance_forgiven"):
    """A residue within the product's tolerance was forgiven so that the loan could close."""

    principal: Money = ZERO
    interest: Money = ZERO
    installments: tuple[tuple[int, Money], ...] = ()
    """Installment number and dollars of it that the forgiven residue settles."""
    because: Because = Because()


class LoanPaidOff(_Event, frozen=True, kw_only=True, tag="loan_paid_off"):
    """Nothing is owed any more."""


Fact = (
    LoanBooked
    | LoanDisbursed
    | LoanBoarded
    | PaymentReceived
    | PaymentReturned
    | PaymentReversed
    | FeeWaived
    | BorrowerStatusRecorded
    | RateChanged
    | LoanChargedOff
    | LoanCancelled
)
Outcome = (
    ScheduleSet
    | InstallmentBilled
    | PaymentAllocated
    | FeeAssessed
    | FeeForgone
    | RateReset
    | DelinquencyStageChanged
    | ChargeOffProposed
    | BalanceForgiven
    | LoanPaidOff
)


class OutcomeUndone(_Event, frozen=True, kw_only=True, tag="outcome_undone"):
    """A correction took back an earlier outcome; ``effective_on`` is the outcome's own day."""

    undoes: int
    """Sequence number of the outcome taken back."""
    outcome: Outcome
    """The outcome itself, so that its inverse can be applied and booked from this event alone."""
    reason: str = "correction"
    """correction or drift."""


Event = Fact | Outcome | OutcomeUndone


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it stands in the history of its loan."""

    seq: int
    """Position in the loan's history, from 1."""
    event: Event
    recorded_at: datetime
    """When we wrote it, UTC."""
    posted_on: date
    """Business date of the books it was posted on."""
    actor: str = ""
    command_id: str = ""


FACTS = (
    LoanBooked,
    LoanDisbursed,
    LoanBoarded,
    PaymentReceived,
    PaymentReturned,
    PaymentReversed,
    FeeWaived,
    BorrowerStatusRecorded,
    RateChanged,
    LoanChargedOff,
    LoanCancelled,
)


def is_fact(event: Event) -> bool:
    """True for what came from outside or from a person; corrections never undo it."""
    return isinstance(event, FACTS) or (isinstance(event, FeeAssessed) and event.by_person)
