"""Keys claimed, kept and given up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store import step_receipts
from store.postgres import open_pool

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_a_key_is_claimed_once_kept_or_given_up(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        stale = AT - timedelta(minutes=1)
        assert await step_receipts.claim(pool, "ada", "k", b"h", AT, stale) is None
        found = await step_receipts.claim(pool, "ada", "k", b"h", AT, stale)
        assert (found["request_hash"], found["body"]) == (b"h", None)
        assert await step_receipts.claim(pool, "ben", "k", b"h", AT, stale) is None
        await step_receipts.give_up(pool, "ada", "k")
        assert await step_receipts.claim(pool, "ada", "k", b"x", AT, stale) is None
        await step_receipts.keep(pool, "ada", "k", b"body")
        await step_receipts.give_up(pool, "ada", "k")
        later = AT + timedelta(days=9)
        found = await step_receipts.claim(pool, "ada", "k", b"x", later, later)
        assert found["body"] == b"body", "an answer that is kept is never taken over"
