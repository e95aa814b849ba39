"""The office: who did what, whether the records are true, messages waiting, and the settings."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from litestar import Request, get, post
from litestar.params import FromQuery, QueryParameter

from api.answers import Listing, page_members
from api.as_of import within_calendar
from api.given import GivenActor, GivenHouse
from api.paging import Cursor, Limit
from api.path import LoanId
from servicing import audit, office
from servicing.views.office import (
    AuditEntry,
    ChainCheck,
    FieldChange,
    HouseSettings,
    MessageView,
)

TAGS = ["Office"]
SEES_AUDIT = {"scope": "admin:audit"}
Ident = Annotated[str, QueryParameter(max_length=120, pattern=r"^[A-Za-z0-9_.:@-]*$")]
EventNumber = Annotated[
    int, QueryParameter(ge=1, le=2**31 - 1, description="Number of an event of the command")
]


class AuditList(Listing, frozen=True, kw_only=True):
    """A page of the audit trail."""

    items: tuple[AuditEntry, ...]


class MessageList(Listing, frozen=True, kw_only=True):
    """A page of messages."""

    items: tuple[MessageView, ...]


@get("/audit", tags=TAGS, opt=SEES_AUDIT)
async def list_audit(
    request: Request[Any, Any, Any],
    house: GivenHouse,
    actor: GivenActor,
    since: FromQuery[date | None] = None,
    until: FromQuery[date | None] = None,
    who: Ident = "",
    subject: Ident = "",
    area: FromQuery[Literal["loan", "definition", "override", "office"] | None] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> AuditList:
    """List what people and systems did, newest first; the last 30 days where no day is named.

    ``who`` is the id of a user or key; ``subject`` that of a loan, user, key, draft or override.
    What time brings by itself stands in the history of each loan.
    """
    within_calendar(since=since, until=until)
    page = await audit.entries(
        house, actor, since=since, until=until, who=who, subject=subject, area=area or "",
        cursor=cursor, limit=limit,
    )  # fmt: skip
    return AuditList(**page_members(request, page))


@get("/loans/{loan_id:str}/changes", tags=TAGS, opt=SEES_AUDIT)
async def read_loan_changes(
    house: GivenHouse, actor: GivenActor, loan_id: LoanId, event: EventNumber
) -> tuple[FieldChange, ...]:
    """Read which figures of a loan a command moved: as known before it, and after it."""
    return await audit.loan_changes(house, actor, loan_id, event)


@post("/loans/{loan_id:str}/check", tags=TAGS, opt={"scope": "verify:run"}, status_code=200)
async def check_loan(house: GivenHouse, actor: GivenActor, loan_id: LoanId) -> ChainCheck:
    """Check a loan: work it out again from its events, and follow the chain of their seals."""
    return await audit.check_loan(house, actor, loan_id)


@get("/messages", tags=TAGS, opt=SEES_AUDIT)
async def list_messages(
    request: Request[Any, Any, Any],
    house: GivenHouse,
    actor: GivenActor,
    waiting: FromQuery[bool] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> MessageList:
    """List messages written for the world to hear, newest first: ids and amounts, no names."""
    page = await office.messages(house, actor, waiting_only=waiting, cursor=cursor, limit=limit)
    return MessageList(**page_members(request, page))


@get("/settings", tags=TAGS, opt={"scope": "loans:read"})
async def read_settings(house: GivenHouse, actor: GivenActor) -> HouseSettings:
    """Read how the house is set up: business dates, time zones, versions, what is published."""
    return await office.settings(house, actor)
