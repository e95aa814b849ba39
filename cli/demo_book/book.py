"""Make the demo book: every loan lives through the one write path, as of the days it happened.

Each loan is lived by a task of its own, several at a time; the clock of a task stands at the day
its next happening became known, so the book can be read as known on any past day.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from cli.demo_book.happen import Narrator
from cli.demo_book.people import person
from cli.demo_book.plan import LoanPlan, plan_book
from servicing import borrowers, daily_run, demo_mark
from servicing.actor import Actor
from servicing.clock import Clock
from servicing.house import House

SEED = 20_241_124
LOANS = 400
MONTHS = 24
AT_ONCE = 8
"""Loans lived at the same time; the pool has as many connections."""

SEEDER = Actor(actor_id="automation:demo_book", name="Demo book", scopes=frozenset("*"))

_moment: ContextVar[datetime] = ContextVar("demo_book_moment")


class BookClock:
    """Stands where the task that asks has set it; the house's own clock where none has."""

    def __init__(self, real: Clock) -> None:
        self._real = real

    def set(self, day: date) -> None:
        """Make it the afternoon of a day, for the task that calls."""
        _moment.set(datetime.combine(day, time(17, 0), UTC))

    def business_date(self, legal_entity_id: str = "main") -> date:
        """The day set."""
        moment = _moment.get(None)
        return moment.date() if moment else self._real.business_date(legal_entity_id)

    def time_zone(self, legal_entity_id: str = "main") -> str:
        """That of the house's own clock."""
        return self._real.time_zone(legal_entity_id)

    def now(self) -> datetime:
        """The moment reached; each call is a little later."""
        moment = _moment.get(None)
        if moment is None:
            return self._real.now()
        _moment.set(moment + timedelta(milliseconds=1))
        return _moment.get()


async def is_seeded(house: House) -> bool:
    """Whether this database holds the demo book already, or loans that are none of ours."""
    return await demo_mark.is_marked(house)


async def seed(house: House, progress: Callable[[int, int], None] | None = None) -> None:
    """Make the book and bring it up to yesterday."""
    await demo_mark.begin(house)
    clock = BookClock(house.clock)
    dated = replace(house, clock=clock, servicer=house.servicer.with_clock(clock))
    yesterday = house.clock.business_date() - timedelta(days=1)
    plans = plan_book(Random(SEED), LOANS, MONTHS, yesterday)
    turns, done = asyncio.Semaphore(AT_ONCE), 0

    async def live(plan: LoanPlan) -> None:
        nonlocal done
        async with turns:
            chance = Random(SEED + plan.number)
            clock.set(plan.contract_date)
            who = person(chance, plan.number)
            borrower = await borrowers.create(dated, SEEDER, name=who.name, email=who.email)
            narrator = Narrator(dated, SEEDER, clock, chance, through=yesterday)
            await narrator.tell(plan, borrower)
            done += 1
            if progress:
                progress(done, len(plans))

    async with asyncio.TaskGroup() as group:
        for plan in plans:
            group.create_task(live(plan))
    clock.set(yesterday)
    await daily_run.run(dated, through=yesterday)
    await demo_mark.mark(house)
