"""Pages of loans follow each other in every order, for today, a day ahead and days gone by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from store import loan_list
from store.book import NEWEST, NOW_AND_LATER, beyond_statement, only_newest
from store.loan_list import SORTS, LoanFilter
from tests.servicing.lending import START, Lender, lender_on

TODAY = date(2026, 4, 20)
FILTERS = (
    LoanFilter(),
    LoanFilter(statuses=("active",)),
    LoanFilter(statuses=("active", "paid_off"), stage="current"),
    LoanFilter(product="pay_in_4"),
    LoanFilter(stage="late_30"),
)


async def a_book(lender: Lender) -> list[str]:
    """Loans begun on several days, some paid, some late by the same number of days."""
    loans = []
    for number in range(8):
        loans.append(await lender.lends(amount=f"{1000 + number // 2 * 100}.00"))
        if number % 3 == 0:
            await lender.is_paid(loans[-1], "200.00", START + timedelta(days=number))
    lender.clock.set(TODAY)
    for loan in loans[:5]:
        await lender.is_paid(loan, "150.00", TODAY)  # advanced to today by the way
    return loans


async def all_pages(pool: Any, day: date, wanted: LoanFilter, sort: str, limit: int) -> list[Any]:
    """Every row, a page at a time."""
    found: list[Any] = []
    after = None
    while True:
        rows = await loan_list.loan_list(
            pool, day, NOW_AND_LATER, wanted, sort=sort, after=after, limit=limit
        )
        found += rows
        if len(rows) < limit:
            return found
        after = (rows[-1]["sort_value"], rows[-1]["loan_id"])


@pytest.fixture
async def pool(fresh_database: str, tmp_path: Any) -> Any:
    async with lender_on(fresh_database, tmp_path) as lender:
        await a_book(lender)
        yield lender.house.pool


async def test_pages_hold_every_loan_once_and_in_order(pool: Any) -> None:
    for day in (START + timedelta(days=5), TODAY, TODAY + timedelta(days=3)):
        for wanted in FILTERS:
            listed = await all_pages(pool, day, wanted, "loan_id", 100)
            count = await loan_list.loan_count(pool, day, NOW_AND_LATER, wanted)
            assert count == len(listed), (day, wanted)
            for sort, (column, direction, _) in SORTS.items():
                rows = await all_pages(pool, day, wanted, sort, 3)
                keys = [(row["sort_value"], row["loan_id"]) for row in rows]
                assert keys == sorted(keys, reverse=direction == "DESC"), (day, wanted, sort)
                assert {id_ for _, id_ in keys} == {row["loan_id"] for row in listed}
                assert all(row[column] in (None, row["sort_value"]) for row in rows)


async def test_newest_positions_say_the_same_as_all(pool: Any) -> None:
    assert await only_newest(pool, TODAY, NOW_AND_LATER) == NEWEST
    assert await only_newest(pool, START, NOW_AND_LATER) == "TRUE"
    for day in (TODAY, TODAY + timedelta(days=20), TODAY + timedelta(days=90)):
        found = [
            [row["loan_id"] for row in await pool.fetch(statement, day, NOW_AND_LATER)]
            for statement in (beyond_statement(NEWEST), beyond_statement("TRUE"))
        ]
        assert found[0] == found[1], day
    assert found[0], "some loan must be advanced by then"


async def test_counting_stops_where_nobody_reads_on(
    pool: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loan_list, "MOST_COUNTED", 4)
    assert await loan_list.loan_count(pool, TODAY, NOW_AND_LATER, LoanFilter()) is None
