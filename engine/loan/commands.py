"""What may be asked of a loan: imperative, with amounts as decimal text until the loan is known.

A command says what someone wants; ``decide`` judges it and answers with events or refusals.
Amounts are decimal text because only the loan knows its currency.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from engine.loan.status import BorrowerStatusKind, PausedAmounts, PausedInstallments, PaymentKind
from engine.loan.terms import Circumstances
from engine.loan.texts import AmountText, RateText, Reason, ShortText
from engine.values.frequency import Frequency


class _Command(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="command", forbid_unknown_fields=True
):
    pass


class RequestedDisbursement(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A part of the amount, to be paid out on a day."""

    on: date
    amount: AmountText


class RequestedTerms(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Terms asked for within a product; what is left out takes the product's default."""

    amount: AmountText
    """Loan amount asked for; with a down payment the price, of which that is a part."""
    note_rate: RateText
    number_of_payments: int
    contract_date: date
    first_payment_date: date | None = None
    """Default: one period after the contract date, as the product's due dates say."""
    frequency: Frequency | None = None
    """Default: the product's first frequency."""
    circumstances: Circumstances = Circumstances()
    down_payment: AmountText | None = None
    """Default: the least the product takes. It is no part of the number of payments."""
    disbursements: tuple[RequestedDisbursement, ...] = ()
    """Parts that add up to the amount, where the product pays out several; left out, the schedule
    is that of the whole amount paid out on the contract date."""


class BookLoan(_Command, frozen=True, kw_only=True, tag="book_loan"):
    """Make the contract of a loan; no money moves yet."""

    borrower_id: str
    terms: RequestedTerms
    legal_entity_id: str = "main"
    quote_id: str = ""
    """The quote that is accepted; its product version and terms are booked."""
    product: str = ""
    """Without a quote: the product, in the version live on the contract date."""


class DisburseLoan(_Command, frozen=True, kw_only=True, tag="disburse_loan"):
    """Pay the loan or a part of it out to the borrower; interest runs from this day."""

    disbursed_on: date
    amount: AmountText | None = None
    """Principal paid out now. Default: the next part the contract plans, else all that is left."""
    method: ShortText = "ach"
    reference: ShortText = ""


class ReverseDisbursement(_Command, frozen=True, kw_only=True, tag="reverse_disbursement"):
    """Money we recorded as paid out was not, or came back at once; it counts as never lent."""

    disbursement: int
    """Sequence number of the LoanDisbursed event."""
    reversed_on: date
    reason: Reason


class OpeningFee(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fee already assessed and unpaid when the loan was boarded."""

    name: str
    amount: AmountText
    assessed_on: date


class BoardLoan(_Command, frozen=True, kw_only=True, tag="board_loan"):
    """Take over a loan in mid-life from another system, with its balances and lateness."""

    borrower_id: str
    product: str = ""
    """The product it is serviced under from now on, in the version live when it is boarded."""
    boarded_on: date
    """First day this system services the loan; nothing may be effective before it."""
    original_amount: AmountText
    note_rate: RateText
    contract_date: date
    number_of_payments: int
    """Installments agreed in the contract, all of them."""
    next_due_date: date
    """Due date of the first installment not yet billed on the boarding day."""
    installment_amount: AmountText
    principal_balance: AmountText
    accrued_interest: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,12}(\.[0-9]{1,12})?$")] = "0"
    """Earned and unpaid at boarding; fractions of a cent are allowed (the carry)."""
    remaining_payments: int = 0
    """Installments still to be billed from next_due_date on, one at least."""
    past_due_amount: AmountText = "0"
    oldest_unpaid_due_date: date | None = None
    """Due date of the oldest unpaid installment; required when anything is past due."""
    paid_through_date: date | None = None
    fees_owed: tuple[OpeningFee, ...] = ()
    late_fees_last_12_months: int = 0
    frequency: Frequency | None = None
    circumstances: Circumstances = Circumstances()
    legal_entity_id: str = "main"
    external_id: ShortText = ""


class ReceivePayment(_Command, frozen=True, kw_only=True, tag="receive_payment"):
    """Money from or for the borrower, effective on the day it was received."""

    amount: AmountText
    received_on: date
    method: ShortText = "ach"
    reference: ShortText = ""
    kind: PaymentKind = PaymentKind.regular


class ReturnPayment(_Command, frozen=True, kw_only=True, tag="return_payment"):
    """The bank took a payment back; it counts as never received."""

    payment: int
    """Sequence number of the PaymentReceived event."""
    returned_on: date
    return_code: ShortText
    """ACH return code: R01 insufficient funds, R10 unauthorized …"""


class ReversePayment(_Command, frozen=True, kw_only=True, tag="reverse_payment"):
    """We recorded a payment wrongly; it counts as never received, and no fee follows."""

    payment: int
    reversed_on: date
    reason: Reason


class AssessFee(_Command, frozen=True, kw_only=True, tag="assess_fee"):
    """Charge one of the product's manual fees."""

    fee: str
    """Name of the fee in the product."""
    assessed_on: date
    amount: AmountText | None = None
    """Only for a fee whose product leaves the amount open; otherwise the product computes it."""
    reason: Reason


class WaiveFee(_Command, frozen=True, kw_only=True, tag="waive_fee"):
    """Forgive what is owed of one fee."""

    fee_id: str
    waived_on: date
    amount: AmountText | None = None
    """Default: all that is owed of it."""
    reason: Reason


class RecordBorrowerStatus(_Command, frozen=True, kw_only=True, tag="record_borrower_status"):
    """Note that a borrower is in service, bankrupt, deceased or hit by disaster, from a day."""

    status: BorrowerStatusKind
    from_date: date
    to_date: date | None = None
    """Last day; open when not known yet."""
    evidence: ShortText = ""


class ChangeRate(_Command, frozen=True, kw_only=True, tag="change_rate"):
    """Change the note rate from a day on, and the installments with it."""

    note_rate: RateText
    effective_on: date
    reason: Reason


class PauseInterest(_Command, frozen=True, kw_only=True, tag="pause_interest"):
    """Let no interest be earned for some time."""

    from_date: date
    """First day that earns nothing."""
    to_date: date
    """Last day that earns nothing."""
    installments: PausedInstallments = PausedInstallments.go_on
    """Whether installments due in the pause go on, or wait for the due dates after it."""
    amounts: PausedAmounts = PausedAmounts.last_absorbs
    """Whether the last installment takes the difference, or all are set anew."""
    reason: Reason


class EndInterestPause(_Command, frozen=True, kw_only=True, tag="end_interest_pause"):
    """End a pause of interest before its last day."""

    ended_on: date
    """First day that earns interest again; it lies in the pause."""
    reason: Reason


class MoveLoan(_Command, frozen=True, kw_only=True, tag="move_loan"):
    """Put the loan under another version of its product from a day on; the contract stays."""

    to_version: Annotated[int, msgspec.Meta(ge=1, le=999_999)]
    moved_on: date
    consent: ShortText = ""
    """Reference of the borrower's consent; required where the move is adverse."""
    reason: Reason


class PlaceOnNonAccrual(_Command, frozen=True, kw_only=True, tag="place_on_non_accrual"):
    """Let the books recognize interest only when it is paid; the borrower owes it as before."""

    placed_on: date
    """First day on non-accrual: interest recognized and unpaid is taken out of income."""
    reason: Reason


class ReturnToAccrual(_Command, frozen=True, kw_only=True, tag="return_to_accrual"):
    """Let the books recognize interest as it is earned again, what is owed by then included."""

    returned_on: date
    """First day on which interest is recognized as earned again."""
    reason: Reason


class ChargeOffLoan(_Command, frozen=True, kw_only=True, tag="charge_off_loan"):
    """Recognize the loss: interest stops, what is owed becomes the recovery balance."""

    charged_off_on: date
    reason: Reason


class CancelLoan(_Command, frozen=True, kw_only=True, tag="cancel_loan"):
    """Undo a booked loan before money went out."""

    cancelled_on: date
    reason: Reason


class AdvanceTo(_Command, frozen=True, kw_only=True, tag="advance_to"):
    """Let time pass through the end of a day: bill, assess fees, change stages."""

    day: date


Command = (
    BookLoan
    | DisburseLoan
    | ReverseDisbursement
    | BoardLoan
    | ReceivePayment
    | ReturnPayment
    | ReversePayment
    | AssessFee
    | WaiveFee
    | RecordBorrowerStatus
    | ChangeRate
    | PauseInterest
    | EndInterestPause
    | MoveLoan
    | PlaceOnNonAccrual
    | ReturnToAccrual
    | ChargeOffLoan
    | CancelLoan
    | AdvanceTo
)
