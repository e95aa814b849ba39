"""A list and the dashboard see the book at one moment, whatever is written while they ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from servicing import daily_run, reads
from servicing.house import one_view
from store import book, loan_list
from tests.servicing.lending import ANYONE, START, Lender

LATE = START + timedelta(days=100)


def after_a_run(lender: Lender, ask: Callable[..., Any]) -> Callable[..., Any]:
    """A question to the database before which a daily run comes in between."""

    async def asked(*arguments: Any, **more: Any) -> Any:
        await daily_run.run(lender.house)
        return await ask(*arguments, **more)

    return asked


async def test_a_run_in_between_hides_no_loan_from_the_dashboard(
    lender: Lender, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lender.lends()
    lender.clock.set(LATE)
    monkeypatch.setattr("servicing.portfolio.book.beyond", after_a_run(lender, book.beyond))
    assert (await reads.portfolio(lender.house, ANYONE)).loans == 1


async def test_a_run_in_between_hides_no_loan_from_a_list(
    lender: Lender, monkeypatch: pytest.MonkeyPatch
) -> None:
    loan = await lender.lends()
    lender.clock.set(LATE)
    monkeypatch.setattr(
        "servicing.loan_list.loans_beyond", after_a_run(lender, loan_list.loans_beyond)
    )
    page = await reads.loans(lender.house, ANYONE)
    assert ([row.loan_id for row in page.items], page.total) == ([loan], 1)


async def test_a_view_only_reads(lender: Lender) -> None:
    async with one_view(lender.house) as house:
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await house.pool.execute("UPDATE loan_state SET seq = 0")
