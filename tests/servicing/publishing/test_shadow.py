"""A candidate beside what is live: what it decides otherwise appears the next business day."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from engine.errors import DefinitionError
from engine.loan.commands import MoveLoan, ReceivePayment
from servicing import daily_run
from servicing.errors import CommandRefused, Forbidden, NotFound
from servicing.publishing import drafts, shadow
from servicing.views.shadow import ShadowView
from tests.servicing.lending import START, Lender
from tests.servicing.publishing.people import ADA, READER, drafted, next_version, published
from tests.servicing.publishing.test_effect import DUE

PRODUCT = "personal_installment"
GRACE_OVER = DUE + timedelta(days=11)
BEGAN = START + timedelta(days=2)


async def with_grace(lender: Lender, days: int) -> ShadowView:
    """A draft with so many days of grace, running in shadow from today."""
    draft = await next_version(
        lender.house, PRODUCT, START + timedelta(days=90), {"grace_days": str(days)}
    )
    lender.clock.set(BEGAN)
    return await shadow.start(lender.house, ADA, draft_id=draft.row.draft_id)


async def night(lender: Lender, day: int) -> int:
    """The daily run of a day after the first due date; how many divergences it finds."""
    lender.clock.set(DUE + timedelta(days=day))
    return (await daily_run.run(lender.house)).divergences


async def test_a_difference_appears_the_next_business_day_with_both_sides_explained(
    lender: Lender,
) -> None:
    late, on_time = await lender.lends(), await lender.lends()
    begun = await with_grace(lender, 15)
    assert (begun.state, begun.began_on, begun.loans) == ("running", BEGAN, 0)
    assert await night(lender, 0) == 0
    await lender.does(on_time, ReceivePayment(amount="242.33", received_on=DUE))
    assert await night(lender, 1) == await night(lender, 10) == 0
    assert await night(lender, 11) == 1
    (row,) = await shadow.report(lender.house, begun.shadow_id, day=GRACE_OVER)
    assert (row.loan_id, row.number, row.found_on) == (late, 1, GRACE_OVER)
    found = row.divergence
    assert found.live == f"{GRACE_OVER}: Fee assessed (late fee) of 15.00"
    assert (found.candidate, found.difference) == ("", "-15.00")
    assert "after 10 days of grace" in found.live_because
    assert "after 15 days of grace" in found.candidate_because
    view = await shadow.find(lender.house, begun.shadow_id)
    assert (view.loans, view.loans_differing, view.owed_less) == (2, 1, "15.00")
    (day, *_) = view.days
    assert (day.day, day.divergences, day.waiting) == (GRACE_OVER, 1, 0)

    assert await night(lender, 12) == 0, "what was found before is not told again"
    assert await night(lender, 16) == 1, "the candidate's own day has come: nothing happened live"
    *_, later = await shadow.report(lender.house, begun.shadow_id)
    own_day = DUE + timedelta(days=16)
    assert later.divergence.candidate == f"{own_day}: Fee assessed (late fee) of 15.00"
    assert later.divergence.live.startswith(str(GRACE_OVER))
    view = await shadow.find(lender.house, begun.shadow_id)
    assert (view.owed_more, view.owed_less) == ("0.00", "0.00")


async def test_only_loans_on_which_something_came_are_looked_at(lender: Lender) -> None:
    for _ in range(3):
        await lender.lends()
    begun = await with_grace(lender, 15)
    assert await night(lender, -20) == 0
    assert await night(lender, -19) == 0
    days = {day.day: day.loans for day in (await shadow.find(lender.house, begun.shadow_id)).days}
    assert days == {DUE - timedelta(days=20): 3, DUE - timedelta(days=19): 0}


async def test_a_loan_made_since_lives_whole_under_the_candidate(lender: Lender) -> None:
    before = await lender.lends()
    draft = await next_version(
        lender.house, PRODUCT, START + timedelta(days=90), {"day_count": "actual/360"}
    )
    lender.clock.set(BEGAN)
    begun = await shadow.start(lender.house, ADA, draft_id=draft.row.draft_id)
    since = await lender.lends(on=START + timedelta(days=3))
    await daily_run.run(lender.house)
    rows = await shadow.report(lender.house, begun.shadow_id)
    assert {row.loan_id for row in rows} == {since}
    assert "differ in: Interest" in rows[0].divergence.candidate_because
    view = await shadow.find(lender.house, begun.shadow_id)
    assert view.not_compared == 1 and before != since


async def test_a_published_version_runs_in_shadow_and_a_stopped_run_finds_no_more(
    lender: Lender,
) -> None:
    house = lender.house
    await lender.lends()
    draft = await next_version(house, PRODUCT, START + timedelta(days=90), {"grace_days": "15"})
    await published(house, draft)
    begun = await shadow.start(house, ADA, version=f"{PRODUCT}@3")
    assert (begun.version, begun.draft_id, begun.content_hash) == (3, "", draft.content_hash)
    assert await night(lender, 11) == 1
    seen = await shadow.run(house, ADA, begun.shadow_id)
    assert seen.days[0].divergences == 1
    stopped = await shadow.stop(house, ADA, begun.shadow_id)
    assert stopped.state == "stopped"
    assert await night(lender, 16) == 0
    for act in (shadow.stop, shadow.run):
        with pytest.raises(CommandRefused):
            await act(house, ADA, begun.shadow_id)
    assert [view.shadow_id for view in await shadow.listed(house)] == [begun.shadow_id]


async def test_two_runs_at_once_tell_a_divergence_once(lender: Lender) -> None:
    await lender.lends()
    begun = await with_grace(lender, 15)
    lender.clock.set(GRACE_OVER)
    await asyncio.gather(*(daily_run.run(lender.house) for _ in range(3)))
    assert len(await shadow.report(lender.house, begun.shadow_id)) == 1


async def test_a_loan_moved_live_is_compared_with_what_it_was_moved_to(lender: Lender) -> None:
    """The candidate counts from the first day of the run, whatever is moved live since."""
    loan = await lender.lends()
    begins = START + timedelta(days=1)
    draft = await next_version(lender.house, PRODUCT, begins, {"grace_days": "15"})
    begun = await with_grace(lender, 15)
    await published(lender.house, draft)
    lender.clock.set(START + timedelta(days=5))
    await lender.does(loan, MoveLoan(to_version=3, moved_on=START + timedelta(days=5), reason="x"))
    assert await night(lender, 20) == 0
    assert (await shadow.find(lender.house, begun.shadow_id)).state == "running"


async def test_what_cannot_run_in_shadow(lender: Lender) -> None:
    house = lender.house
    wrong = await drafted(house, grace_days="-1")
    with pytest.raises(DefinitionError):
        await shadow.start(house, ADA, draft_id=wrong.row.draft_id)
    rule = await drafts.create(house, ADA, kind="rule", name="us.federal.scra.six_percent_cap")
    with pytest.raises(CommandRefused, match="A product runs in shadow"):
        await shadow.start(house, ADA, draft_id=rule.row.draft_id)
    with pytest.raises(NotFound):
        await shadow.start(house, ADA, version="nothing@1")
    with pytest.raises(NotFound):
        await shadow.find(house, "shadow_none")
    with pytest.raises(Forbidden):
        await shadow.start(house, READER, version=f"{PRODUCT}@1")
