"""The effect of a draft over the live book: every loan of its product decided anew under it.

Exact for every loan, worked out beside the doors in batches, with progress; it can be cancelled,
and a run whose process died says so. Nothing of the book is written.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import asyncpg
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
from servicing.publishing.candidate import candidate
from servicing.publishing.effect_crew import crew_for
from servicing.publishing.loan_effect import Compared, Fees
from servicing.publishing.places import is_product
from servicing.views.effect import EffectView, FeeEffect, LoanEffect
from store import effect_rows
from store.draft_rows import DraftRow
from store.loans_of_product import loans_of_product
from store.postgres import UNREACHABLE

LOG = logging.getLogger("loanwright")
LARGEST: Final = 10
_SILENT: Final = timedelta(minutes=2)
"""A run that has said nothing for so long has died with its process."""
_TASKS: dict[asyncio.Task[None], asyncpg.Pool] = {}
"""Runs of this process, and the database each writes to."""


@dataclass
class Sum:
    """What the loans looked at so far come to."""

    currency: str
    done: int = 0
    fees_before: Fees = field(default_factory=dict)
    fees_after: Fees = field(default_factory=dict)
    changed: int = 0
    other_days: int = 0
    more: int = 0
    less: int = 0
    aprs: int = 0
    refused: int = 0
    largest: list[tuple[int, LoanEffect]] = field(default_factory=list)

    def add(self, found: Compared) -> None:
        """Add one loan."""
        self.done += 1
        for sums, fees in ((self.fees_before, found.fees_before),
                           (self.fees_after, found.fees_after)):  # fmt: skip
            for name, (count, amount) in fees.items():
                had, was = sums.get(name, (0, Money(0)))
                sums[name] = (had + count, was + amount)
        self.other_days += found.only_days
        if found.effect is None:
            return
        self.changed += 1
        self.more += max(found.moved, 0)
        self.less += max(-found.moved, 0)
        self.aprs += found.apr_changed
        self.refused += found.refused
        self.largest.append((found.moved, found.effect))
        self.largest.sort(key=lambda item: (-abs(item[0]), item[1].loan_id))
        del self.largest[LARGEST:]

    def fees(self) -> tuple[FeeEffect, ...]:
        """Fees by name, before and after."""
        none = (0, Money(0))
        return tuple(
            FeeEffect(
                name=name,
                before_count=self.fees_before.get(name, none)[0],
                after_count=self.fees_after.get(name, none)[0],
                before=self.fees_before.get(name, none)[1].text(self.currency),
                after=self.fees_after.get(name, none)[1].text(self.currency),
            )
            for name in sorted(self.fees_before.keys() | self.fees_after.keys())
        )


def candidate_terms(house: House, row: DraftRow) -> tuple[TermsInForce, Catalog]:
    """The terms a product's draft would be in force with, and the catalog with them.

    Raises DefinitionError while the draft is wrong, CommandRefused for what is no product.
    """
    definition, catalog = candidate(house, row)
    if not is_product(row.kind):
        message = f"The effect over the book is worked out for products, not for a {row.kind}."
        raise CommandRefused((Refusal(code="no_effect", message=message),))
    if definition.problems:
        raise DefinitionError(tuple(definition.problems))
    product: Product = definition.value
    return catalog.terms_in_force(product.product, product.version), catalog


async def start(house: House, actor: Actor, draft_id: str) -> EffectView:
    """Begin to work out the effect of a product's draft; DefinitionError while it is wrong."""
    require(actor, drafts.WRITE)
    row = await drafts.row_of(house, draft_id)
    terms, catalog = candidate_terms(house, row)
    currency = terms.product.currency
    day = house.clock.business_date()
    loans = await loans_of_product(house.pool, row.name)
    view = EffectView(
        run_id=new_id("effect", house.clock.now()),
        draft_id=draft_id,
        content_hash=row.content_hash,
        state="running",
        as_of=day,
        loans_done=0,
        loans_total=len(loans),
        seconds=0.0,
        currency=currency,
        fees=(),
        loans_changed=0,
        other_days=0,
        owed_more=Money(0).text(currency),
        owed_less=Money(0).text(currency),
        aprs_changed=0,
        refused=0,
        largest=(),
        started_at=house.clock.now(),
        actor=actor.actor_id,
    )
    await effect_rows.add_run(
        house.pool, view.run_id, draft_id, msgspec.json.encode(view), house.clock.now()
    )
    work = _run(house, view, terms, catalog, loans, row)
    task = asyncio.create_task(work, name=view.run_id)
    _TASKS[task] = house.pool
    task.add_done_callback(lambda done: _TASKS.pop(done, None))
    return view


async def find(house: House, run_id: str) -> EffectView:
    """A run as far as it is; NotFound when there is none."""
    found = await effect_rows.run(house.pool, run_id)
    if found is None:
        raise NotFound("effect run", run_id)
    return _as_it_is(house, found)


async def last(house: House, draft_id: str) -> EffectView | None:
    """The run of a draft begun last."""
    found = await effect_rows.last_run(house.pool, draft_id)
    return _as_it_is(house, found) if found else None


async def loans(
    house: House, run_id: str, after: str = "", limit: int = 100
) -> tuple[LoanEffect, ...]:
    """The loans that would stand otherwise, by id, after one."""
    rows = await effect_rows.loans_of(house.pool, run_id, after, limit)
    return tuple(msgspec.json.decode(row, type=LoanEffect) for row in rows)


async def end_all(house: House) -> None:
    """End the runs of this process on a house that is about to close; they say so."""
    ending = [task for task, its in _TASKS.items() if its is house.pool]
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)
    for task in ending:
        with suppress(*UNREACHABLE):
            at = house.clock.now()
            await effect_rows.end_run(house.pool, task.get_name(), "interrupted", at)


async def cancel(house: House, actor: Actor, run_id: str) -> EffectView:
    """Stop a run; what it found so far stays."""
    require(actor, drafts.WRITE)
    await effect_rows.end_run(house.pool, run_id, "cancelled", house.clock.now())
    return await find(house, run_id)


async def over(
    house: House,
    candidate: TermsInForce,
    catalog: Catalog,
    day: date,
    progress: Callable[[int, int], None] | None = None,
    row: DraftRow | None = None,
) -> tuple[Sum, list[LoanEffect]]:
    """The whole effect at once, for callers that wait for it: the sums and every loan moved.

    With the draft's ``row`` a large book is compared by processes of its own.
    """
    ids = await loans_of_product(house.pool, candidate.product.product)
    result, moved = Sum(candidate.product.currency), list[LoanEffect]()
    async with crew_for(house, candidate, catalog, day, len(ids), row) as crew:
        async for batch in crew.compared(ids):
            for found in batch:
                result.add(found)
                if found.effect is not None:
                    moved.append(found.effect)
            if progress:
                progress(result.done, len(ids))
    return result, moved


async def _run(
    house: House,
    view: EffectView,
    terms: TermsInForce,
    catalog: Catalog,
    loan_ids: Sequence[str],
    row: DraftRow,
) -> None:
    """Work a run out, saying how far it is after each batch."""
    began, result = time.monotonic(), Sum(view.currency)
    try:
        if not loan_ids:
            await _say(house, told(view, result, began, "done"), [])
        async with crew_for(house, terms, catalog, view.as_of, len(loan_ids), row) as crew:
            async for batch in crew.compared(loan_ids):
                for found in batch:
                    result.add(found)
                state = "done" if result.done == len(loan_ids) else "running"
                if not await _say(house, told(view, result, began, state), batch):
                    return
    except Exception as fault:
        LOG.exception("The effect run %s ended", view.run_id)
        with suppress(Exception):
            failed = msgspec.structs.replace(
                told(view, result, began, "failed"), failure=f"{type(fault).__name__}: {fault}"
            )
            await _say(house, failed, [])


async def _say(house: House, view: EffectView, batch: Sequence[Compared]) -> bool:
    moved = [
        (found.effect.loan_id, found.moved, msgspec.json.encode(found.effect))
        for found in batch
        if found.effect is not None
    ]
    return await effect_rows.update_run(
        house.pool, view.run_id, view.state, msgspec.json.encode(view), house.clock.now(), moved
    )


def told(view: EffectView, result: Sum, began: float, state: str) -> EffectView:
    """The view of a run with what it found so far."""
    currency = view.currency
    return msgspec.structs.replace(
        view,
        state=state,
        loans_done=result.done,
        seconds=round(time.monotonic() - began, 3),
        fees=result.fees(),
        loans_changed=result.changed,
        other_days=result.other_days,
        owed_more=Money(result.more).text(currency),
        owed_less=Money(result.less).text(currency),
        aprs_changed=result.aprs,
        refused=result.refused,
        largest=tuple(effect for _, effect in result.largest),
    )


def _as_it_is(house: House, found: Any) -> EffectView:
    view = msgspec.json.decode(found["view"], type=EffectView)
    state = found["state"]
    if state == "running" and house.clock.now() - found["beat_at"] > _SILENT:
        state = "interrupted"
    return msgspec.structs.replace(view, state=state)
