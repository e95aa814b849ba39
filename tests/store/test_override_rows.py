"""Overrides in the database: decided once, used once, listed newest first."""

from __future__ import annotations

from datetime import UTC, date, datetime

from store.migrate import upgrade
from store.override_rows import (
    OverrideRow,
    add_override,
    decide_override,
    override,
    override_used,
    overrides,
)
from store.postgres import open_pool

AT = datetime(2026, 7, 10, 9, 0, tzinfo=UTC)


def row(number: int) -> OverrideRow:
    return OverrideRow(
        override_id=f"override_{number}", loan_id="loan_1", command=b"{}", refused=b"[]",
        reason="Why", expires_on=date(2026, 7, 20), requested_by="user_ann",
        requested_name="Ann", recorded_at=AT, state="requested",
    )  # fmt: skip


async def test_the_first_decision_counts_and_use_follows_approval(fresh_database: str) -> None:
    await upgrade(fresh_database)
    async with open_pool(fresh_database, size=1) as pool:
        await add_override(pool, row(1))
        await add_override(pool, row(2))
        assert await override(pool, "override_1") == row(1)
        assert await override(pool, "override_9") is None
        await override_used(pool, "override_1", "loan_1")
        decided = {"by": "user_bob", "name": "Bob", "at": AT, "note": "Yes"}
        assert await decide_override(pool, "override_1", "approved", **decided)  # type: ignore[arg-type]
        assert not await decide_override(pool, "override_1", "declined", **decided)  # type: ignore[arg-type]
        await override_used(pool, "override_1", "loan_1")
        found = await override(pool, "override_1")
        assert found is not None and (found.state, found.used_on) == ("used", "loan_1")
        listed = await overrides(pool, state="requested", loan_id="loan_1", limit=9)
        assert [each.override_id for each in listed] == ["override_2"]
        assert len(await overrides(pool, state=None, loan_id=None, limit=9)) == 2
