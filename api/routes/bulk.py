"""Bulk actions: one command on every loan of a list, previewed before it is carried out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery, JSONBody, PathParameter

from api.answers import Listing, page_members
from api.given import GivenActor, GivenHouse
from api.paging import Cursor, Limit
from engine.loan.commands import Command
from engine.loan.status import LoanStatus
from servicing import bulk
from servicing.views.bulk import BulkLoan, BulkView

TAGS = ["Bulk actions"]
READ = {"scope": "loans:read"}
RunId = Annotated[
    str,
    PathParameter(
        description="Id of the bulk action",
        max_length=80,
        schema_extra={"examples": ["bulk_01k9zq3v5m8r2c7x4t6w0n1y9d"]},
    ),
]
Short = Annotated[str, msgspec.Meta(max_length=80)]


class LoansBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which loans are meant, as the list of loans is narrowed."""

    search: Short = ""
    status: LoanStatus | None = None
    product: Short = ""
    stage: Short = ""
    late_days: Annotated[int, msgspec.Meta(ge=1, le=36500)] | None = None
    begun: Annotated[str, msgspec.Meta(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$")] = ""


class BulkBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A command, and the loans it is meant for."""

    command: Command
    loans: LoansBody


class BulkLoanList(Listing, frozen=True, kw_only=True):
    """A page of loans of a bulk action."""

    items: tuple[BulkLoan, ...]


@post(
    "/bulk_actions",
    tags=TAGS,
    opt={
        **READ,
        "example": {
            "command": {
                "command": "record_borrower_status",
                "status": "disaster",
                "from_date": "2026-07-01",
            },
            "loans": {"product": "personal_installment", "status": "active"},
        },
    },
)
async def start_bulk_action(
    house: GivenHouse, actor: GivenActor, data: JSONBody[BulkBody]
) -> Response[BulkView]:
    """Begin to preview a command on every loan of a list, at most 2,000.

    Needs the scope of the command. Nothing is carried out before it is asked for.
    """
    given = msgspec.structs.asdict(data.loans)
    asked: dict[str, Any] = {name: value for name, value in given.items() if value}
    made = await bulk.start(house, actor, data.command, asked)
    return Response(made, headers={"Location": f"/api/v1/bulk_actions/{made.run_id}"})


@get("/bulk_actions", tags=TAGS, opt=READ)
async def list_bulk_actions(house: GivenHouse, actor: GivenActor) -> tuple[BulkView, ...]:
    """List bulk actions, the 50 begun last."""
    return await bulk.listed(house, actor)


@get("/bulk_actions/{run_id:str}", tags=TAGS, opt=READ)
async def read_bulk_action(house: GivenHouse, actor: GivenActor, run_id: RunId) -> BulkView:
    """Read a bulk action: its state, and on how many loans it would be, was and cannot be."""
    return await bulk.find(house, actor, run_id)


@get("/bulk_actions/{run_id:str}/loans", tags=TAGS, opt=READ)
async def list_bulk_loans(
    request: Request[Any, Any, Any],
    house: GivenHouse,
    actor: GivenActor,
    run_id: RunId,
    standing: FromQuery[Literal["waiting", "would", "done", "refused"] | None] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> BulkLoanList:
    """List what it would do or did to each loan, or why it cannot, in the order of the list."""
    page = await bulk.outcomes(
        house, actor, run_id, state=standing or "", cursor=cursor, limit=limit
    )
    return BulkLoanList(**page_members(request, page))


@post("/bulk_actions/{run_id:str}/carry_out", tags=TAGS, opt=READ, status_code=200)
async def carry_out_bulk_action(house: GivenHouse, actor: GivenActor, run_id: RunId) -> BulkView:
    """Carry it out, each loan exactly as previewed; a loan that changed since is left alone."""
    return await bulk.carry_out(house, actor, run_id)


@post("/bulk_actions/{run_id:str}/cancel", tags=TAGS, opt=READ, status_code=200)
async def cancel_bulk_action(house: GivenHouse, actor: GivenActor, run_id: RunId) -> BulkView:
    """Stop it; what was carried out stays."""
    return await bulk.cancel(house, actor, run_id)


@post("/bulk_actions/{run_id:str}/go_on", tags=TAGS, opt=READ, status_code=200)
async def resume_bulk_action(house: GivenHouse, actor: GivenActor, run_id: RunId) -> BulkView:
    """Go on with one whose server ended while it was at work; no loan gets the command twice."""
    return await bulk.go_on(house, actor, run_id)
