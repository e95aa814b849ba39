"""The house works as it is on tables partitioned by loan: no key stands in the way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from engine.loan.commands import ReturnPayment
from servicing import daily_run, reads
from servicing.verification import verify
from store.tables import metadata
from store.tables.metadata import APPEND_ONLY, LOAN_OWNED
from tests.servicing.lending import ANYONE, Lender, lender_on

PARTS = 4
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


async def partition(url: str) -> None:
    """Make every loan-owned table of an empty database anew, in parts by loan."""
    tables = [table for table in metadata.sorted_tables if table.name in LOAN_OWNED]
    connection = await asyncpg.connect(url)
    try:
        for table in reversed(tables):
            await connection.execute(f'DROP TABLE "{table.name}"')
        for table in tables:
            whole = str(CreateTable(table).compile(dialect=DIALECT)).rstrip()
            await connection.execute(f"{whole} PARTITION BY HASH (loan_id)")
            for part in range(PARTS):
                await connection.execute(
                    f"CREATE TABLE {table.name}_{part} PARTITION OF {table.name} "
                    f"FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
                )
            for index in table.indexes:
                await connection.execute(str(CreateIndex(index).compile(dialect=DIALECT)))
            rights = "SELECT, INSERT" + ("" if table.name in APPEND_ONLY else ", UPDATE")
            await connection.execute(f"GRANT {rights} ON {table.name} TO loanwright_app")
    finally:
        await connection.close()


@pytest.fixture
async def lender(fresh_database: str, tmp_path: Path) -> AsyncIterator[Lender]:
    """A lender whose loans lie in parts."""
    await partition(fresh_database)
    async with lender_on(fresh_database, tmp_path) as lender:
        yield lender


async def test_loans_are_serviced_in_parts(lender: Lender) -> None:
    loans = [await lender.lends() for _ in range(8)]
    paid = await lender.is_paid(loans[0], "242.42", date(2026, 2, 15))
    number = int(paid.payment_id.rpartition("_")[2])
    lender.clock.set(date(2026, 2, 20))
    returned = ReturnPayment(payment=number, returned_on=date(2026, 2, 20), return_code="R01")
    await lender.does(loans[0], returned)
    lender.clock.set(date(2026, 4, 1))
    await daily_run.run(lender.house)
    parts = await lender.house.pool.fetchval("SELECT count(DISTINCT tableoid) FROM event")
    assert parts > 1
    page = await reads.loans(lender.house, ANYONE)
    assert {row.loan_id for row in page.items} == set(loans)
    book = await reads.portfolio(lender.house, ANYONE)
    assert (book.loans, book.principal) == (8, "40000.00")
    assert (await verify(lender.house)).problems == ()
