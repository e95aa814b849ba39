"""A candidate in shadow beside what is live: what it would have decided otherwise, day by day.

The daily run looks at the loans on which something happened or came due, on either side, and at no
others; what was found before is not told again. Nothing of the loans is written.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from typing import Any, Final

import msgspec

from engine.catalog.catalog import Catalog
from engine.catalog.terms_in_force import TermsInForce
from engine.errors import DefinitionError, Refusal
from engine.product.product import Product
from engine.values.money import Money
from servicing.actor import Actor
from servicing.errors import CommandRefused, NotFound
from servicing.house import House
from servicing.ids import new_id
from servicing.permissions import require
from servicing.publishing import drafts
from servicing.publishing.candidate import KIND_OF
from servicing.publishing.places import file_of, is_product, named_by
from servicing.publishing.shadow_loan import Shadowed, shadowed
from servicing.views.shadow import Divergence, ShadowDay, ShadowDivergence, ShadowView
from store import shadow_rows
from store.definition_rows import definition_row
from store.definitions.beside import beside
from store.definitions.definition import definition_of
from store.definitions.kinds import PRODUCT
from store.loan_rows import StoredEvent, histories
from store.shadow_rows import LookedAt, ShadowRow

LOG = logging.getLogger("loanwright")
BATCH: Final = 50
MOST: Final = 5_000
"""Loans one run decides anew for one candidate; the others wait for the next run."""


async def start(house: House, actor: Actor, *, draft_id: str = "", version: str = "") -> ShadowView:
    """Begin to run a draft, or a published version ("pay_in_4@3"), in shadow from today.

    The text counts as it is now, whatever becomes of the draft. Raises NotFound for neither,
    DefinitionError while the draft is wrong, CommandRefused for what is no product.
    """
    require(actor, drafts.WRITE)
    today, at = house.clock.business_date(), house.clock.now()
    text, draft = await _text(house, draft_id, version)
    product, _, content = _candidate(house, text, draft)
    row = ShadowRow(
        shadow_id=new_id("shadow", at), product=product.product, version=product.version,
        draft_id=draft_id, text=text, content_hash=content, began_on=today,
        state="running", why="", actor=actor.actor_id, started_at=at,
    )  # fmt: skip
    await shadow_rows.add_shadow(house.pool, row)
    return await find(house, row.shadow_id)


async def stop(house: House, actor: Actor, shadow_id: str) -> ShadowView:
    """End a shadow run; its report stays. CommandRefused when it had ended."""
    require(actor, drafts.WRITE)
    await _row(house, shadow_id)
    if not await shadow_rows.end_shadow(house.pool, shadow_id, "stopped", "", house.clock.now()):
        raise _refused("The shadow run had ended before.")
    return await find(house, shadow_id)


async def run(house: House, actor: Actor, shadow_id: str) -> ShadowView:
    """Look now, as the daily run does; CommandRefused when it has ended."""
    require(actor, drafts.WRITE)
    row = await _row(house, shadow_id)
    if row.state != "running":
        raise _refused(f"The shadow run is {row.state}.")
    await look(house, row, house.clock.business_date())
    return await find(house, shadow_id)


async def run_all(house: House, day: date) -> int:
    """Look at every candidate in shadow on a business day; how many divergences are new.

    A candidate that can no longer be understood ends with its reason, and holds up no other.
    """
    found = 0
    for row in await shadow_rows.shadows(house.pool, "running"):
        found += await look(house, row, day)
    return found


async def listed(house: House) -> tuple[ShadowView, ...]:
    """Every shadow run, the newest first."""
    rows = await shadow_rows.shadows(house.pool)
    return tuple([await _view(house, row) for row in rows])


async def of_draft(house: House, draft_id: str) -> tuple[ShadowView, ...]:
    """Shadow runs begun from a draft, the newest first."""
    rows = await shadow_rows.shadows(house.pool)
    return tuple([await _view(house, row) for row in rows if draft_id and row.draft_id == draft_id])


async def find(house: House, shadow_id: str) -> ShadowView:
    """A shadow run with what each day brought; NotFound when there is none."""
    return await _view(house, await _row(house, shadow_id))


async def report(
    house: House,
    shadow_id: str,
    *,
    day: date | None = None,
    after: str = "",
    limit: int = 100,
) -> tuple[ShadowDivergence, ...]:
    """Divergences found on a business day, or on any, by loan; ``after`` is "loan_…/3" of one."""
    await _row(house, shadow_id)
    loan_id, _, number = after.rpartition("/")
    place = (loan_id, int(number)) if number.isdecimal() and len(number) < 10 else (after, 0)
    rows = await shadow_rows.divergences(house.pool, shadow_id, day, place, limit)
    return tuple(
        ShadowDivergence(
            loan_id=row["loan_id"],
            number=row["number"],
            found_on=row["found_on"],
            divergence=msgspec.json.decode(row["divergence"], type=Divergence),
        )
        for row in rows
    )


async def look(house: House, row: ShadowRow, day: date) -> int:
    """Decide the loans anew that are to be looked at; how many divergences are new."""
    try:
        _, catalog, _ = _candidate(house, row.text, None)
    except (DefinitionError, CommandRefused) as wrong:
        await shadow_rows.end_shadow(
            house.pool, row.shadow_id, "failed", str(wrong), house.clock.now()
        )
        LOG.warning("The shadow run %s ended: %s", row.shadow_id, wrong)
        return 0
    terms = catalog.terms_in_force(row.product, row.version)
    due = await shadow_rows.loans_to_look_at(house.pool, row, day)
    now, done, found = due[:MOST], 0, 0
    for start_ in range(0, len(now), BATCH):
        part = now[start_ : start_ + BATCH]
        past = await histories(house.pool, part)
        looked = await asyncio.to_thread(_look_at, past, catalog, terms, row.began_on, day)
        new = await shadow_rows.keep(house.pool, row.shadow_id, day, looked)
        if new is None:
            return found  # stopped meanwhile
        done, found = done + len(part), found + new
    await shadow_rows.add_to_day(house.pool, row.shadow_id, day, done, found, len(due) - len(now))
    return found


def _look_at(
    past: dict[str, tuple[StoredEvent, ...]],
    catalog: Catalog,
    candidate: TermsInForce,
    began_on: date,
    day: date,
) -> list[LookedAt]:
    product = candidate.product.product
    looked = []
    for loan_id, events in past.items():
        history = [stored.numbered for stored in events]
        try:
            seen = shadowed(
                loan_id, history, lambda version: catalog.terms_in_force(product, version),
                candidate, began_on, day,
            )  # fmt: skip
        except AssertionError as fault:
            LOG.exception("The shadow of %s could not be decided", loan_id)
            seen = Shadowed(fault=f"it could not be decided: {fault}")
        looked.append(
            LookedAt(
                loan_id=loan_id,
                seq=max(seq for seq, _ in history),
                next_boundary=seen.next_boundary,
                moved=seen.moved,
                fault=seen.fault,
                divergences=[(each.key, msgspec.json.encode(each)) for each in seen.divergences],
            )
        )
    return looked


async def _text(house: House, draft_id: str, version: str) -> tuple[str, str | None]:
    """The candidate's text, and the kind of the draft where it is one."""
    if draft_id:
        row = await drafts.row_of(house, draft_id)
        return row.text, row.kind
    stored = await definition_row(house.pool, PRODUCT.name, *named_by(PRODUCT.name, version))
    if stored is None:
        raise NotFound("product version", version)
    return stored.text, None


def _candidate(house: House, text: str, kind: str | None) -> tuple[Product, Catalog, str]:
    """The candidate, the catalog with it, and the hash of its text."""
    if kind is not None and not is_product(kind):
        raise _refused(f"A product runs in shadow, not a {kind}.", "no_shadow")
    definition = definition_of(text, "", KIND_OF[PRODUCT.name])
    product: Product | None = definition.value
    if product is not None:
        definition.document.file = file_of(PRODUCT.name, product.product, product.version)
    catalog = beside(definition, house.catalog)
    if product is None or definition.problems:
        raise DefinitionError(tuple(definition.problems))
    return product, catalog, catalog.hashes[product.reference]


async def _row(house: House, shadow_id: str) -> ShadowRow:
    row = await shadow_rows.shadow(house.pool, shadow_id)
    if row is None:
        raise NotFound("shadow run", shadow_id)
    return row


async def _view(house: House, row: ShadowRow) -> ShadowView:
    sums: Any = await shadow_rows.sums(house.pool, row.shadow_id)
    versions = house.catalog.products.get(row.product, ())
    currency = versions[-1].currency if versions else "USD"
    return ShadowView(
        **{
            name: getattr(row, name)
            for name in ("shadow_id", "product", "version", "draft_id", "content_hash", "began_on",
                         "state", "why", "actor", "started_at")
        },
        currency=currency,
        loans=sums["loans"],
        loans_differing=sums["differing"],
        not_compared=sums["faults"],
        owed_more=Money(sums["more"]).text(currency),
        owed_less=Money(sums["less"]).text(currency),
        days=tuple(
            ShadowDay(**dict(day)) for day in await shadow_rows.days(house.pool, row.shadow_id)
        ),
    )  # fmt: skip


def _refused(message: str, code: str = "shadow_state") -> CommandRefused:
    return CommandRefused((Refusal(code=code, message=message),))
