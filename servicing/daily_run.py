"""The daily run: side effects of time passing, and no number anyone could not compute without it.

It touches the loans whose next boundary has come, and no others. Every loan is a command of its
own, so a run can be stopped and started anywhere, by any number of workers.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import date

import msgspec

from engine.loan.commands import AdvanceTo
from servicing.actor import Actor
from servicing.errors import ServicingError, Unavailable, VersionConflict
from servicing.house import House
from servicing.interest_books import booked_through
from servicing.publishing import shadow
from servicing.telling import accounts_of, chart_of
from servicing.together import together
from store.daily_rows import book_interest, due_loans, seal_days
from store.loan_rows import load_many
from store.postgres import UNREACHABLE

LOG = logging.getLogger("loanwright")
RUNNER = Actor(actor_id="automation:daily_run", name="Daily run", scopes=frozenset("*"))
AT_ONCE = 6
EVERY_SECONDS = 300
_TRIES = 4

Progress = Callable[[int, int], None]


class DailyRunSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did."""

    through: date
    loans: int
    """Loans whose boundary had come."""
    events: int
    """Outcomes recorded on them."""
    failed: tuple[str, ...] = ()
    """Loans that could not be advanced, with why."""
    divergences: int = 0
    """What candidates in shadow decided otherwise and was not known before."""

    def __str__(self) -> str:
        failed = f", {len(self.failed)} failed" if self.failed else ""
        return f"{self.loans} loans advanced through {self.through}, {self.events} events{failed}"


async def run(
    house: House, through: date | None = None, progress: Progress | None = None
) -> DailyRunSummary:
    """Advance every loan whose boundary has come through a day, and book its interest.

    On the business date itself candidates in shadow are then looked at beside what is live.

    Raises ValueError for a day after the business date: what it brings is not decided yet.
    """
    today = house.clock.business_date()
    day = through or today
    if day > today:
        raise ValueError(f"{day} is after the business date {today}; time passes to it by itself.")
    loans = await due_loans(house.pool, day)
    done, events = 0, 0
    failed: list[str] = []

    async def one(loan_id: str) -> None:
        nonlocal done, events
        try:
            events += await advance_loan(house, loan_id, day)
        except Unavailable:
            raise
        except (ServicingError, AssertionError) as trouble:
            LOG.exception("The daily run could not advance %s", loan_id)
            failed.append(f"{loan_id}: {trouble}")
        done += 1
        if progress:
            progress(done, len(loans))

    await together(loans, one, AT_ONCE)
    differing = await shadow.run_all(house, day) if day == today else 0
    await close_days(house, day)
    return DailyRunSummary(
        through=day, loans=len(loans), events=events, failed=tuple(failed), divergences=differing
    )


async def advance_loan(house: House, loan_id: str, day: date) -> int:
    """Advance one loan and book its interest; how many events it brought."""
    receipt = await house.servicer.execute(RUNNER, AdvanceTo(day=day), loan_id=loan_id)
    await book(house, loan_id, day)
    return len(receipt.events)


async def book(house: House, loan_id: str, day: date) -> None:
    """Book the interest a loan earned through a day, less what is booked already."""
    for _ in range(_TRIES):
        stored = (await load_many(house.pool, [loan_id]))[loan_id]
        loan = stored.loan
        terms = house.catalog.terms_in_force(loan.product, loan.product_version)
        entry, booked = booked_through(loan, stored.interest_booked, day, terms)
        if await book_interest(
            house.pool, loan_id, loan.seq, stored.entries, entry, accounts_of(chart_of(terms)),
            booked, day, house.clock.business_date(loan.legal_entity_id), house.clock.now(),
        ):  # fmt: skip
            return
    raise VersionConflict(loan.seq, loan.seq + 1)


async def close_days(house: House, day: date) -> None:
    """Give every business date that is over one hash over its events.

    Today is never over, whatever day the run goes to: what is posted later would not be covered.
    """
    await seal_days(house.pool, min(day, house.clock.business_date()), house.clock.now())


async def keep_up(house: House) -> None:
    """Run again and again, soon after each business date begins; ends only when cancelled."""
    while True:
        try:
            summary = await run(house)
            if summary.loans:
                LOG.info("Daily run: %s", summary)
        except (Unavailable, *UNREACHABLE):
            LOG.warning("The daily run could not reach the database; it will try again")
        await asyncio.sleep(EVERY_SECONDS)
