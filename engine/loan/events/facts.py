"""Facts: what came from outside or from a person; no correction ever undoes one."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.loan.events.because import Because
from engine.loan.events.event import DatedEvent
from engine.loan.status import BorrowerStatusKind, PausedAmounts, PausedInstallments, PaymentKind
from engine.loan.terms import LoanTerms
from engine.values.money import ZERO, Exact, Money
from engine.values.rate import Rate


class LoanBooked(DatedEvent, frozen=True, kw_only=True, tag="loan_booked"):
    """The contract was made."""

    borrower_id: str
    product: str
    product_version: int
    currency: str
    terms: LoanTerms
    legal_entity_id: str = "main"
    quote_id: str = ""
    because: Because = Because()


class LoanDisbursed(DatedEvent, frozen=True, kw_only=True, tag="loan_disbursed"):
    """Money went out, all of it or a part; principal is owed and interest runs from this day."""

    principal: Money
    """Principal owed from now on, beside what was paid out before."""
    fees_from_proceeds: Money = ZERO
    """Part of the principal kept by the lender for origination fees."""
    method: str = ""
    reference: str = ""


class DisbursementReversed(DatedEvent, frozen=True, kw_only=True, tag="disbursement_reversed"):
    """Money was never lent after all; ``effective_on`` is the day it had counted from."""

    disbursement: int
    principal: Money
    fees_from_proceeds: Money = ZERO
    reversed_on: date
    reason: str = ""


class OpenFee(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A fee owed at boarding."""

    fee_id: str
    name: str
    amount: Money
    assessed_on: date
    kind: str = "boarded"
    """What the product's fee of that name is, late_fee …; else only that it was brought in."""
    counts_towards_past_due: bool = False
    interest_bearing: bool = False
    """Whether it earns interest while unpaid."""


class LoanBoarded(DatedEvent, frozen=True, kw_only=True, tag="loan_boarded"):
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


class PaymentReceived(DatedEvent, frozen=True, kw_only=True, tag="payment_received"):
    """Money came in; ``effective_on`` is the day it was received."""

    amount: Money
    method: str = ""
    reference: str = ""
    kind: PaymentKind = PaymentKind.regular


class PaymentReturned(DatedEvent, frozen=True, kw_only=True, tag="payment_returned"):
    """The bank took a payment back; ``effective_on`` is the day that payment had counted from."""

    payment: int
    amount: Money
    return_code: str
    returned_on: date


class PaymentReversed(DatedEvent, frozen=True, kw_only=True, tag="payment_reversed"):
    """A wrongly recorded payment was undone; ``effective_on`` is the day it had counted from."""

    payment: int
    amount: Money
    reversed_on: date
    reason: str = ""


class FeeWaived(DatedEvent, frozen=True, kw_only=True, tag="fee_waived"):
    """Part or all of a fee was forgiven."""

    fee_id: str
    amount: Money
    reason: str = ""
    interest_bearing: bool = False
    """Whether it earns interest while unpaid."""


class BorrowerStatusRecorded(DatedEvent, frozen=True, kw_only=True, tag="borrower_status_recorded"):
    """A borrower's circumstances changed, from a day and perhaps to one."""

    status: BorrowerStatusKind
    from_date: date
    """First day the circumstances hold; ``effective_on`` is not before the loan itself."""
    to_date: date | None = None
    evidence: str = ""


class RateChanged(DatedEvent, frozen=True, kw_only=True, tag="rate_changed"):
    """A person changed the note rate from this day on; a reset brings it into force."""

    note_rate: Rate
    reason: str = ""


class InterestPaused(DatedEvent, frozen=True, kw_only=True, tag="interest_paused"):
    """A person let no interest be earned from this day through another."""

    to_date: date
    """Last day that earns nothing."""
    installments: PausedInstallments = PausedInstallments.go_on
    amounts: PausedAmounts = PausedAmounts.last_absorbs
    reason: str = ""


class InterestPauseEnded(DatedEvent, frozen=True, kw_only=True, tag="interest_pause_ended"):
    """A pause was ended early; interest is earned again from this day."""

    first_day: date
    """The day the pause had begun."""
    reason: str = ""


class RateIndexPublished(DatedEvent, frozen=True, kw_only=True, tag="rate_index_published"):
    """The value of an index that the reset of this day goes by was there; a later one corrects."""

    index: str
    value_on: date
    """The day the value is of."""
    value: Rate


class LoanMoved(DatedEvent, frozen=True, kw_only=True, tag="loan_moved"):
    """The loan is under another version of its product from this day on.

    Installments due before keep the fees of the version they fell due under.
    """

    from_version: int
    to_version: int
    consent: str = ""
    """The borrower's consent, where the move is adverse."""
    reason: str = ""


class LoanPlacedOnNonAccrual(
    DatedEvent, frozen=True, kw_only=True, tag="loan_placed_on_non_accrual"
):
    """The books recognize interest only when it is paid from this day on; it is owed as before."""

    reason: str = ""


class LoanReturnedToAccrual(DatedEvent, frozen=True, kw_only=True, tag="loan_returned_to_accrual"):
    """The books recognize interest as it is earned again from this day on."""

    reason: str = ""


class LoanChargedOff(DatedEvent, frozen=True, kw_only=True, tag="loan_charged_off"):
    """The loss was recognized; interest stops and the amounts become the recovery balance."""

    principal: Money
    interest: Money
    fees: Money
    bearing_fees: Money = ZERO
    """Of the fees, those that earned interest."""
    reason: str = ""
    non_accrual: bool = False
    """The loan was on non-accrual: its unpaid interest was no income and is no loss."""


class LoanCancelled(DatedEvent, frozen=True, kw_only=True, tag="loan_cancelled"):
    """The contract was undone before money went out."""

    reason: str = ""


Fact = (
    LoanBooked
    | LoanDisbursed
    | DisbursementReversed
    | LoanBoarded
    | PaymentReceived
    | PaymentReturned
    | PaymentReversed
    | FeeWaived
    | BorrowerStatusRecorded
    | RateChanged
    | InterestPaused
    | InterestPauseEnded
    | RateIndexPublished
    | LoanMoved
    | LoanPlacedOnNonAccrual
    | LoanReturnedToAccrual
    | LoanChargedOff
    | LoanCancelled
)

FACT_TYPES = (
    LoanBooked,
    LoanDisbursed,
    DisbursementReversed,
    LoanBoarded,
    PaymentReceived,
    PaymentReturned,
    PaymentReversed,
    FeeWaived,
    BorrowerStatusRecorded,
    RateChanged,
    InterestPaused,
    InterestPauseEnded,
    RateIndexPublished,
    LoanMoved,
    LoanPlacedOnNonAccrual,
    LoanReturnedToAccrual,
    LoanChargedOff,
    LoanCancelled,
)
