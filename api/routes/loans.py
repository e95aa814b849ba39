"""Loans: book one from a quote or from terms, find it, read it as of any day, disburse, cancel."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery, HeaderParameter, JSONBody, QueryParameter
from litestar.response import Stream

from api.answers import CommandAnswer, LoanList, loan_tag, not_modified, page_members
from api.files import CSV, csv_file
from api.given import GivenActor, GivenAsked, GivenHouse, GivenSeen
from api.paging import Cursor, Limit, Search
from api.path import DisbursementNumber, LoanId
from api.problem import Fault, invalid
from engine.loan.commands import (
    BookLoan,
    CancelLoan,
    DisburseLoan,
    RequestedTerms,
    ReverseDisbursement,
)
from engine.loan.status import LoanStatus
from engine.loan.texts import AmountText, Reason, ShortText
from servicing import loan_export, quotes, reads
from servicing.errors import NotFound
from servicing.views import LoanView

TAGS = ["Loans"]
_DIGITS = 10
IfNoneMatch = Annotated[
    str,
    HeaderParameter(
        name="If-None-Match",
        required=False,
        description="ETag of the loan as read before: 304 when it still looks the same.",
    ),
]

LateDays = Annotated[
    int | None,
    QueryParameter(ge=1, le=36500, description="Only loans at least so many days past due"),
]
Begun = Annotated[
    str,
    QueryParameter(
        pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$",
        description='Only contracts of a month, like "2026-05"',
    ),
]

ProductName = Annotated[str | None, QueryParameter(max_length=80)]
Stage = Annotated[str | None, QueryParameter(max_length=40)]
Sort = Annotated[
    str,
    QueryParameter(
        pattern=r"^-?[a-z_]{1,40}$", description="Field to sort by; with - in front, descending"
    ),
]


class BookBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A loan to book: exactly as a quote says, or by terms within a product."""

    borrower_id: str
    quote_id: str = ""
    """Books exactly what the quote shows; leave out product and terms."""
    product: str = ""
    """Without a quote: the product, in the version live on the contract date."""
    terms: RequestedTerms | None = None
    legal_entity_id: str = "main"


class DisburseBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Money out to the borrower."""

    disbursed_on: date | None = None
    """Default: the business date."""
    amount: AmountText | None = None
    """Principal paid out now, where the product pays out parts. Default: the next part the
    contract plans, else all that is left."""
    method: ShortText = "ach"
    reference: ShortText = ""


class ReverseDisbursementBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Money that was never lent after all."""

    reversed_on: date | None = None
    """Default: the business date."""
    reason: Reason


class CancelBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Undo a booked loan before money went out."""

    cancelled_on: date | None = None
    """Default: the business date."""
    reason: Reason


@get("/loans", tags=TAGS, opt={"scope": "loans:read"})
async def list_loans(
    request: Request[Any, Any, Any],
    house: GivenHouse,
    actor: GivenActor,
    search: Search = "",
    status: FromQuery[LoanStatus | None] = None,
    product: ProductName = None,
    delinquency_stage: Stage = None,
    late_days: LateDays = None,
    begun: Begun = "",
    sort: Sort = "-days_past_due",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> LoanList:
    """List loans.

    ``search`` finds loan ids, external ids and the names of borrowers. Pages are stable while
    loans are added: ask for the next with ``next_cursor``, or follow ``next``.
    """
    page = await reads.loans(
        house,
        actor,
        search=search,
        status=status,
        product=product,
        stage=delinquency_stage,
        late_days=late_days,
        begun=begun,
        cursor=cursor,
        limit=limit,
        sort=sort,
    )
    return LoanList(**page_members(request, page))


@get("/loans.csv", tags=TAGS, opt={"scope": "loans:read", "file": CSV})
async def export_loans(
    house: GivenHouse,
    actor: GivenActor,
    seen: GivenSeen,
    search: Search = "",
    status: FromQuery[LoanStatus | None] = None,
    product: ProductName = None,
    delinquency_stage: Stage = None,
    late_days: LateDays = None,
    begun: Begun = "",
    sort: Sort = "-days_past_due",
) -> Stream:
    """Export loans as a CSV file: all rows of the list with these filters, sent as they are read.

    ``as_of`` and ``as_known_at`` look at the whole book from another day, as its pages do. Names
    are masked for a key without borrowers:read.
    """
    lines = loan_export.csv_lines(
        house, actor, search=search, status=status, product=product, stage=delinquency_stage,
        late_days=late_days, begun=begun, sort=sort, as_of=seen.as_of,
        as_known_at=seen.as_known_at,
    )  # fmt: skip
    return await csv_file(lines, f"loans-{seen.as_of or house.clock.business_date()}.csv")


@get("/loans/{loan_id:str}", tags=TAGS, opt={"scope": "loans:read"})
async def read_loan(
    house: GivenHouse,
    actor: GivenActor,
    loan_id: LoanId,
    seen: GivenSeen,
    if_none_match: IfNoneMatch = "",
) -> Response[LoanView]:
    """Read a loan.

    The numbers are those of ``as_of`` (default: the business date) as known at ``as_known_at``
    (default: now). The ETag begins with the loan's version: send it as If-Match with a command to
    be refused when the loan has changed since.
    """
    loan = await reads.loan(house, actor, loan_id, seen.as_of, seen.as_known_at)
    tag = loan_tag(loan)
    if seen.as_known_at is None and tag in if_none_match:
        return not_modified(tag)
    return Response(loan, headers={"ETag": tag})


@post(
    "/loans",
    tags=TAGS,
    opt={
        "scope": "loans:write",
        "example": {"borrower_id": "brw_01hx", "quote_id": "quote_01hx"},
    },
)
async def book_loan(asked: GivenAsked, data: JSONBody[BookBody]) -> Response[CommandAnswer]:
    """Book a loan.

    Makes the contract, from a quote exactly as shown or from terms within a product; no money
    moves yet. Law as of the contract date may refuse it: 422 with every citation.
    """
    if data.quote_id:
        _only_a_quote(data)
        terms = await quotes.requested_by(asked.house, data.quote_id)
    else:
        terms = _terms_without_a_quote(data)
    command = BookLoan(
        borrower_id=data.borrower_id,
        terms=terms,
        legal_entity_id=data.legal_entity_id,
        quote_id=data.quote_id,
        product=data.product,
    )
    return await asked.carry_out(command)


def _only_a_quote(data: BookBody) -> None:
    """A quote says all; raises ``Problem`` when terms are sent beside it."""
    beside = {"/product": data.product, "/terms": data.terms}
    message = "Leave this out when booking a quote: it is booked as shown"
    if faults := [Fault(pointer=place, message=message) for place, sent in beside.items() if sent]:
        raise invalid(*faults)


def _terms_without_a_quote(data: BookBody) -> RequestedTerms:
    """The terms; raises ``Problem`` naming what is missing without a quote."""
    if data.product and data.terms is not None:
        return data.terms
    message = "Send quote_id, or product and terms"
    sent = {"/product": data.product, "/terms": data.terms}
    raise invalid(*(Fault(pointer=place, message=message) for place, it in sent.items() if not it))


@post("/loans/{loan_id:str}/disburse", tags=TAGS, opt={"scope": "loans:write", "example": {}})
async def disburse_loan(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[DisburseBody]
) -> Response[CommandAnswer]:
    """Disburse a loan: pay it out, or a part of it; interest runs from that day.

    A part paid out on a day gone by counts from that day: bills since are worked out again.
    """
    command = DisburseLoan(
        disbursed_on=data.disbursed_on or asked.today,
        amount=data.amount,
        method=data.method,
        reference=data.reference,
    )
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/disbursements/{disbursement:str}/reverse",
    tags=TAGS,
    opt={"scope": "loans:write", "example": {"reason": "The bank could not place the money"}},
)
async def reverse_disbursement(
    asked: GivenAsked,
    loan_id: LoanId,
    disbursement: DisbursementNumber,
    data: JSONBody[ReverseDisbursementBody],
) -> Response[CommandAnswer]:
    """Reverse a disbursement: the money counts as never lent, from the day it had counted from."""
    if not (disbursement.isascii() and disbursement.isdecimal() and len(disbursement) < _DIGITS):
        raise NotFound("disbursement", disbursement)
    command = ReverseDisbursement(
        disbursement=int(disbursement),
        reversed_on=data.reversed_on or asked.today,
        reason=data.reason,
    )
    return await asked.carry_out(command, loan_id)


@post(
    "/loans/{loan_id:str}/cancel",
    tags=TAGS,
    opt={"scope": "loans:write", "example": {"reason": "Borrower withdrew"}},
)
async def cancel_loan(
    asked: GivenAsked, loan_id: LoanId, data: JSONBody[CancelBody]
) -> Response[CommandAnswer]:
    """Cancel a booked loan before any money went out."""
    command = CancelLoan(cancelled_on=data.cancelled_on or asked.today, reason=data.reason)
    return await asked.carry_out(command, loan_id)
