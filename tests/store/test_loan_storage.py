"""Rows of loans: one guarded write, a chain of hashes, positions on both axes of time."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import asyncpg
import msgspec
import pytest

from engine.values.day_count import DayCount, year_fraction
from store import (
    boarding_rows,
    book,
    daily_rows,
    definition_rows,
    journal_rows,
    loan_list,
    loan_write,
    people,
    quotes,
    reachable,
    verify_rows,
)
from store.loan_rows import NO_HASH, broken_link, chain_hash, history, load
from tests.servicing.lending import START, Lender, lender_on

FEB = date(2026, 2, 15)
LATER = datetime(9999, 1, 1, tzinfo=UTC)


@pytest.fixture
async def lender(fresh_database: str, tmp_path: Path) -> AsyncIterator[Lender]:
    async with lender_on(fresh_database, tmp_path) as lender:
        yield lender


async def test_the_chain_follows_from_the_first_event(lender: Lender) -> None:
    loan = await lender.lends()
    events = await history(lender.house.pool, loan)
    assert broken_link(events) is None
    assert events[0].hash == chain_hash(NO_HASH, events[0].body)
    changed = msgspec.structs.replace(events[1], body=events[1].body + b" ")
    assert broken_link([events[0], changed, *events[2:]]) == 2
    assert broken_link(events[1:]) == 2


async def test_a_state_of_another_shape_is_folded_again(lender: Lender) -> None:
    loan = await lender.lends()
    await lender.house.pool.execute("UPDATE loan_state SET fingerprint = 'old', state = '{}'")
    stored, receipt = await load(lender.house.pool, loan, "", "")
    assert stored is not None and receipt is None
    assert stored.loan.principal_balance.minor == 500_000


async def test_a_write_on_an_old_version_writes_nothing(
    lender: Lender, monkeypatch: pytest.MonkeyPatch
) -> None:
    loan = await lender.lends()
    kept: list[loan_write.LoanWrite] = []
    write = loan_write.write

    async def remember(pool: asyncpg.Pool, made: loan_write.LoanWrite) -> bool:
        kept.append(made)
        return await write(pool, made)

    monkeypatch.setattr("servicing.servicer.write", remember)
    await lender.is_paid(loan, "10.00", FEB)
    before = await lender.house.pool.fetchval("SELECT count(*) FROM event")
    assert await write(lender.house.pool, kept[0]) is False
    assert await lender.house.pool.fetchval("SELECT count(*) FROM event") == before


async def test_positions_hold_one_row_for_each_day_and_moment(lender: Lender) -> None:
    loan = await lender.lends()
    await lender.is_paid(loan, "242.33", FEB)
    await lender.is_paid(loan, "242.33", date(2026, 3, 20))
    rows = await lender.house.pool.fetch("SELECT * FROM position WHERE loan_id = $1", loan)
    moments = sorted({row["known_from"] for row in rows})
    for moment in moments:
        for ahead in range(0, 90, 7):
            day = START + timedelta(days=ahead)
            holding = [
                row
                for row in rows
                if row["valid_from"] <= day < row["valid_until"]
                and row["known_from"] <= moment < row["known_until"].replace(tzinfo=UTC)
            ]
            assert len(holding) == 1, (day, moment)
    current = (await verify_rows.current_positions(lender.house.pool, [loan]))[loan]
    assert [row["valid_from"] for row in current] == sorted(row["valid_from"] for row in current)


@pytest.mark.parametrize(
    "day_count", [DayCount.actual_365, DayCount.actual_360, DayCount("30/360")]
)
async def test_the_statement_counts_days_as_the_engine_does(
    lender: Lender, day_count: DayCount
) -> None:
    loan = await lender.lends(note_rate="0.2999")
    pool = lender.house.pool
    for anchor, ahead in ((31, 28), (28, 31), (30, 1), (31, 365), (1, 30), (29, 400)):
        first = date(2027, 1, 1) + timedelta(days=anchor - 1)
        day = first + timedelta(days=ahead)
        await pool.execute(
            "UPDATE position SET day_count = $1, anchor = $2, valid_from = $2, "
            "next_boundary = NULL, carry_numerator = 0 WHERE known_until = 'infinity' "
            "AND loan_id = $3 AND principal > 0",
            day_count.value, first, loan,
        )  # fmt: skip
        (row,) = [t for t in await book.totals(pool, day, LATER) if t.principal]
        share = year_fraction(day_count, first, day)
        exact = 500_000 * 2999 * share / 10_000
        assert row.interest == int(exact + exact.__class__(1, 2)), (day_count, first, day)


async def test_lists_and_labels(lender: Lender) -> None:
    loan = await lender.lends()
    wanted = loan_list.LoanFilter(statuses=("active",))
    pool = lender.house.pool
    for sort in loan_list.SORTS:
        rows = await loan_list.loan_list(pool, START, LATER, wanted, sort=sort, after=None, limit=5)
        assert [row["loan_id"] for row in rows] == [loan]
        value = rows[0]["sort_value"]
        after = await loan_list.loan_list(
            pool, START, LATER, wanted, sort=sort, after=(value, loan), limit=5
        )
        assert after == []
    assert await loan_list.loan_count(pool, START, LATER, wanted) == 1
    assert await loan_list.loan_labels(pool, loan) == ("", {})
    assert await loan_list.loan_labels(pool, "loan_none") == ("", {})


async def test_what_the_daily_run_asks(lender: Lender) -> None:
    loan = await lender.lends()
    pool = lender.house.pool
    assert await daily_rows.due_loans(pool, START) == []
    assert await daily_rows.due_loans(pool, FEB) == [loan]
    assert await daily_rows.has_loans(pool)
    await daily_rows.set_setting(pool, "a", {"b": 1})
    assert await daily_rows.setting(pool, "a") == {"b": 1}
    await daily_rows.seal_days(pool, FEB, LATER)
    await daily_rows.seal_days(pool, FEB, LATER)
    (root,) = await pool.fetch("SELECT posted_on, events, root FROM day_root")
    hashes = b"".join(event.hash for event in await history(pool, loan))
    assert tuple(root) == (START, 3, hashlib.sha256(hashes).digest())
    assert await verify_rows.days_unlike_their_root(pool) == []
    sums = await journal_rows.account_sums(pool, [loan])
    assert sums[loan]["principal_receivable"] == 500_000
    assert await verify_rows.loan_ids(pool) == [loan]
    assert await verify_rows.unbalanced_entries(pool) == []


async def test_small_rows_that_others_rest_on(lender: Lender) -> None:
    pool = lender.house.pool
    assert await reachable.is_reachable(pool)
    assert await quotes.quote(pool, "quote_none") is None
    assert await people.user_by_email(pool, "nobody@example.com") is None
    assert await definition_rows.definition_row(pool, "product", "none", 1) is None
    assert await definition_rows.loans_by_version(pool) == {}
    assert await boarding_rows.boarding_report(pool, "boarding_none") is None
