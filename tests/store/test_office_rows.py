"""Statements of the office on an empty database: nothing waits, nothing was done."""

from __future__ import annotations

from datetime import UTC, datetime

from store import audit_rows, office_rows, staff_rows
from store.postgres import open_pool

AT = datetime(2026, 1, 15, 12, tzinfo=UTC)


async def test_an_empty_house_has_an_empty_office(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        assert await office_rows.messages(pool, before=None, waiting_only=True, limit=5) == []
        assert (await office_rows.waiting(pool))["count"] == 0
        assert await office_rows.legal_entities(pool) == []
        assert (await office_rows.installation(pool))["sealed_through"] is None
        assert await audit_rows.trail(pool, audit_rows.Trail(since=AT, until=AT), 5) == []
        assert await audit_rows.names_of(pool, ["user_none"]) == {}
        assert await audit_rows.entries_of(pool, "loan_none") == 0
        assert await audit_rows.sealed_through(pool) is None
        assert await staff_rows.staff(pool) == []
        assert await staff_rows.sessions_going_on(pool, [b"none"], AT) == set()


async def test_what_was_done_in_one_moment_is_told_in_one_order(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        for number in range(3):
            await audit_rows.add_entry(pool, AT, "user_ann", "key_created", f"key_{number}", {})
        asked = audit_rows.Trail(since=AT, until=AT)
        first = await audit_rows.trail(pool, asked, 2)
        last = first[-1]
        after = (last["recorded_at"], last["area"], last["subject"], last["number"])
        rest = await audit_rows.trail(pool, audit_rows.Trail(since=AT, until=AT, after=after), 5)
        assert [row["subject"] for row in (*first, *rest)] == ["key_2", "key_1", "key_0"]
