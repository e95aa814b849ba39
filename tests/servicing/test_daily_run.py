"""The daily run touches loans whose boundary has come, and a missed night costs nothing."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from servicing import daily_run, demo_mark, reads
from servicing.interest_books import booked_through
from servicing.standing import standing
from servicing.verification import verify
from tests.servicing.lending import ANYONE, START, Lender

DUE = date(2026, 2, 15)


async def test_only_loans_whose_boundary_has_come_are_touched(lender: Lender) -> None:
    early = await lender.lends()
    late = await lender.lends(on=START + timedelta(days=10))
    lender.clock.set(DUE)
    summary = await daily_run.run(lender.house)
    assert (summary.loans, summary.failed) == (1, ())
    assert (await reads.loan(lender.house, ANYONE, early)).seq == 4
    assert (await reads.loan(lender.house, ANYONE, late)).seq == 3


async def test_interest_is_booked_to_the_day_and_not_twice(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(DUE)
    await daily_run.run(lender.house)
    await daily_run.book(lender.house, loan, DUE)
    journal = await reads.journal(lender.house, ANYONE, loan)
    earned = [entry for entry in journal if entry.event_seq == 0]
    assert [entry.postings[0].debit for entry in earned] == ["63.66"]
    at = await standing(lender.house, loan, DUE)
    assert booked_through(at.loan, 6366, DUE, at.terms) == (None, 6366)


async def test_nights_missed_or_not_give_the_same_loan(lender: Lender) -> None:
    nightly, once = await lender.lends(), await lender.lends()
    day = START
    while day < date(2026, 4, 20):
        day += timedelta(days=1)
        lender.clock.set(day)
        await daily_run.advance_loan(lender.house, nightly, day)
    await daily_run.run(lender.house)
    numbers = [
        (view.balances, view.days_past_due, view.delinquency_stage, view.amount_past_due)
        for view in [await reads.loan(lender.house, ANYONE, loan) for loan in (nightly, once)]
    ]
    assert numbers[0] == numbers[1]
    assert (await verify(lender.house)).problems == ()


async def test_two_runs_at_once_do_the_work_once(lender: Lender) -> None:
    loans = [await lender.lends() for _ in range(6)]
    lender.clock.set(DUE + timedelta(days=12))
    await asyncio.gather(daily_run.run(lender.house), daily_run.run(lender.house))
    for loan in loans:
        history = await reads.history(lender.house, ANYONE, loan)
        kinds = [item.event for item in history.items]
        assert kinds.count("installment_billed") == 1 and kinds.count("fee_assessed") == 1
    assert (await verify(lender.house)).problems == ()


async def test_a_day_that_is_over_gets_one_root(lender: Lender) -> None:
    await lender.lends()
    lender.clock.set(DUE)
    await daily_run.run(lender.house)
    await daily_run.run(lender.house)
    rows = await lender.house.pool.fetch("SELECT posted_on, events FROM day_root")
    assert [(row["posted_on"], row["events"]) for row in rows] == [(START, 3)]


async def test_keeping_up_runs_until_it_is_cancelled(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(DUE)
    running = asyncio.create_task(daily_run.keep_up(lender.house))
    for _ in range(200):
        await asyncio.sleep(0.01)
        stored = await lender.house.pool.fetchval("SELECT seq FROM loan_state")
        if stored == 4:
            break
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert (await reads.loan(lender.house, ANYONE, loan)).seq == 4


async def test_the_demo_mark_keeps_strangers_books_unseeded(lender: Lender) -> None:
    assert not await demo_mark.is_marked(lender.house)
    await demo_mark.begin(lender.house)
    await lender.lends()
    assert not await demo_mark.is_marked(lender.house)  # begun and not ended: go on
    await demo_mark.mark(lender.house)
    assert await demo_mark.is_marked(lender.house)


async def test_a_database_with_loans_of_its_own_is_never_seeded(lender: Lender) -> None:
    await lender.lends()
    assert await demo_mark.is_marked(lender.house)
