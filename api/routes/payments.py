"""Payments: receive one, take one back when the bank returns it or it was recorded wrongly."""

from __future__ import annotations

from datetime import date

import msgspec
from litestar import Response, get, post
from litestar.params import JSONBody

from api.answers import CommandAnswer
from api.given import GivenActor, GivenAsked, GivenHouse, GivenSeen
from api.path import LoanId, PaymentId
from api.payment_id import payment_number
from engine.loan.commands import (
    ReceivePayment,
    ReturnPayment,
    ReversePayment,
)
from engine.loan.status import PaymentKind
from engine.loan.texts import AmountText, Reason, ShortText
from servicing import payments
from servicing.payments import PaymentView

TAGS = ["Payments"]
WRITE = "payments:write"


class PaymentBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Money from or for the borrower."""

    amount: AmountText
    received_on: date | None = None
    """Day it counts from, also in the past; default: the business date."""
    method: ShortText = "ach"
    reference: ShortText = ""
    """Yours or the bank's. One seen before on the loan is a finding, not a refusal."""
    kind: PaymentKind = PaymentKind.regular


class ReturnBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The bank took a payment back."""

    returned_on: date | None = None
    """Default: the business date."""
    return_code: ShortText
    """ACH return code: R01 insufficient funds, R10 unauthorized …"""


class ReverseBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A payment that was recorded wrongly."""

    reversed_on: date | None = None
    """Default: the business date."""
    reason: Reason


@get("/loans/{loan_id:str}/payments", tags=TAGS, opt={"scope": "loans:read"})
async def list_payments(
    house: GivenHouse, actor: GivenActor, loan_id: LoanId, seen: GivenSeen
) -> tuple[PaymentView, ...]:
    """List the payments of a loan: where each went, and whether it was taken back."""
    return await payments.payments(house, actor, loan_id, seen.as_of, seen.as_known_at)


@post(
    "/loans/{loan_id:str}/payments",
    tags=TAGS,
    opt={
        "scope": WRITE,
        "example": {"amount": "451.46", "received_on": "2026-01-15", "method": "ach"},
    },
)
async def receive_payment(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[PaymentBody]
) -> Response[CommandAnswer]:
    """Receive a payment.

    It counts from ``received_on``: a day in the past is re-decided with everything after it. The
    answer says where each cent went and why.
    """
    command = ReceivePayment(
        amount=data.amount,
        received_on=data.received_on or asked.today,
        method=data.method,
        reference=data.reference,
        kind=data.kind,
    )
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/payments/{payment_id:str}/return",
    tags=TAGS,
    opt={"scope": WRITE, "example": {"return_code": "R01", "returned_on": "2026-01-17"}},
)
async def return_payment(
    asked: GivenAsked, loan_id: LoanId, payment_id: PaymentId, data: JSONBody[ReturnBody]
) -> Response[CommandAnswer]:
    """Return a payment: the bank took it back, so it counts as never received.

    Interest is earned again, lateness is judged again, and the product's returned-payment fee is
    charged when the return code allows it.
    """
    command = ReturnPayment(
        payment=payment_number(loan_id, payment_id),
        returned_on=data.returned_on or asked.today,
        return_code=data.return_code,
    )
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/payments/{payment_id:str}/reverse",
    tags=TAGS,
    opt={"scope": WRITE, "example": {"reason": "Posted to the wrong loan"}},
)
async def reverse_payment(
    asked: GivenAsked, loan_id: LoanId, payment_id: PaymentId, data: JSONBody[ReverseBody]
) -> Response[CommandAnswer]:
    """Reverse a payment that we recorded wrongly: it counts as never received; no fee follows."""
    command = ReversePayment(
        payment=payment_number(loan_id, payment_id),
        reversed_on=data.reversed_on or asked.today,
        reason=data.reason,
    )
    return await asked.carry_out(command, loan_id)
