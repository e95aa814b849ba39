"""Changes in the life of a loan: borrower status, rate change, charge-off, any command as is."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from litestar import Response, post
from litestar.params import JSONBody

from api.answers import CommandAnswer
from api.given import GivenAsked
from api.path import LoanId
from engine.loan.commands import (
    AdvanceTo,
    AssessFee,
    CancelLoan,
    ChangeRate,
    ChargeOffLoan,
    DisburseLoan,
    EndInterestPause,
    MoveLoan,
    PauseInterest,
    PlaceOnNonAccrual,
    ReceivePayment,
    RecordBorrowerStatus,
    ReturnPayment,
    ReturnToAccrual,
    ReverseDisbursement,
    ReversePayment,
    WaiveFee,
)
from engine.loan.status import BorrowerStatusKind, PausedAmounts, PausedInstallments
from engine.loan.texts import RateText, Reason, ShortText

LoanCommand = (
    DisburseLoan
    | ReverseDisbursement
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
TAGS = ["Loans"]


class StatusBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A borrower is in service, bankrupt, deceased or hit by disaster."""

    status: BorrowerStatusKind
    from_date: date
    """First day, also in the past: what law changes is worked out from then."""
    to_date: date | None = None
    """Last day; leave out while it is not known."""
    evidence: ShortText = ""


class RateBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Another note rate from a day on."""

    note_rate: RateText
    effective_on: date | None = None
    """Default: the business date."""
    reason: Reason


class PauseBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A time in which no interest is earned."""

    from_date: date | None = None
    """First day that earns nothing. Default: the business date."""
    to_date: date
    """Last day that earns nothing."""
    installments: PausedInstallments = PausedInstallments.go_on
    """Whether installments due in the pause go on, or wait for the due dates after it."""
    amounts: PausedAmounts = PausedAmounts.last_absorbs
    """Whether the last installment takes the difference, or all are set anew."""
    reason: Reason


class PauseEndBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The early end of a pause."""

    ended_on: date | None = None
    """First day that earns interest again. Default: the business date."""
    reason: Reason


class MoveBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Another version of the loan's product."""

    to_version: Annotated[int, msgspec.Meta(ge=1, le=999_999)]
    moved_on: date | None = None
    """First day under the version. Default: the business date."""
    consent: ShortText = ""
    """Reference of the borrower's consent; required where the move is adverse."""
    reason: Reason


class NonAccrualBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A loan whose interest is recognized only when it is paid."""

    placed_on: date | None = None
    """First day on non-accrual. Default: the business date."""
    reason: Reason


class AccrualBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A loan whose interest is recognized as it is earned again."""

    returned_on: date | None = None
    """First day on accrual. Default: the business date."""
    reason: Reason


class ChargeOffBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The loss to recognize."""

    charged_off_on: date | None = None
    """Default: the business date."""
    reason: Reason


@post(
    "/loans/{loan_id:str}/borrower_statuses",
    tags=TAGS,
    opt={
        "scope": "loans:write",
        "example": {
            "status": "military_service",
            "from_date": "2026-01-10",
            "evidence": "DMDC certificate",
        },
    },
)
async def record_borrower_status(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[StatusBody]
) -> Response[CommandAnswer]:
    """Record a borrower's status from a day on, such as military service (SCRA)."""
    command = RecordBorrowerStatus(
        status=data.status,
        from_date=data.from_date,
        to_date=data.to_date,
        evidence=data.evidence,
    )
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/rate_changes",
    tags=TAGS,
    opt={"scope": "rates:write", "example": {"note_rate": "0.0599", "reason": "Goodwill"}},
)
async def change_rate(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[RateBody]
) -> Response[CommandAnswer]:
    """Change the note rate from a day on, and the installments with it."""
    command = ChangeRate(
        note_rate=data.note_rate,
        effective_on=data.effective_on or asked.today,
        reason=data.reason,
    )
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/interest_pauses",
    tags=TAGS,
    opt={
        "scope": "rates:write",
        "example": {"to_date": "2026-04-14", "installments": "wait", "reason": "Hardship"},
    },
)
async def pause_interest(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[PauseBody]
) -> Response[CommandAnswer]:
    """Let no interest be earned for some time."""
    command = PauseInterest(
        from_date=data.from_date or asked.today,
        to_date=data.to_date,
        installments=data.installments,
        amounts=data.amounts,
        reason=data.reason,
    )
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/interest_pauses/end",
    tags=TAGS,
    opt={"scope": "rates:write", "example": {"reason": "Back at work"}},
)
async def end_interest_pause(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[PauseEndBody]
) -> Response[CommandAnswer]:
    """End a pause of interest early; interest is earned again from the day."""
    command = EndInterestPause(ended_on=data.ended_on or asked.today, reason=data.reason)
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/move",
    tags=TAGS,
    opt={"scope": "loans:move", "example": {"to_version": 2, "reason": "More days of grace"}},
)
async def move_loan(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[MoveBody]
) -> Response[CommandAnswer]:
    """Put a loan under another version of its product; the contract itself stays.

    Installments due before the day keep the fees of the version they fell due under.
    """
    command = MoveLoan(
        to_version=data.to_version,
        moved_on=data.moved_on or asked.today,
        consent=data.consent,
        reason=data.reason,
    )
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/non_accrual",
    tags=TAGS,
    opt={"scope": "loans:write", "example": {"reason": "90 days past due"}},
)
async def place_on_non_accrual(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[NonAccrualBody]
) -> Response[CommandAnswer]:
    """Place a loan on non-accrual: unpaid interest leaves income, and is income when it is paid.

    What the borrower owes does not change.
    """
    command = PlaceOnNonAccrual(placed_on=data.placed_on or asked.today, reason=data.reason)
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/non_accrual/end",
    tags=TAGS,
    opt={"scope": "loans:write", "example": {"reason": "Current for six months"}},
)
async def return_to_accrual(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[AccrualBody]
) -> Response[CommandAnswer]:
    """Return a loan to accrual: the books recognize the interest owed by then, and go on."""
    command = ReturnToAccrual(returned_on=data.returned_on or asked.today, reason=data.reason)
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/charge_off",
    tags=TAGS,
    opt={"scope": "loans:write", "example": {"reason": "120 days past due"}},
)
async def charge_off_loan(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[ChargeOffBody]
) -> Response[CommandAnswer]:
    """Charge a loan off: interest stops, what is owed becomes the recovery balance."""
    command = ChargeOffLoan(charged_off_on=data.charged_off_on or asked.today, reason=data.reason)
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/commands",
    tags=TAGS,
    opt={
        "scope": "loans:read",
        "example": {"command": "advance_to", "day": "2026-02-01"},
    },
)
async def command_loan(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[LoanCommand]
) -> Response[CommandAnswer]:
    """Give a loan any command, as data.

    The same commands as the addresses of their own, told apart by ``command``; each needs the
    scope of its own address.
    """
    return await asked.carry_out(data, loan_id)
