"""The effect of a rule's draft over the live book: every loan it may speak of decided anew.

Each loan stays under its own version; only the law differs. Nothing is written and nothing kept:
whoever looks follows it, and it ends when nobody does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import date
from typing import Any, Final

from engine.catalog.catalog import Catalog
from engine.errors import DefinitionError, Refusal
from engine.values.money import Money
from servicing.actor import Actor
from servicing.errors import CommandRefused
from servicing.house import House
from servicing.permissions import require
from servicing.publishing import drafts
from servicing.publishing.candidate import candidate
from servicing.publishing.effect import Sum, told
from servicing.publishing.effect_crew import BATCH
from servicing.publishing.loan_effect import Compared, compare
from servicing.views.effect import EffectView
from store.definitions.kinds import RULE
from store.loan_rows import histories
from store.loans_of_product import loans_of_product

_CURRENCY: Final = "USD"


async def follow(house: House, actor: Actor, draft_id: str) -> AsyncIterator[EffectView]:
    """The effect as far as it is, after each batch; the last one is done.

    Raises DefinitionError while the draft is wrong, CommandRefused for what is no rule.
    """
    require(actor, drafts.WRITE)
    row = await drafts.row_of(house, draft_id)
    if row.kind != RULE.name:
        message = f"This is the effect of a rule; the draft is of a {row.kind}."
        raise CommandRefused((Refusal(code="no_effect", message=message),))
    definition, catalog = candidate(house, row)
    if definition.problems:
        raise DefinitionError(tuple(definition.problems))
    loans = [
        loan_id
        for product in sorted(house.catalog.products)
        for loan_id in await loans_of_product(house.pool, product)
    ]
    day, began, result = house.clock.business_date(), time.monotonic(), Sum(_CURRENCY)
    none = Money(0).text(_CURRENCY)
    view = EffectView(
        run_id="", draft_id=draft_id, content_hash=row.content_hash, state="running", as_of=day,
        loans_done=0, loans_total=len(loans), seconds=0.0, currency=_CURRENCY, fees=(),
        loans_changed=0, other_days=0, owed_more=none, owed_less=none, aprs_changed=0, refused=0,
        largest=(), started_at=house.clock.now(), actor=actor.actor_id,
    )  # fmt: skip
    standing = house.catalog
    for start in range(0, len(loans), BATCH):
        yield told(view, result, began, "running")
        past = await histories(house.pool, loans[start : start + BATCH])
        for found in await asyncio.to_thread(_compared, past, standing, catalog, day):
            result.add(found)
    yield told(view, result, began, "done")


def _compared(
    past: dict[str, Any], standing: Catalog, changed: Catalog, day: date
) -> list[Compared]:
    """Each loan under its own version, with the law as it stands and as it would be."""
    found = []
    for loan_id, events in past.items():
        history = [stored.numbered for stored in events]
        made = next(event for _, event in history if hasattr(event, "product_version"))
        own, other = (
            catalog.terms_in_force(made.product, made.product_version)
            for catalog in (standing, changed)
        )
        found.append(compare(loan_id, history, own, other, day))
    return found
