"""Work done several at a time, by several people at once, on a database that may go away."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from servicing import boarding, daily_run
from servicing.actor import Actor
from servicing.errors import NotFound, Unavailable
from servicing.together import together
from tests.servicing.lending import ANYONE, Lender
from tests.servicing.test_boarding import BOARDED, a_file, good

OTHER = Actor(actor_id="key_other", name="Other", scopes=frozenset("*"))
AUTO = "auto_simple_interest"


async def test_answers_come_in_the_order_of_the_items() -> None:
    async def late(number: int) -> int:
        await asyncio.sleep(0.001 * (5 - number))
        return number * number

    assert await together(range(5), late, 3) == [0, 1, 4, 9, 16]


async def test_the_first_failure_is_raised_as_itself() -> None:
    async def fails(number: int) -> None:
        raise NotFound("item", str(number))

    with pytest.raises(NotFound):
        await together(range(3), fails, 2)


async def test_a_database_that_goes_away_during_a_run_is_told_as_such(lender: Lender) -> None:
    for _ in range(10):
        await lender.lends()
    lender.clock.set(date(2026, 2, 15))
    with pytest.raises(Unavailable):
        await daily_run.run(lender.house, progress=lambda *_: lender.house.pool.terminate())


@pytest.mark.parametrize("second", [ANYONE, OTHER], ids=["one person twice", "two people"])
async def test_a_file_boarded_twice_at_once_makes_each_loan_once(
    lender: Lender, second: Actor
) -> None:
    lender.clock.set(BOARDED)
    text = a_file([good(n) for n in range(12)])
    reports = await asyncio.gather(
        boarding.board(lender.house, ANYONE, text, AUTO),
        boarding.board(lender.house, second, text, AUTO),
    )
    assert await lender.house.pool.fetchval("SELECT count(*) FROM loan") == 12
    assert sum(report.boarded for report in reports) == 12
    assert sum(report.already_boarded for report in reports) == 12


async def test_a_loan_boards_on_a_day_that_has_come(lender: Lender) -> None:
    lender.clock.set(date(2026, 5, 31))
    report = await boarding.board(lender.house, ANYONE, a_file([good(1)]), AUTO)
    assert [problem.column for problem in report.problems] == ["boarded_on"]
    assert report.boarded == 0
