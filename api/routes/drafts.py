"""Products and rules on their way to being published: drafts, reviews, effects, retirements."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody, QueryParameter

from api.given import GivenHouse, GivenStep
from servicing.actor import Actor
from servicing.house import House
from servicing.publishing import drafts, effect, publish, review
from servicing.views.effect import EffectView, LoanEffect
from servicing.views.publishing import DraftRowView, DraftView, Review

TAGS = ["Publishing"]
READ = {"scope": "products:read"}
STEP = {"revision": 2, "comment": "Agreed with compliance"}
Text = Annotated[str, msgspec.Meta(max_length=400_000)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Comment = Annotated[str, msgspec.Meta(max_length=2000)]
Revision = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Version = Annotated[int, msgspec.Meta(ge=1, le=999_999)]
After = Annotated[str, QueryParameter(description="Loan after which the page begins")]
Limit = Annotated[int, QueryParameter(ge=1, le=1000, description="Loans on a page")]


Act = Callable[[House, Actor, str, int, str], Awaitable[DraftView]]
"""A step of a draft: by whom, which draft, the revision they saw, what they say."""


class DraftBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A draft to begin."""

    kind: Literal["product", "rule", "waterfall", "calendar", "chart_of_accounts"]
    name: Name
    """Id of the product or shared definition, or the name of the rule."""
    version: Version | None = None
    """The published version to begin from, which restores it; default: the one live today."""
    template: Annotated[str, msgspec.Meta(max_length=210)] = ""
    """Another definition of the kind to copy under the new name: personal_installment@2."""
    past: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    """SHA-256 of a text that a rule had before, to restore it."""
    text: Text | None = None
    """YAML to begin with instead; needed for something new that has no template."""


class TextBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Another text for a draft."""

    revision: Revision
    """The revision you saw; when another change came first, yours is refused, nothing is lost."""
    text: Text


class StepBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A step of a draft on its way."""

    revision: Revision
    """The revision you saw."""
    comment: Comment = ""


class RetirementBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The end of an offer."""

    version: Version
    last_day: date
    """The last day the version is offered, today at the earliest."""
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


@get("/drafts", tags=TAGS, opt=READ)
async def list_drafts(house: GivenHouse) -> tuple[DraftRowView, ...]:
    """List every draft, the one changed last first."""
    return await drafts.listed(house)


@post("/drafts", tags=TAGS, opt={"scope": drafts.WRITE,
      "example": {"kind": "product", "name": "personal_installment"}})  # fmt: skip
async def create_draft(step: GivenStep, data: JSONBody[DraftBody]) -> Response[DraftView]:
    """Begin a draft of the next version of a product, of a rule, or of something new.

    Any version published before can be begun from, which restores it once published.
    """
    return await step.answer(
        lambda: drafts.create(step.house, step.actor, **msgspec.structs.asdict(data)),
        at=lambda made: f"/api/v1/drafts/{made.row.draft_id}",
        status=201,
    )


@get("/drafts/{draft_id:str}", tags=TAGS, opt=READ)
async def read_draft(house: GivenHouse, draft_id: FromPath[str]) -> DraftView:
    """Read a draft: its text, everything wrong with it by line and column, its history."""
    return await drafts.find(house, draft_id)


@get("/drafts/{draft_id:str}/review", tags=TAGS, opt=READ)
async def review_draft(house: GivenHouse, draft_id: FromPath[str]) -> Review:
    """Review a draft: differences in words and by place, examples, rules, a sample loan."""
    return await review.review(house, draft_id)


@post(
    "/drafts/{draft_id:str}/text",
    tags=TAGS,
    opt={"scope": drafts.WRITE, "example": {"revision": 1, "text": "product: pay_in_4\n"}},
    status_code=200,
)
async def edit_draft(
    step: GivenStep, draft_id: FromPath[str], data: JSONBody[TextBody]
) -> Response[DraftView]:
    """Write another text; a draft under review goes back to being written."""
    return await step.answer(
        lambda: drafts.edit(step.house, step.actor, draft_id, data.revision, data.text)
    )


def _on_its_way(word: str, scope: str, act: Act, told: str) -> HTTPRouteHandler:
    """A step of a draft: the same request for each, named by a word in the address."""

    async def stepped(
        step: GivenStep, draft_id: FromPath[str], data: JSONBody[StepBody]
    ) -> Response[DraftView]:
        return await step.answer(
            lambda: act(step.house, step.actor, draft_id, data.revision, data.comment)
        )

    stepped.__name__, stepped.__doc__ = f"{word}_draft", told
    opt = {"scope": scope, "example": STEP}
    path = f"/drafts/{{draft_id:str}}/{word}"
    return post(path, tags=TAGS, opt=opt, status_code=200)(stepped)


async def _publish(house: House, actor: Actor, draft_id: str, seen: int, _: str) -> DraftView:
    return await publish.publish(house, actor, draft_id, seen)


submit_draft = _on_its_way(
    "submit",
    drafts.WRITE,
    drafts.submit,
    "Ask for review; refused with everything that is wrong, examples included.",
)
comment_draft = _on_its_way(
    "comment", READ["scope"], drafts.comment, "Say something about a draft."
)
return_draft = _on_its_way(
    "return",
    drafts.APPROVE,
    drafts.send_back,
    "Ask for changes: the draft goes back to its author.",
)
approve_draft = _on_its_way(
    "approve", drafts.APPROVE, drafts.approve, "Approve a draft that another person wrote."
)
withdraw_draft = _on_its_way(
    "withdraw", drafts.WRITE, drafts.withdraw, "Give a draft up; it stays on record."
)
publish_draft = _on_its_way(
    "publish",
    drafts.PUBLISH,
    _publish,
    "Publish an approved draft; it is offered from its first day and never changes again.",
)


@post("/drafts/{draft_id:str}/effect", tags=TAGS, opt={"scope": drafts.WRITE}, status_code=202)
async def start_effect(step: GivenStep, draft_id: FromPath[str]) -> Response[EffectView]:
    """Begin to work out what a product's draft would do to every loan of the live book."""
    return await step.answer(
        lambda: effect.start(step.house, step.actor, draft_id),
        at=lambda made: f"/api/v1/effects/{made.run_id}",
        status=202,
    )


@get("/effects/{run_id:str}", tags=TAGS, opt=READ)
async def read_effect(house: GivenHouse, run_id: FromPath[str]) -> EffectView:
    """Read how far the effect is worked out: sums, fees by name, the ten largest movers."""
    return await effect.find(house, run_id)


@get("/effects/{run_id:str}/loans", tags=TAGS, opt={"scope": "loans:read"})
async def list_effect_loans(
    house: GivenHouse, run_id: FromPath[str], after: After = "", limit: Limit = 100
) -> tuple[LoanEffect, ...]:
    """List the loans that would stand otherwise, by id."""
    return await effect.loans(house, run_id, after, limit)


@post("/effects/{run_id:str}/cancel", tags=TAGS, opt={"scope": drafts.WRITE}, status_code=200)
async def cancel_effect(step: GivenStep, run_id: FromPath[str]) -> Response[EffectView]:
    """Stop working out an effect; what was found stays."""
    return await step.answer(lambda: effect.cancel(step.house, step.actor, run_id))


@post(
    "/products/{product:str}/retire",
    tags=TAGS,
    opt={
        "scope": drafts.PUBLISH,
        "example": {"version": 1, "last_day": "2026-12-31", "reason": "Replaced by version 2"},
    },
    status_code=204,
)
async def retire_product(
    step: GivenStep, product: FromPath[str], data: JSONBody[RetirementBody]
) -> Response[None]:
    """End the offer of a product version after a day; loans and unexpired quotes keep it."""
    return await step.answer(
        lambda: publish.retire(
            step.house, step.actor, product, data.version, data.last_day, data.reason
        ),
        status=204,
    )
