"""No day is sealed before it is over, and no run goes beyond today."""

from __future__ import annotations

from datetime import timedelta

import pytest

from servicing import daily_run
from servicing.verification import verify
from tests.servicing.lending import START, Lender

TOMORROW = START + timedelta(days=1)


async def test_a_run_does_not_go_beyond_today(lender: Lender) -> None:
    with pytest.raises(ValueError, match="after the business date"):
        await daily_run.run(lender.house, through=TOMORROW)


async def test_today_is_not_sealed_while_it_lasts(lender: Lender) -> None:
    loan = await lender.lends()
    await daily_run.close_days(lender.house, START + timedelta(days=70))
    await lender.is_paid(loan, "100.00", START)
    assert (await verify(lender.house)).problems == ()
    lender.clock.set(TOMORROW)
    await daily_run.close_days(lender.house, TOMORROW)
    assert await lender.house.pool.fetchval("SELECT count(*) FROM day_root") == 1
    assert (await verify(lender.house)).problems == ()
