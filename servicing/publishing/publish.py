"""Publishing: an approved draft becomes what is offered; a version ends; processes hear of it.

What is published counts at once in the process that publishes, and in every other as soon as it
looks, which is every few seconds.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from typing import Final

import asyncpg
from msgspec.structs import replace

from engine.catalog.catalog import Catalog
from engine.errors import DefinitionError, Refusal
from servicing.actor import Actor
from servicing.errors import CommandRefused, NotFound
from servicing.house import House
from servicing.permissions import require
from servicing.published import begin_too_early, published_catalog
from servicing.publishing import drafts
from servicing.publishing.candidate import candidate
from servicing.publishing.places import file_of, reference_of
from servicing.views.publishing import DraftView
from store import draft_rows
from store.definition_rows import (
    DefinitionRow,
    Standing,
    definition_row,
    last_contracts,
    standing,
)
from store.definitions.beside import prove
from store.definitions.kinds import RULE
from store.draft_rows import AlreadyPublished, DraftEntry, DraftRow
from store.postgres import UNREACHABLE

LOG = logging.getLogger("loanwright")
LOOKS_EVERY_SECONDS: Final = 2.0


async def publish(house: House, actor: Actor, draft_id: str, revision: int) -> DraftView:
    """Publish an approved draft; from its first day it is what is offered.

    Raises DraftChanged when another came first, DefinitionError when it no longer fits what is
    published, CommandRefused when its version was published meanwhile.
    """
    require(actor, drafts.PUBLISH)
    row = await drafts.row_of(house, draft_id)
    if row.state != "approved":
        word = row.state.replace("_", " ")
        message = f"The draft is {word}; only an approved draft is published."
        raise CommandRefused((Refusal(code="draft_state", message=message),))
    if revision != row.revision:
        raise await drafts.changed(house, draft_id)
    definition, catalog = candidate(house, row)
    published = _published(row, actor)
    definition.problems += begin_too_early(catalog, [published], await last_contracts(house.pool))
    await _not_overtaken(house, row)
    await asyncio.to_thread(prove, definition, catalog)
    if definition.problems:
        raise DefinitionError(tuple(definition.problems))
    at = house.clock.now()
    new = replace(row, state="published", revision=row.revision + 1, changed_at=at)
    entry = DraftEntry(
        revision=new.revision,
        action="published",
        actor=actor.actor_id,
        actor_name=actor.name,
        comment="",
        content_hash=row.content_hash,
        recorded_at=at,
    )
    try:
        if not await draft_rows.publish_draft(house.pool, row.revision, new, entry, published):
            raise await drafts.changed(house, draft_id)
    except AlreadyPublished:
        reference = reference_of(row.kind, row.name, row.version)
        message = f"{reference} was published meanwhile; give the draft another version number."
        raise CommandRefused((Refusal(code="published_meanwhile", message=message),)) from None
    await renew(house)
    return await drafts.find(house, draft_id)


async def retire(
    house: House, actor: Actor, product: str, version: int, last_day: date, reason: str
) -> None:
    """End the offer of a product version after a day; loans and unexpired quotes keep it."""
    require(actor, drafts.PUBLISH)
    found = house.catalog.products.get(product, ())
    if version not in {each.version for each in found}:
        raise NotFound("product version", f"{product}@{version}")
    today = house.clock.business_date()
    if last_day < today:
        message = f"{last_day} is past; today, {today}, is the earliest last day."
        raise CommandRefused(
            (Refusal(code="in_the_past", message=message, path="/last_day", kind="invalid"),)
        )
    at = house.clock.now()
    if not await draft_rows.retire(
        house.pool, product, version, last_day, reason, actor.actor_id, at
    ):
        message = f"{product}@{version} was retired before."
        raise CommandRefused((Refusal(code="retired", message=message),))
    await renew(house)


async def renew(house: House) -> Catalog:
    """Put what the database holds in force in this process."""
    catalog = await published_catalog(house.pool)
    house.servicer.in_force.catalog = catalog
    return catalog


async def keep_current(house: House, every: float = LOOKS_EVERY_SECONDS) -> None:
    """Look again and again whether another process published; never returns.

    What cannot be understood is not put in force: the log says why, and the catalog that counted
    goes on counting.
    """
    known: Standing | None = None
    while True:
        try:
            found = await standing(house.pool)
            if known is not None and found != known:
                await renew(house)
            known = found
        except DefinitionError as wrong:
            known = found
            LOG.error("What was published is not put in force: %s", wrong)
        except (*UNREACHABLE, asyncpg.PostgresError) as away:
            LOG.warning("Cannot look for what is published: %s", away)
        await asyncio.sleep(every)


async def _not_overtaken(house: House, row: DraftRow) -> None:
    """Refuse a draft of a rule that was published anew since the draft began."""
    if row.kind != RULE.name:
        return
    now = await definition_row(house.pool, row.kind, row.name, 0)
    if (now.content_hash if now else "") != row.began_hash:
        message = f"{row.name} was published anew since this draft began; begin from it again."
        raise CommandRefused((Refusal(code="published_meanwhile", message=message),))


def _published(row: DraftRow, actor: Actor) -> DefinitionRow:
    return DefinitionRow(
        kind=row.kind,
        name=row.name,
        version=row.version,
        file=file_of(row.kind, row.name, row.version),
        content_hash=row.content_hash,
        text=row.text,
        published_by=actor.actor_id,
        approved_by=row.approved_by,
    )
