"""Candidates in shadow beside what is live: begin, look now, read the report, end."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from api.given import GivenHouse, GivenStep
from servicing.publishing import drafts, shadow
from servicing.views.shadow import ShadowDivergence, ShadowView

TAGS = ["Publishing"]
READ = {"scope": "products:read"}
WRITE = {"scope": drafts.WRITE}
Day = Annotated[
    date | None, QueryParameter(required=False, description="Only those found on this business day")
]
After = Annotated[
    str, QueryParameter(description="Divergence after which the page begins: loan_06bg/3")
]
Limit = Annotated[int, QueryParameter(ge=1, le=1000, description="Divergences on a page")]


class ShadowBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What to run in shadow: a draft, or a published version."""

    draft_id: Annotated[str, msgspec.Meta(max_length=80)] = ""
    version: Annotated[str, msgspec.Meta(max_length=210)] = ""
    """Reference of a published version instead: personal_installment@3."""


@get("/shadows", tags=TAGS, opt=READ)
async def list_shadows(house: GivenHouse) -> tuple[ShadowView, ...]:
    """List the shadow runs, the newest first."""
    return await shadow.listed(house)


@post("/shadows", tags=TAGS, opt={**WRITE, "example": {"version": "personal_installment@2"}})
async def start_shadow(step: GivenStep, data: JSONBody[ShadowBody]) -> Response[ShadowView]:
    """Run a draft, or a published version, in shadow from today: no loan of the book changes.

    Loans made from today on are as if made under it, those that are there as if moved to it.
    """
    return await step.answer(
        lambda: shadow.start(step.house, step.actor, draft_id=data.draft_id, version=data.version),
        at=lambda made: f"/api/v1/shadows/{made.shadow_id}",
        status=201,
    )


@get("/shadows/{shadow_id:str}", tags=TAGS, opt=READ)
async def read_shadow(house: GivenHouse, shadow_id: FromPath[str]) -> ShadowView:
    """Read a shadow run: how many loans differ, by how much, and what each business day brought."""
    return await shadow.find(house, shadow_id)


@get("/shadows/{shadow_id:str}/divergences", tags=TAGS, opt={"scope": "loans:read"})
async def list_divergences(
    house: GivenHouse,
    shadow_id: FromPath[str],
    day: Day = None,
    after: After = "",
    limit: Limit = 100,
) -> tuple[ShadowDivergence, ...]:
    """List what came out otherwise, by loan, with both sides explained."""
    return await shadow.report(house, shadow_id, day=day, after=after, limit=limit)


@post("/shadows/{shadow_id:str}/look", tags=TAGS, opt=WRITE, status_code=200)
async def look_at_shadow(step: GivenStep, shadow_id: FromPath[str]) -> Response[ShadowView]:
    """Look now at the loans on which something happened or came due, as the daily run does."""
    return await step.answer(lambda: shadow.run(step.house, step.actor, shadow_id))


@post("/shadows/{shadow_id:str}/stop", tags=TAGS, opt=WRITE, status_code=200)
async def stop_shadow(step: GivenStep, shadow_id: FromPath[str]) -> Response[ShadowView]:
    """End a shadow run; its report stays."""
    return await step.answer(lambda: shadow.stop(step.house, step.actor, shadow_id))
