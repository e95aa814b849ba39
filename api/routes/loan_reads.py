"""What a loan shows: its schedule, its history, its journal, and why each number is what it is."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar import Request, get
from litestar.params import PathParameter, QueryParameter

from api.answers import HistoryList, page_members
from api.as_of import AsOf, within_calendar
from api.fee_id import from_address
from api.given import GivenActor, GivenHouse, GivenSeen
from api.paging import Cursor, Limit
from api.path import LoanId
from api.problem import NOT_FOUND, Fault, Problem
from servicing import reads
from servicing.errors import CommandRefused
from servicing.views import Explanation, JournalEntryView, PayoffQuote, ScheduleRow

TAGS = ["Loans"]
READ = {"scope": "loans:read"}


@get("/loans/{loan_id:str}/schedule", tags=TAGS, opt=READ)
async def read_schedule(
    house: GivenHouse, actor: GivenActor, loan_id: LoanId, seen: GivenSeen
) -> tuple[ScheduleRow, ...]:
    """Read the schedule: installments billed so far and those projected to come."""
    return await reads.schedule(house, actor, loan_id, seen.as_of, seen.as_known_at)


@get("/loans/{loan_id:str}/history", tags=TAGS, opt=READ)
async def read_history(
    request: Request[Any, Any, Any],
    house: GivenHouse,
    actor: GivenActor,
    loan_id: LoanId,
    seen: GivenSeen,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> HistoryList:
    """Read the history: every event in the order of recording, hash-chained, never edited."""
    page = await reads.history(
        house, actor, loan_id, seen.as_of, seen.as_known_at, cursor=cursor, limit=limit
    )
    return HistoryList(**page_members(request, page))


@get("/loans/{loan_id:str}/journal", tags=["Books"], opt={"scope": "journal:read"})
async def read_journal(
    house: GivenHouse, actor: GivenActor, loan_id: LoanId, seen: GivenSeen
) -> tuple[JournalEntryView, ...]:
    """Read the journal of a loan: balanced double entries with the event behind each."""
    return await reads.journal(house, actor, loan_id, seen.as_of, seen.as_known_at)


@get("/loans/{loan_id:str}/explain/{subject:str}", tags=TAGS, opt=READ)
async def explain(
    house: GivenHouse,
    actor: GivenActor,
    loan_id: LoanId,
    subject: Annotated[
        str,
        PathParameter(
            description="accrued_interest, principal_balance, amount_past_due, days_past_due,"
            " payoff, total_owed, next_due_amount, per_diem, delinquency_stage, or"
            " fee:late_fee~3, payment:pay_…, installment:3"
        ),
    ],
    seen: GivenSeen,
) -> Explanation:
    """Explain a number: the steps that led to it, down to events, product terms and law."""
    if subject.startswith("fee:"):
        subject = from_address(subject)
    try:
        return await reads.explain(house, actor, loan_id, subject, seen.as_of, seen.as_known_at)
    except CommandRefused as refused:
        faults = tuple(Fault(message=it.message, parameter="subject") for it in refused.refusals)
        raise Problem(NOT_FOUND, faults[0].message, errors=faults) from refused


@get("/loans/{loan_id:str}/payoff_quote", tags=TAGS, opt=READ)
async def read_payoff_quote(
    house: GivenHouse,
    actor: GivenActor,
    loan_id: LoanId,
    as_of: AsOf = None,
    good_through_date: Annotated[
        date | None, QueryParameter(description="Last day it is good for; default: 10 days on")
    ] = None,
) -> PayoffQuote:
    """Quote the payoff: what closes the loan on a day, and per diem until it no longer holds."""
    within_calendar(as_of=as_of, good_through_date=good_through_date)
    return await reads.payoff_quote(house, actor, loan_id, as_of, good_through_date)
