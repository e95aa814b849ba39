"""Fees on a loan: charge one of the product's manual fees, waive what is owed of one.

A fee's id has a slash, "late_fee/3". In an address it is written with a tilde: ``late_fee~3``.
"""

from __future__ import annotations

from datetime import date

import msgspec
from litestar import Response, get, post
from litestar.params import JSONBody

from api.answers import CommandAnswer
from api.fee_id import from_address
from api.given import GivenActor, GivenAsked, GivenHouse, GivenSeen
from api.path import FeeId, LoanId
from engine.loan.commands import (
    AssessFee,
    WaiveFee,
)
from engine.loan.texts import AmountText, Reason
from servicing import reads
from servicing.views import FeeView

TAGS = ["Fees"]


class AssessBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One of the product's manual fees to charge."""

    fee: str
    """Name of the fee in the product."""
    assessed_on: date | None = None
    """Default: the business date."""
    amount: AmountText | None = None
    """Only for a fee whose product leaves the amount open."""
    reason: Reason


class WaiveBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What to forgive of a fee."""

    waived_on: date | None = None
    """Default: the business date."""
    amount: AmountText | None = None
    """Default: all that is owed of it."""
    reason: Reason


@get("/loans/{loan_id:str}/fees", tags=TAGS, opt={"scope": "loans:read"})
async def list_fees(
    house: GivenHouse, actor: GivenActor, loan_id: LoanId, seen: GivenSeen
) -> tuple[FeeView, ...]:
    """List the fees of a loan of which something is owed."""
    loan = await reads.loan(house, actor, loan_id, seen.as_of, seen.as_known_at)
    return loan.unpaid_fees


@post(
    "/loans/{loan_id:str}/fees",
    tags=TAGS,
    opt={
        "scope": "fees:write",
        "example": {"fee": "returned_payment_fee", "reason": "Check came back"},
    },
)
async def assess_fee(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[AssessBody]
) -> Response[CommandAnswer]:
    """Charge a fee: one of the product's manual fees, within what law allows that day."""
    command = AssessFee(
        fee=data.fee,
        assessed_on=data.assessed_on or asked.today,
        amount=data.amount,
        reason=data.reason,
    )
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/fees/{fee_id:str}/waive",
    tags=TAGS,
    opt={"scope": "fees:write", "example": {"reason": "Goodwill"}},
)
async def waive_fee(
    asked: GivenAsked, loan_id: LoanId, fee_id: FeeId, data: JSONBody[WaiveBody]
) -> Response[CommandAnswer]:
    """Waive a fee: forgive what is owed of it.

    In the address the slash of a fee's id is written as a tilde: ``late_fee~3`` for "late_fee/3".
    """
    command = WaiveFee(
        fee_id=from_address(fee_id),
        waived_on=data.waived_on or asked.today,
        amount=data.amount,
        reason=data.reason,
    )
    return await asked.carry_out(command, loan_id)
