"""The people who publish, and a draft on its way."""

from __future__ import annotations

from datetime import date
from typing import Any

from servicing.actor import Actor
from servicing.house import House
from servicing.publishing import drafts, publish
from servicing.views.publishing import DraftView

_ALL = frozenset(
    {"definitions:draft", "definitions:approve", "definitions:publish", "products:read"}
)
ADA = Actor(actor_id="user_ada", name="Ada", scopes=_ALL)
BEN = Actor(actor_id="user_ben", name="Ben", scopes=_ALL)
READER = Actor(actor_id="user_reader", name="Reader", scopes=frozenset({"products:read"}))


async def drafted(
    house: House, name: str = "personal_installment", kind: str = "product", **replaced: str
) -> DraftView:
    """A draft by Ada of the next version, with words of its text replaced."""
    draft = await drafts.create(house, ADA, kind=kind, name=name)
    return await rewritten(house, draft, **replaced) if replaced else draft


async def rewritten(house: House, draft: DraftView, **replaced: str) -> DraftView:
    """The draft with lines of its text replaced: grace_days="15"."""
    text = draft.text
    for key, value in replaced.items():
        lines = text.splitlines(keepends=True)
        place = next(n for n, line in enumerate(lines) if line.strip().startswith(f"{key}:"))
        indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
        lines[place] = f"{indent}{key}: {value}\n"
        text = "".join(lines)
    return await drafts.edit(house, ADA, draft.row.draft_id, draft.row.revision, text)


async def approved(house: House, draft: DraftView) -> DraftView:
    """The draft submitted by Ada and approved by Ben."""
    ident = draft.row.draft_id
    submitted = await drafts.submit(house, ADA, ident, draft.row.revision, "please")
    return await drafts.approve(house, BEN, ident, submitted.row.revision, "good")


async def published(house: House, draft: DraftView) -> DraftView:
    """The draft approved and published."""
    ready = await approved(house, draft)
    return await publish.publish(house, BEN, ready.row.draft_id, ready.row.revision)


def without_examples(text: str) -> str:
    """A product's text without its in-file examples."""
    return text.partition("\nexamples:")[0] + "\n"


async def next_version(
    house: House, name: str, begins: date, changes: dict[str, Any], *, examples: bool = False
) -> DraftView:
    """A draft of a product's next version, beginning on a day, with lines changed."""
    draft = await drafts.create(house, ADA, kind="product", name=name)
    if not examples:
        text = without_examples(draft.text)
        draft = await drafts.edit(house, ADA, draft.row.draft_id, draft.row.revision, text)
    return await rewritten(house, draft, live_from=str(begins), **changes)
