"""One command on every loan of a list: previewed, carried out as previewed, told loan by loan."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from engine.loan.commands import (
    AssessFee,
    PauseInterest,
    PlaceOnNonAccrual,
    ReceivePayment,
    RecordBorrowerStatus,
)
from servicing import bulk, reads
from servicing.actor import Actor
from servicing.errors import CommandRefused, Forbidden, NotFound
from servicing.views.bulk import BulkView
from tests.servicing.lending import ANYONE, START, Lender, actor

DISASTER = RecordBorrowerStatus(status="disaster", from_date=START)
AGENT = Actor(actor_id="user_agent", name="Agent", scopes=frozenset({"loans:read", "loans:write"}))


async def until_over(lender: Lender, run_id: str) -> BulkView:
    """The run once it is not at work any more."""
    for _ in range(400):
        run = await bulk.find(lender.house, ANYONE, run_id)
        if run.state not in {"previewing", "running"}:
            return run
        await asyncio.sleep(0.02)
    raise AssertionError("the run does not end")


async def previewed(lender: Lender, **asked: object) -> BulkView:
    run = await bulk.start(lender.house, AGENT, DISASTER, asked)
    return await until_over(lender, run.run_id)


async def test_a_command_is_previewed_then_carried_out_on_every_loan(lender: Lender) -> None:
    loans = {
        await lender.lends(),
        await lender.lends(),
        await lender.lends("pay_in_4", amount="400.00", note_rate="0", number_of_payments=4),
    }
    run = await previewed(lender, status="active")
    assert (run.state, run.total, run.would, run.done) == ("previewed", 3, 3, 0)
    before = [await reads.loan(lender.house, ANYONE, each) for each in loans]
    assert not any(loan.statuses for loan in before)
    await bulk.carry_out(lender.house, AGENT, run.run_id)
    run = await until_over(lender, run.run_id)
    assert (run.state, run.done, run.would, run.refused) == ("done", 3, 0, 0)
    after = [await reads.loan(lender.house, ANYONE, each) for each in loans]
    assert [loan.statuses[0]["status"] for loan in after] == ["disaster"] * 3
    page = await bulk.outcomes(lender.house, actor("loans:read"), run.run_id, limit=2)
    assert [each.place for each in page.items] == [1, 2] and page.has_more
    assert "•" in page.items[0].borrower_name and page.items[0].state == "done"
    rest = await bulk.outcomes(lender.house, ANYONE, run.run_id, cursor=page.next_cursor)
    assert {each.loan_id for each in (*page.items, *rest.items)} == loans
    assert [each.run_id for each in await bulk.listed(lender.house, ANYONE)] == [run.run_id]


async def test_a_loan_that_refuses_says_why_and_the_others_go_on(lender: Lender) -> None:
    good, bad = await lender.lends(), await lender.lends()
    await lender.does(bad, PlaceOnNonAccrual(placed_on=START, reason="Judged so"))
    again = PlaceOnNonAccrual(placed_on=START, reason="Judged so")
    run = await bulk.start(lender.house, ANYONE, again, {})
    run = await until_over(lender, run.run_id)
    assert (run.would, run.refused) == (1, 1)
    (refused,) = (await bulk.outcomes(lender.house, ANYONE, run.run_id, state="refused")).items
    assert refused.loan_id == bad and refused.message
    await bulk.carry_out(lender.house, ANYONE, run.run_id)
    assert (await until_over(lender, run.run_id)).done == 1
    assert (await reads.loan(lender.house, ANYONE, good)).non_accrual_since == START


async def test_a_loan_that_changed_since_the_preview_is_left_alone(lender: Lender) -> None:
    loan_id = await lender.lends()
    run = await previewed(lender)
    await lender.does(loan_id, ReceivePayment(amount="10.00", received_on=START))
    await bulk.carry_out(lender.house, AGENT, run.run_id)
    run = await until_over(lender, run.run_id)
    assert (run.done, run.refused) == (0, 1)
    (row,) = (await bulk.outcomes(lender.house, ANYONE, run.run_id)).items
    assert "changed since the preview" in row.message
    assert not (await reads.loan(lender.house, ANYONE, loan_id)).statuses


async def test_a_cancelled_run_is_over(lender: Lender) -> None:
    await lender.lends()
    run = await previewed(lender)
    assert (await bulk.cancel(lender.house, AGENT, run.run_id)).state == "cancelled"
    for act in (bulk.carry_out, bulk.cancel, bulk.go_on):
        with pytest.raises(CommandRefused):
            await act(lender.house, AGENT, run.run_id)


async def test_a_run_whose_process_died_goes_on_and_nothing_is_done_twice(lender: Lender) -> None:
    loans = [await lender.lends(), await lender.lends()]
    run = await previewed(lender)
    # As a process that died left it: at work, one loan carried out and not told.
    pool = lender.house.pool
    await pool.execute("UPDATE bulk_run SET state = 'running' WHERE run_id = $1", run.run_id)
    first = (await bulk.outcomes(lender.house, ANYONE, run.run_id)).items[0].loan_id
    await lender.house.servicer.execute(
        AGENT, DISASTER, loan_id=first, idempotency_key=f"{run.run_id}:{first}"
    )
    assert (await bulk.find(lender.house, ANYONE, run.run_id)).state == "running"
    lender.clock.set(START + timedelta(days=1))
    assert (await bulk.find(lender.house, ANYONE, run.run_id)).state == "stopped"
    await bulk.go_on(lender.house, AGENT, run.run_id)
    run = await until_over(lender, run.run_id)
    assert (run.state, run.done) == ("done", 2)
    for each in loans:
        assert len((await reads.loan(lender.house, ANYONE, each)).statuses) == 1


async def test_what_is_not_meant_for_many_or_not_allowed_does_not_begin(lender: Lender) -> None:
    house = lender.house
    payment = ReceivePayment(amount="1.00", received_on=START)
    with pytest.raises(CommandRefused, match="one loan at a time"):
        await bulk.start(house, ANYONE, payment, {})
    with pytest.raises(CommandRefused, match="No loan"):
        await bulk.start(house, ANYONE, DISASTER, {})
    fee = AssessFee(fee="late_fee", assessed_on=date(2026, 1, 15), reason="x")
    for command in (fee, PauseInterest(from_date=START, to_date=START, reason="x")):
        with pytest.raises(Forbidden):
            await bulk.start(house, AGENT, command, {})
    await lender.lends()
    run = await previewed(lender)
    with pytest.raises(Forbidden):
        await bulk.carry_out(house, actor("loans:read"), run.run_id)
    with pytest.raises(NotFound):
        await bulk.find(house, ANYONE, "bulk_none")
