"""Lists and the dashboard say what the loan says, whether or not a daily run had happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from servicing import daily_run, reads
from servicing.projected_rows import in_order
from servicing.views import LoanRow, PortfolioSummary
from tests.servicing.lending import ANYONE, START, Lender

LATE = START + timedelta(days=100)


async def seen(lender: Lender) -> tuple[tuple[LoanRow, ...], PortfolioSummary]:
    page = await reads.loans(lender.house, ANYONE, sort="-principal")
    return page.items, await reads.portfolio(lender.house, ANYONE)


async def test_a_list_says_what_the_loan_says_before_any_daily_run(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(LATE)
    view = await reads.loan(lender.house, ANYONE, loan)
    row = (await reads.loans(lender.house, ANYONE)).items[0]
    assert view.days_past_due > 30
    assert (
        row.days_past_due,
        row.amount_past_due,
        row.delinquency_stage,
        row.total_owed,
        row.next_due_date,
    ) == (
        view.days_past_due,
        view.amount_past_due,
        view.delinquency_stage,
        view.balances.total_owed,
        view.next_due_date,
    )


async def test_lists_and_dashboard_are_the_same_before_and_after_a_daily_run(
    lender: Lender,
) -> None:
    for amount in ("1500.00", "2500.00"):
        await lender.lends(amount=amount)
    paid = await lender.lends(amount="3500.00")
    await lender.is_paid(paid, "500.00", START + timedelta(days=20))
    lender.clock.set(LATE)
    rows, book = await seen(lender)
    await daily_run.run(lender.house)
    rows_after, book_after = await seen(lender)
    assert rows == rows_after
    assert book.projected_loans == 3 and book_after.projected_loans == 0
    assert [row.loan_id for row in book.needs_attention] == [
        row.loan_id for row in book_after.needs_attention
    ]
    assert book.needs_attention == book_after.needs_attention != ()


async def test_filters_and_counts_hold_for_loans_time_has_moved(lender: Lender) -> None:
    late = await lender.lends(amount="1500.00")
    lender.clock.set(LATE)
    current = await lender.lends(amount="2500.00", on=LATE)
    stage = (await reads.loan(lender.house, ANYONE, late)).delinquency_stage
    found = await reads.loans(lender.house, ANYONE, stage=stage)
    assert [row.loan_id for row in found.items] == [late] and found.total == 1
    calm = await reads.loans(lender.house, ANYONE, stage="current")
    assert [row.loan_id for row in calm.items] == [current] and calm.total == 1
    assert (await reads.loans(lender.house, ANYONE, product="pay_in_4")).total == 0
    assert (await reads.loans(lender.house, ANYONE, search=late)).total == 1
    assert (await reads.loans(lender.house, ANYONE)).total == 2


@pytest.mark.parametrize(
    "sort", ["-days_past_due", "days_past_due", "-principal", "next_due_date", "loan_id"]
)
async def test_pages_hold_every_loan_once(lender: Lender, sort: str) -> None:
    made = {await lender.lends(amount=f"{1500 + 100 * n}.00") for n in range(3)}
    lender.clock.set(LATE)
    made |= {await lender.lends(amount=f"{2500 + 100 * n}.00", on=LATE) for n in range(2)}
    shown: list[str] = []
    cursor = None
    while True:
        page = await reads.loans(lender.house, ANYONE, sort=sort, limit=2, cursor=cursor)
        shown += [row.loan_id for row in page.items]
        cursor = page.next_cursor
        if not page.has_more:
            break
    assert len(shown) == len(made) and set(shown) == made


def test_rows_are_ordered_as_the_database_orders() -> None:
    rows = [
        {"loan_id": "a", "due": None},
        {"loan_id": "b", "due": date(2026, 1, 1)},
        {"loan_id": "c", "due": date(2026, 1, 1)},
    ]
    assert [row["loan_id"] for row in in_order(rows, "due", "ASC")] == ["b", "c", "a"]
    assert [row["loan_id"] for row in in_order(rows, "due", "DESC")] == ["a", "c", "b"]
    after = in_order(rows, "due", "ASC", (date(2026, 1, 1), "b"))
    assert [row["loan_id"] for row in after] == ["c", "a"]
