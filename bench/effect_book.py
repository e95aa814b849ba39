"""A book on a real PostgreSQL to work an effect out over: loans that paid early, late and never."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import asyncpg

from bench.payment_book import ACTOR, make_book, paid_on
from engine.loan.commands import AdvanceTo, ReceivePayment
from servicing.house import House
from store.tables import metadata

LIVES: Final = 40
TODAY: Final = date(2027, 10, 1)
GRACE: Final = 15
"""Days of grace of the candidate; the version live has 10."""
_LATE: Final = (0, 0, 3, 12, 20)


async def fill(house: House, url: str, loans: int) -> None:
    """Loans of 36 payments that paid for 1 to 20 months, some of them late; each many times."""
    ids = await make_book(url, min(loans, LIVES))
    for number, loan_id in enumerate(ids):
        for month in range(1 + number % 20):
            on = paid_on(month) + timedelta(days=_LATE[(number + month) % len(_LATE)])
            command = ReceivePayment(amount="336.91", received_on=on)
            await house.servicer.execute(ACTOR, command, loan_id=loan_id)
        await house.servicer.execute(ACTOR, AdvanceTo(day=TODAY), loan_id=loan_id)
    connection = await asyncpg.connect(url)
    try:
        for table in ("loan", "event", "position"):
            await _copy(connection, table, -(-loans // len(ids)) - 1)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


async def _copy(connection: Any, table: str, times: int) -> None:
    """So many more of every row, under loan ids of their own."""
    columns = [column.name for column in metadata.tables[table].columns if column.name != "loan_id"]
    await connection.execute(
        f"INSERT INTO {table} (loan_id, {', '.join(columns)}) "
        f"SELECT o.loan_id || '_' || n, {', '.join(f'o.{name}' for name in columns)} "
        f"FROM {table} AS o, generate_series(1, {times}) AS n"
    )


async def candidate_text(house: House) -> str:
    """The version live, with more days of grace, as a version of its own."""
    row: Any = await house.pool.fetchval(
        "SELECT text FROM definition WHERE kind = 'product' AND name = 'personal_installment' "
        "AND version = 1"
    )
    text = str(row).partition("\nexamples:")[0] + "\n"
    text = text.replace("version: 1", "version: 9", 1)
    text = text.replace("live_from: 2020-01-01", f"live_from: {TODAY}", 1)
    return text.replace("grace_days: 10", f"grace_days: {GRACE}", 1)
