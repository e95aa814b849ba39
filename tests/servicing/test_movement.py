"""How the book moved, loan by loan the same as the engine says; and lists narrowed by it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from servicing import movement, reads
from servicing.daily_run import run
from servicing.errors import CommandRefused, Forbidden, LoanNotFound
from tests.servicing.lending import ANYONE, Lender, actor
from tests.servicing.test_portfolio import a_book

DAY = date(2026, 4, 10)


async def standing_of(lender: Lender, loan_id: str, day: date) -> str:
    try:
        loan = await reads.loan(lender.house, ANYONE, loan_id, day)
    except LoanNotFound:
        return movement.NEW
    return loan.delinquency_stage if loan.status == "active" else loan.status


@pytest.mark.parametrize("advanced", [False, True])
async def test_the_roll_is_what_every_loan_says(lender: Lender, advanced: bool) -> None:
    loans = await a_book(lender)
    lender.clock.set(DAY)
    loans.append(await lender.lends(on=DAY))
    if advanced:
        await run(lender.house)
    found = await movement.movement(lender.house, actor("portfolio:read"))
    wanted = Counter(
        [
            (await standing_of(lender, each, found.since), await standing_of(lender, each, DAY))
            for each in loans
        ]
    )
    assert {(cell.was, cell.now): cell.loans for cell in found.roll} == dict(wanted)
    assert wanted[movement.NEW, "current"] == 1 and len(wanted) > 2


@pytest.mark.parametrize("advanced", [False, True])
async def test_vintages_and_what_falls_due_are_what_every_loan_says(
    lender: Lender, advanced: bool
) -> None:
    loans = await a_book(lender)
    lender.clock.set(DAY)
    loans.append(await lender.lends(on=DAY))
    if advanced:
        await run(lender.house)
    found = await movement.movement(lender.house, ANYONE)
    views = [await reads.loan(lender.house, ANYONE, each, DAY) for each in loans]
    january, april = found.vintages
    assert (january.month, april.month) == (date(2026, 1, 1), date(2026, 4, 1))
    assert (january.loans, april.loans) == (5, 1)
    assert january.late_30 == sum(view.days_past_due >= 30 for view in views)
    assert january.charged_off == sum(view.status == "charged_off" for view in views) == 1
    left = sum(Decimal(view.balances.principal) for view in views[:-1])
    assert Decimal(january.principal) == left
    last = DAY + timedelta(days=7 * movement.WEEKS - 1)
    due = [
        view for view in views
        if view.status == "active" and view.next_due_date and DAY <= view.next_due_date <= last
    ]  # fmt: skip
    assert sum(week.loans for week in found.due) == len(due) > 0
    amount = sum(Decimal(view.next_due_amount) for view in due)
    assert sum(Decimal(week.amount) for week in found.due) == amount


@pytest.mark.parametrize("advanced", [False, True])
async def test_lists_are_narrowed_by_lateness_and_month(lender: Lender, advanced: bool) -> None:
    await a_book(lender)
    lender.clock.set(DAY)
    new = await lender.lends(on=DAY)
    if advanced:
        await run(lender.house)
    found = await movement.movement(lender.house, ANYONE)
    late = await reads.loans(lender.house, ANYONE, late_days=30)
    assert late.total == found.vintages[0].late_30 > 0
    assert all(row.days_past_due >= 30 for row in late.items)
    april = await reads.loans(lender.house, ANYONE, begun="2026-04")
    assert [row.loan_id for row in april.items] == [new]
    assert (await reads.loans(lender.house, ANYONE, begun="2026-02")).items == ()
    with pytest.raises(CommandRefused):
        await reads.loans(lender.house, ANYONE, begun="2026-13")


async def test_an_empty_book_did_not_move(lender: Lender) -> None:
    found = await movement.movement(lender.house, ANYONE)
    assert found.roll == () and found.vintages == ()
    assert [week.loans for week in found.due] == [0] * movement.WEEKS
    with pytest.raises(Forbidden):
        await movement.movement(lender.house, actor("loans:read"))
