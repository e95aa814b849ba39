"""Grace days 10 → 15: reviewed over the book, published, and existing loans moved and put back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.loan.commands import MoveLoan, ReceivePayment
from servicing import catalog_reads, daily_run, reads
from servicing.actor import Actor
from servicing.errors import CommandRefused, Forbidden, NotFound
from servicing.publishing import moves
from servicing.verification import verify
from tests.servicing.lending import ANYONE, Lender
from tests.servicing.publishing.people import ADA, BEN, READER, next_version, published
from tests.servicing.publishing.test_effect import DUE, TODAY, a_book

PRODUCT = "personal_installment"
MOVER = Actor(actor_id="user_ada", name="Ada", scopes=frozenset({"loans:move", "portfolio:read"}))
MARCH = date(2026, 3, 15)


async def version_with_grace(lender: Lender, days: int) -> int:
    """A published version of the product that begins today."""
    draft = await next_version(
        lender.house, PRODUCT, lender.clock.business_date(), {"grace_days": str(days)}
    )
    return (await published(lender.house, draft)).row.version


async def fees_of(lender: Lender, loan: str) -> Decimal:
    view = await reads.loan(lender.house, ANYONE, loan)
    return Decimal(view.balances.fees)


async def test_the_story_of_five_more_days(lender: Lender) -> None:
    loans = await a_book(lender)
    version = await version_with_grace(lender, 15)
    plan = await moves.plan(
        lender.house, MOVER, product=PRODUCT, to_version=version, moved_on=DUE,
        condition="days_past_due == 0", reason="more grace",
    )  # fmt: skip
    assert plan.adverse == () and plan.counts == {"planned": 3}
    before = {loan.loan_id: loan for loan in plan.loans}
    assert loans["never"] not in before
    gone = before[loans["day_12"]]
    assert Decimal(gone.owed_before) - Decimal(gone.owed_after) == 15
    same = before[loans["on_time"]]
    assert (same.owed_before, same.owed_after) == (same.owed_after, same.owed_before)

    with pytest.raises(CommandRefused, match="another person must approve"):
        await moves.approve(lender.house, ADA, plan.row.plan_id)
    with pytest.raises(CommandRefused, match="needs one that is approved"):
        await moves.carry_out(lender.house, MOVER, plan.row.plan_id)
    await moves.approve(lender.house, BEN, plan.row.plan_id)
    done = await moves.carry_out(lender.house, MOVER, plan.row.plan_id)
    assert (done.row.state, done.counts) == ("carried_out", {"moved": 3})
    assert await fees_of(lender, loans["day_12"]) == 0
    assert await fees_of(lender, loans["never"]) == 15
    view = await reads.loan(lender.house, ANYONE, loans["day_12"])
    assert view.product_version == version
    rows = {row.version: row.loans for row in await catalog_reads.products(lender.house)
            if row.product == PRODUCT}  # fmt: skip
    assert (rows[1], rows[version]) == (1, 3)

    lender.clock.set(MARCH + timedelta(days=12))
    await daily_run.run(lender.house)
    assert await fees_of(lender, loans["on_time"]) == 0
    assert (await verify(lender.house)).problems == ()

    undone = await moves.undo(lender.house, MOVER, plan.row.plan_id)
    assert (undone.row.state, undone.counts) == ("undone", {"undone": 3})
    assert await fees_of(lender, loans["day_12"]) == 30
    assert await fees_of(lender, loans["on_time"]) == 15
    assert (await verify(lender.house)).problems == ()


async def test_an_adverse_move_needs_each_borrowers_consent(lender: Lender) -> None:
    loans = await a_book(lender)
    version = await version_with_grace(lender, 5)
    plan = await moves.plan(
        lender.house, MOVER, product=PRODUCT, to_version=version, moved_on=TODAY, reason="less"
    )
    assert plan.adverse == ("from version 1: Late fee: grace days is 5 instead of 10",)
    assert plan.counts == {"consent_needed": 4}
    ident = plan.row.plan_id
    said = await moves.consent(lender.house, MOVER, ident, loans["never"], "Letter of 3 March")
    assert said.counts == {"consent_needed": 3, "planned": 1}
    with pytest.raises(CommandRefused, match="needs no consent"):
        await moves.consent(lender.house, MOVER, ident, loans["never"], "again")
    with pytest.raises(NotFound):
        await moves.consent(lender.house, MOVER, ident, "loan_none", "x")
    await moves.approve(lender.house, BEN, ident)
    done = await moves.carry_out(lender.house, MOVER, ident)
    assert done.counts == {"consent_needed": 3, "moved": 1}
    history = await reads.history(lender.house, ANYONE, loans["never"])
    assert any("moved" in item.title.lower() for item in history.items)


async def test_a_loan_that_changed_meanwhile_is_told_and_holds_up_no_other(lender: Lender) -> None:
    loans = await a_book(lender)
    version = await version_with_grace(lender, 15)
    plan = await moves.plan(
        lender.house, MOVER, product=PRODUCT, to_version=version, moved_on=TODAY, reason="more"
    )
    await moves.approve(lender.house, BEN, plan.row.plan_id)
    await lender.does(loans["never"], MoveLoan(to_version=version, moved_on=TODAY, reason="x"))
    payoff = await reads.payoff_quote(lender.house, ANYONE, loans["on_time"], TODAY)
    await lender.does(loans["on_time"], ReceivePayment(amount=payoff.total, received_on=TODAY))
    done = await moves.carry_out(lender.house, MOVER, plan.row.plan_id)
    assert done.counts == {"moved": 2, "refused": 2}
    why = {loan.loan_id: loan.why for loan in done.loans}
    assert "under personal_installment" in why[loans["never"]]
    assert "only an active loan" in why[loans["on_time"]]


async def test_what_cannot_be_planned(lender: Lender) -> None:
    house = lender.house

    async def planned(**changes: object) -> None:
        asked: dict[str, object] = {
            "product": PRODUCT, "to_version": 1, "moved_on": TODAY, "reason": "x", **changes
        }  # fmt: skip
        await moves.plan(house, MOVER, **asked)  # type: ignore[arg-type]

    lender.clock.set(TODAY)
    with pytest.raises(NotFound):
        await planned(to_version=99)
    with pytest.raises(NotFound):
        await planned(product="nothing")
    with pytest.raises(CommandRefused, match="to come"):
        await planned(moved_on=TODAY + timedelta(days=1))
    with pytest.raises(CommandRefused, match="At character"):
        await planned(condition="days_past_du > 3")
    with pytest.raises(Forbidden):
        await moves.plan(house, READER, product=PRODUCT, to_version=1, moved_on=TODAY, reason="x")
    with pytest.raises(NotFound):
        await moves.find(house, "move_none")
    await planned()
    (row,) = await moves.listed(house)
    assert (row.state, (await moves.find(house, row.plan_id)).loans) == ("planned", ())
