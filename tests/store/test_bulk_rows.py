"""Bulk actions as rows: what is told once a run was cancelled does not set it going again."""

from __future__ import annotations

from datetime import UTC, datetime

from store import bulk_rows
from store.bulk_rows import LoanOutcome
from store.postgres import open_pool

AT = datetime(2026, 1, 15, 12, tzinfo=UTC)


async def test_a_run_goes_from_state_to_state_and_no_other_way(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        await bulk_rows.add_run(
            pool, "bulk_1", b"{}", "x", {}, ["loan_b", "loan_a"], ("user_a", "A"), AT
        )
        rows = await bulk_rows.next_loans(pool, "bulk_1", "waiting", 5)
        assert [(row["place"], row["loan_id"]) for row in rows] == [(1, "loan_b"), (2, "loan_a")]
        told = [LoanOutcome(place=1, state="would")]
        assert await bulk_rows.tell(pool, "bulk_1", "previewing", told, AT)
        assert not await bulk_rows.turn(pool, "bulk_1", ["previewed"], "running", AT)
        assert await bulk_rows.turn(pool, "bulk_1", ["previewing"], "cancelled", AT)
        rest = [LoanOutcome(place=2, state="refused", message="no")]
        assert not await bulk_rows.tell(pool, "bulk_1", "previewing", rest, AT)
        assert await bulk_rows.counts(pool, ["bulk_1"]) == {
            ("bulk_1", "would"): 1, ("bulk_1", "refused"): 1,
        }  # fmt: skip
        assert await bulk_rows.loans_of(pool, "bulk_1", 0, 5) == []
        (run,) = await bulk_rows.runs(pool, 5)
        assert run["state"] == "cancelled" and await bulk_rows.run(pool, "bulk_none") is None
