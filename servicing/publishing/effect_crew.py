"""Who compares loans for an effect: this process for a few, processes of its own for many.

Comparing a loan is arithmetic, so a large book keeps every core busy; done in this process it would
keep the doors waiting. A process of the crew reads what is published and the draft for itself.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections import deque
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import asynccontextmanager
from datetime import date
from typing import Final

import asyncpg

from engine.catalog.catalog import Catalog
from engine.catalog.terms_in_force import TermsInForce
from engine.codec.loan_text import decode_event
from servicing.house import House
from servicing.published import definition_of_row
from servicing.publishing.loan_effect import Compared, compare
from store.definition_rows import DefinitionRow, definition_rows
from store.definitions.assemble import check_meaning
from store.definitions.beside import beside
from store.definitions.definition import definition_of
from store.draft_rows import DraftRow
from store.loan_rows import event_bodies

BATCH: Final = 50
"""Loans between two words of progress, and between two looks whether the run is cancelled."""
MANY: Final = 1_000
"""Loans from which processes of their own are worth beginning, which takes some seconds."""

Past = dict[str, list[tuple[int, bytes]]]
"""Loan → its events by number, as they are stored."""


class Crew:
    """Compares batches of loans under their own versions and under a candidate."""

    def __init__(self, house: House, candidate: TermsInForce, catalog: Catalog, day: date) -> None:
        self._pool = house.pool
        self._candidate = candidate
        self._catalog = catalog
        self._day = day
        self._processes: Executor | None = None
        self.hands = 1
        """Batches that are compared at once."""

    async def compared(self, loan_ids: Sequence[str]) -> AsyncIterator[list[Compared]]:
        """Loans compared a batch at a time, in their order; the loop is free meanwhile."""
        parts = deque(loan_ids[start : start + BATCH] for start in range(0, len(loan_ids), BATCH))
        under_way: deque[asyncio.Task[list[Compared]]] = deque()
        try:
            while parts or under_way:
                while parts and len(under_way) < self.hands:
                    under_way.append(asyncio.create_task(self._batch(parts.popleft())))
                yield await under_way.popleft()
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _batch(self, loan_ids: Sequence[str]) -> list[Compared]:
        past = await event_bodies(self._pool, loan_ids)
        if self._processes is None:
            return await asyncio.to_thread(
                compare_all, past, self._candidate, self._catalog, self._day
            )
        loop = asyncio.get_running_loop()
        reference = (self._candidate.product.product, self._candidate.product.version)
        return await loop.run_in_executor(
            self._processes, _compare_here, past, *reference, self._day
        )

    async def gather_hands(self, row: DraftRow, pool: asyncpg.Pool) -> None:
        """Begin processes, each of which reads what is published and the draft."""
        rows = list((await definition_rows(pool)).values())
        self.hands = max(1, min(os.cpu_count() or 1, 8))
        self._processes = ProcessPoolExecutor(
            self.hands,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(rows, row.text),
        )

    def dismiss(self) -> None:
        """End the processes; what they are at is not waited for."""
        if self._processes is not None:
            self._processes.shutdown(wait=False, cancel_futures=True)


@asynccontextmanager
async def crew_for(
    house: House,
    candidate: TermsInForce,
    catalog: Catalog,
    day: date,
    loans: int,
    row: DraftRow | None,
) -> AsyncIterator[Crew]:
    """A crew for so many loans; of this process alone where they are few or there is no draft."""
    crew = Crew(house, candidate, catalog, day)
    if row is not None and loans >= MANY:
        await crew.gather_hands(row, house.pool)
    try:
        yield crew
    finally:
        crew.dismiss()


def compare_all(past: Past, candidate: TermsInForce, catalog: Catalog, day: date) -> list[Compared]:
    """Loans with their stored events, each under its own version and under the candidate."""
    found = []
    product = candidate.product.product
    for loan_id, events in past.items():
        history = [(seq, decode_event(body)) for seq, body in events]
        version = next(e.product_version for _, e in history if hasattr(e, "product_version"))
        own = catalog.terms_in_force(product, version)
        found.append(compare(loan_id, history, own, candidate, day))
    return found


_CATALOG: Catalog | None = None
"""In a process of a crew: everything published, with the draft."""


def _prepare(rows: list[DefinitionRow], text: str) -> None:
    """In a process of a crew: read what is published, and the draft beside it."""
    global _CATALOG  # noqa: PLW0603  a process of a crew has this one catalog, from its beginning
    standing = check_meaning([definition_of_row(row) for row in rows])
    _CATALOG = beside(definition_of(text, ""), standing)


def _compare_here(past: Past, product: str, version: int, day: date) -> list[Compared]:
    assert _CATALOG is not None, "a process of a crew is prepared before it compares"
    return compare_all(past, _CATALOG.terms_in_force(product, version), _CATALOG, day)
