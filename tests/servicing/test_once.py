"""Work under a key: once, kept with its answer, let go where refused, taken over where dead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from servicing.errors import IdempotencyConflict, InFlight
from servicing.once import once
from store import step_receipts
from tests.servicing.lending import ANYONE, Lender


async def test_a_claim_without_an_answer_is_in_flight_until_it_is_stale(lender: Lender) -> None:
    house, done = lender.house, list[int]()

    async def work() -> bytes:
        done.append(1)
        return b"answer"

    at = house.clock.now()
    await step_receipts.claim(house.pool, ANYONE.actor_id, "k", b"h", at, at)
    with pytest.raises(InFlight):
        await once(house, ANYONE, "k", b"h", work)
    with pytest.raises(IdempotencyConflict):
        await once(house, ANYONE, "k", b"other", work)
    lender.clock.set(house.clock.business_date() + timedelta(days=1))
    assert await once(house, ANYONE, "k", b"h", work) == (b"answer", False)
    assert await once(house, ANYONE, "k", b"h", work) == (b"answer", True)
    assert len(done) == 1


async def test_what_is_raised_leaves_the_key_free(lender: Lender) -> None:
    async def refused() -> bytes:
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            await once(lender.house, ANYONE, "k", b"h", refused)
