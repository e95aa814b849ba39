"""Drafts: written, checked, reviewed by a second person, published, and never changed again.

draft → in_review → approved → published, or withdrawn. Every change names the revision it saw; the
one that comes second is told and loses nothing. Whoever wrote in a draft cannot approve it.
"""

from __future__ import annotations

import asyncio
from typing import Final

from msgspec.structs import replace

from engine.errors import DefinitionError, Refusal
from servicing.actor import Actor
from servicing.errors import CommandRefused, DraftChanged, NotFound
from servicing.house import House
from servicing.ids import new_id
from servicing.permissions import require
from servicing.publishing.beginning import begun, refused
from servicing.publishing.candidate import KIND_OF, candidate, version_in
from servicing.publishing.places import file_of
from servicing.second_person import is_one_of
from servicing.views.publishing import DraftEntryView, DraftRowView, DraftView
from store import draft_rows
from store.definitions.beside import prove as prove_beside
from store.definitions.definition import definition_of
from store.definitions.published_lock import content_hash
from store.draft_rows import DraftEntry, DraftRow

WRITE: Final = "definitions:draft"
APPROVE: Final = "definitions:approve"
PUBLISH: Final = "definitions:publish"
_WRITTEN: Final = frozenset({"created", "edited"})


async def create(
    house: House,
    actor: Actor,
    *,
    kind: str,
    name: str,
    version: int | None = None,
    text: str | None = None,
    template: str = "",
    past: str = "",
) -> DraftView:
    """A new draft: of the next version of a product, of a rule, or of something new.

    It begins from ``version``, any version published before (which restores it), else from the one
    live today, else from the one published last. ``past`` restores a text that a rule had, by its
    SHA-256; ``template`` ("personal_installment@2") copies another definition under the new name;
    ``text`` is what it says instead. NotFound where there is nothing to begin from.
    """
    require(actor, WRITE)
    if kind not in KIND_OF:
        known = ", ".join(KIND_OF)
        raise refused("/kind", f'There is no kind "{kind}"; there are {known}.')
    begin = await begun(house, kind, name, version=version, text=text, template=template, past=past)
    at = house.clock.now()
    row = DraftRow(
        draft_id=new_id("draft", at),
        kind=kind,
        name=name,
        version=begin.version,
        text=begin.text,
        content_hash=content_hash(begin.text.encode()),
        began_from=begin.began_from,
        began_hash=begin.began_hash,
        state="draft",
        revision=1,
        author=actor.actor_id,
        recorded_at=at,
        changed_at=at,
    )
    entry = _entry(house, actor, row, "created", begin.told)
    await draft_rows.add_draft(house.pool, row, entry)
    return await find(house, row.draft_id)


async def listed(house: House) -> tuple[DraftRowView, ...]:
    """Every draft, the one changed last first."""
    return tuple(row_view(row) for row in await draft_rows.drafts(house.pool))


async def find(house: House, draft_id: str) -> DraftView:
    """A draft whole; NotFound when there is none."""
    return await view_of(house, await row_of(house, draft_id))


async def edit(house: House, actor: Actor, draft_id: str, revision: int, text: str) -> DraftView:
    """Put another text in place; a draft under review goes back to being written."""
    require(actor, WRITE)
    row = await _open(house, draft_id, {"draft", "in_review", "approved"})
    new = replace(
        row, text=text, content_hash=content_hash(text.encode()), state="draft", approved_by=""
    )
    return await _change(house, actor, row, revision, new, "edited", "")


async def submit(house: House, actor: Actor, draft_id: str, revision: int, note: str) -> DraftView:
    """Ask for review; DefinitionError with everything that is wrong."""
    require(actor, WRITE)
    row = await _open(house, draft_id, {"draft"})
    await sound(house, row)
    return await _change(
        house, actor, row, revision, replace(row, state="in_review"), "submitted", note
    )


async def comment(house: House, actor: Actor, draft_id: str, revision: int, note: str) -> DraftView:
    """Say something about a draft."""
    require(actor, "products:read")
    row = await _open(house, draft_id, {"draft", "in_review", "approved"})
    return await _change(house, actor, row, revision, row, "commented", note)


async def send_back(
    house: House, actor: Actor, draft_id: str, revision: int, note: str
) -> DraftView:
    """Ask for changes: the draft goes back to its author."""
    require(actor, APPROVE)
    row = await _open(house, draft_id, {"in_review", "approved"})
    new = replace(row, state="draft", approved_by="")
    return await _change(house, actor, row, revision, new, "returned", note)


async def approve(house: House, actor: Actor, draft_id: str, revision: int, note: str) -> DraftView:
    """Agree to a draft under review; refused to whoever wrote in it."""
    require(actor, APPROVE)
    row = await _open(house, draft_id, {"in_review"})
    entries = await draft_rows.draft_entries(house.pool, draft_id)
    wrote = {entry.actor for entry in entries if entry.action in _WRITTEN}
    if await is_one_of(house, actor, wrote):
        message = "You wrote in this draft; another person must approve it."
        raise CommandRefused((Refusal(code="own_draft", message=message, kind="rule"),))
    await sound(house, row)
    new = replace(row, state="approved", approved_by=actor.actor_id)
    return await _change(house, actor, row, revision, new, "approved", note)


async def withdraw(
    house: House, actor: Actor, draft_id: str, revision: int, note: str
) -> DraftView:
    """Give a draft up; it stays on record."""
    require(actor, WRITE)
    row = await _open(house, draft_id, {"draft", "in_review", "approved"})
    return await _change(
        house, actor, row, revision, replace(row, state="withdrawn"), "withdrawn", note
    )


async def row_of(house: House, draft_id: str) -> DraftRow:
    """A draft as kept; NotFound when there is none."""
    row = await draft_rows.draft(house.pool, draft_id)
    if row is None:
        raise NotFound("draft", draft_id)
    return row


def row_view(row: DraftRow) -> DraftRowView:
    """A draft in a list."""
    return DraftRowView(**{name: getattr(row, name) for name in DraftRowView.__struct_fields__})


async def view_of(house: House, row: DraftRow) -> DraftView:
    """A draft whole."""
    definition, _ = candidate(house, row)
    entries = await draft_rows.draft_entries(house.pool, row.draft_id)
    return DraftView(
        row=row_view(row),
        text=row.text,
        content_hash=row.content_hash,
        file=file_of(row.kind, row.name, row.version),
        problems=tuple(definition.problems) if row.state != "published" else (),
        history=tuple(
            DraftEntryView(
                revision=entry.revision,
                action=entry.action,
                actor=entry.actor,
                name=entry.actor_name,
                comment=entry.comment,
                content_hash=entry.content_hash,
                recorded_at=entry.recorded_at,
            )
            for entry in entries
        ),
    )


async def sound(house: House, row: DraftRow) -> None:
    """Raise DefinitionError when anything is wrong, examples, corners and tests included."""
    definition, catalog = candidate(house, row)
    await asyncio.to_thread(prove_beside, definition, catalog)
    if definition.problems:
        raise DefinitionError(tuple(definition.problems))


async def _change(
    house: House,
    actor: Actor,
    row: DraftRow,
    revision: int,
    new: DraftRow,
    action: str,
    note: str,
) -> DraftView:
    """Put a new state of the draft in place of the revision the actor saw."""
    if revision != row.revision:
        raise await changed(house, row.draft_id)
    definition = definition_of(new.text, "", KIND_OF[new.kind])
    new = replace(
        new,
        version=version_in(definition, new),
        revision=row.revision + 1,
        changed_at=house.clock.now(),
    )
    entry = _entry(house, actor, new, action, note)
    if not await draft_rows.change_draft(house.pool, row.revision, new, entry):
        raise await changed(house, row.draft_id)
    return await view_of(house, new)


async def changed(house: House, draft_id: str) -> DraftChanged:
    """What to raise when another change of the draft came first."""
    row = await row_of(house, draft_id)
    last = (await draft_rows.draft_entries(house.pool, draft_id))[-1]
    return DraftChanged(draft_id, row.revision, f"{last.actor_name} {last.action} it", row.text)


async def _open(house: House, draft_id: str, states: set[str]) -> DraftRow:
    row = await row_of(house, draft_id)
    if row.state not in states:
        allowed = " or ".join(sorted(states)).replace("_", " ")
        message = f"The draft is {row.state.replace('_', ' ')}; this needs one that is {allowed}."
        raise CommandRefused((Refusal(code="draft_state", message=message),))
    return row


def _entry(house: House, actor: Actor, row: DraftRow, action: str, note: str) -> DraftEntry:
    return DraftEntry(
        revision=row.revision,
        action=action,
        actor=actor.actor_id,
        actor_name=actor.name,
        comment=note,
        content_hash=row.content_hash,
        recorded_at=house.clock.now(),
    )
