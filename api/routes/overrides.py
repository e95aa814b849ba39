"""Overrides: a second person lets a rule be set aside for one command, with reason and expiry."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromQuery, JSONBody, PathParameter, QueryParameter

from api.answers import CommandAnswer, command_answer
from api.given import GivenActor, GivenHouse
from engine.loan.commands import Command
from engine.loan.texts import Reason, ShortText
from servicing import overrides
from servicing.views import OverrideView

TAGS = ["Overrides"]
READ = {"scope": "loans:read"}
State = Literal["requested", "approved", "declined", "used", "expired"]
Standing = Annotated[
    State | None,
    QueryParameter(
        name="state", required=False, description="Only those in this state; all when left out."
    ),
]
OverrideId = Annotated[
    str,
    PathParameter(
        description="Id of the override",
        max_length=80,
        schema_extra={"examples": ["override_01k9zq3v5m8r2c7x4t6w0n1y9d"]},
    ),
]


class OverrideBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A command that a rule refuses, and why it should be let through."""

    loan_id: str = ""
    """The loan; left out for a command that makes one."""
    command: Command
    """As it was refused."""
    reason: Reason
    expires_on: date
    """Last day it may be used, at most 90 days on."""


class DecisionBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What the second person says."""

    note: ShortText = ""


@post(
    "/overrides",
    tags=TAGS,
    opt={
        "scope": "loans:read",
        "example": {
            "loan_id": "loan_01k9zq3v5m8r2c7x4t6w0n1y9d",
            "command": {
                "command": "assess_fee",
                "fee": "late_fee",
                "assessed_on": "2026-07-10",
                "reason": "Agreed by phone",
            },
            "reason": "The bank erred",
            "expires_on": "2026-07-20",
        },
    },
)
async def request_override(
    house: GivenHouse, actor: GivenActor, data: JSONBody[OverrideBody]
) -> Response[OverrideView]:
    """Ask that the rules which refuse a command be set aside for it.

    Needs the scope of the command. 422 where law allows no override, naming the rule; 409 where
    nothing refuses the command.
    """
    made = await overrides.request(
        house, actor, data.command, loan_id=data.loan_id or None, reason=data.reason,
        expires_on=data.expires_on,
    )  # fmt: skip
    return Response(made, headers={"Location": f"/api/v1/overrides/{made.override_id}"})


@get("/overrides", tags=TAGS, opt=READ)
async def list_overrides(
    house: GivenHouse,
    standing: Standing = None,
    loan_id: FromQuery[str | None] = None,
) -> tuple[OverrideView, ...]:
    """List overrides, newest first: those that wait for a second person are "requested"."""
    return await overrides.listed(house, state=standing, loan_id=loan_id)


@get("/overrides/{override_id:str}", tags=TAGS, opt=READ)
async def read_override(house: GivenHouse, override_id: OverrideId) -> OverrideView:
    """Read an override: the command, the rules, who asked, who decided, what came of it."""
    return await overrides.find(house, override_id)


@post(
    "/overrides/{override_id:str}/approve",
    tags=TAGS,
    opt={"scope": "overrides:approve", "example": {"note": "Checked with the bank"}},
    status_code=200,
)
async def approve_override(
    house: GivenHouse, actor: GivenActor, override_id: OverrideId, data: JSONBody[DecisionBody]
) -> OverrideView:
    """Let the command through; refused to whoever asked for it."""
    return await overrides.approve(house, actor, override_id, data.note)


@post(
    "/overrides/{override_id:str}/decline",
    tags=TAGS,
    opt={"scope": "loans:read", "example": {"note": "Not this time"}},
    status_code=200,
)
async def decline_override(
    house: GivenHouse, actor: GivenActor, override_id: OverrideId, data: JSONBody[DecisionBody]
) -> OverrideView:
    """Decline it; whoever asked may take it back so."""
    return await overrides.decline(house, actor, override_id, data.note)


@post("/overrides/{override_id:str}/carry_out", tags=TAGS, opt={"scope": "loans:read"})
async def carry_out_override(
    house: GivenHouse,
    actor: GivenActor,
    override_id: OverrideId,
    dry_run: FromQuery[bool] = False,
) -> Response[CommandAnswer]:
    """Carry out the command, once, with the rules set aside; needs the scope of the command.

    Asked again, the first answer is told. The event names the override, its two people, the reason
    and the rules for ever.
    """
    receipt = await overrides.carry_out(house, actor, override_id, dry_run=dry_run)
    answer = command_answer(receipt)
    headers = {"Location": answer.links["loan"]}
    if receipt.replayed:
        headers["Idempotent-Replayed"] = "true"
    return Response(answer, status_code=200 if dry_run else 201, headers=headers)
