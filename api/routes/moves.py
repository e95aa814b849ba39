"""Moving existing loans to a version of their product: plan, consent, approval, undo."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody

from api.given import GivenHouse, GivenStep
from engine.loan.texts import Reason, ShortText
from servicing.actor import Actor
from servicing.house import House
from servicing.publishing import moves
from servicing.views.moves import MovePlan, MovePlanRow

TAGS = ["Publishing"]
READ = {"scope": "loans:read"}
WRITE = {"scope": moves.MOVE}


Act = Callable[[House, Actor, str], Awaitable[MovePlan]]
"""A step of a plan: by whom, and which plan."""


class PlanBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which loans to move, and to which version."""

    product: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    to_version: Annotated[int, msgspec.Meta(ge=1, le=999_999)]
    moved_on: date | None = None
    """First day under the version, today or past. Default: the business date."""
    condition: Annotated[str, msgspec.Meta(max_length=500)] = ""
    """Which loans: an expression over their facts; all of the product when left out."""
    reason: Reason


class ConsentBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A borrower's consent."""

    loan_id: str
    reference: Annotated[ShortText, msgspec.Meta(min_length=1)]
    """Where the consent is kept: a letter, a recorded call."""


@get("/move_plans", tags=TAGS, opt=READ)
async def list_move_plans(house: GivenHouse) -> tuple[MovePlanRow, ...]:
    """List the plans to move loans, the one changed last first."""
    return await moves.listed(house)


@post(
    "/move_plans",
    tags=TAGS,
    opt={
        **WRITE,
        "example": {
            "product": "personal_installment",
            "to_version": 2,
            "condition": "days_past_due < 30",
            "reason": "More days of grace for everyone",
        },
    },
)
async def plan_moves(step: GivenStep, data: JSONBody[PlanBody]) -> Response[MovePlan]:
    """Plan to move loans: every loan with what the move would do to it; nothing moves yet."""
    return await step.answer(
        lambda: moves.plan(
            step.house,
            step.actor,
            product=data.product,
            to_version=data.to_version,
            moved_on=data.moved_on or step.house.clock.business_date(),
            condition=data.condition,
            reason=data.reason,
        ),
        at=lambda made: f"/api/v1/move_plans/{made.row.plan_id}",
        status=201,
    )


@get("/move_plans/{plan_id:str}", tags=TAGS, opt=READ)
async def read_move_plan(house: GivenHouse, plan_id: FromPath[str]) -> MovePlan:
    """Read a plan: what is adverse, and each loan with what came of it."""
    return await moves.find(house, plan_id)


@post(
    "/move_plans/{plan_id:str}/consents",
    tags=TAGS,
    opt={**WRITE, "example": {"loan_id": "loan_06bg", "reference": "Letter of 3 March"}},
    status_code=200,
)
async def record_consent(
    step: GivenStep, plan_id: FromPath[str], data: JSONBody[ConsentBody]
) -> Response[MovePlan]:
    """Record a borrower's consent to an adverse move."""
    return await step.answer(
        lambda: moves.consent(step.house, step.actor, plan_id, data.loan_id, data.reference)
    )


def _on_its_way(word: str, scope: str, act: Act, told: str) -> HTTPRouteHandler:
    """A step of a plan: the same request for each, named by a word in the address."""

    async def stepped(step: GivenStep, plan_id: FromPath[str]) -> Response[MovePlan]:
        return await step.answer(lambda: act(step.house, step.actor, plan_id))

    stepped.__name__, stepped.__doc__ = f"{word}_move_plan", told
    path = f"/move_plans/{{plan_id:str}}/{word}"
    return post(path, tags=TAGS, opt={"scope": scope}, status_code=200)(stepped)


approve_move_plan = _on_its_way(
    "approve", moves.APPROVE, moves.approve, "Approve a plan that another person made."
)
carry_out_move_plan = _on_its_way(
    "carry_out",
    moves.MOVE,
    moves.carry_out,
    "Move the loans of an approved plan; asked again, it goes on with those left.",
)
undo_move_plan = _on_its_way(
    "undo",
    moves.MOVE,
    moves.undo,
    "Put moved loans back under the version they came from, from the same day.",
)
