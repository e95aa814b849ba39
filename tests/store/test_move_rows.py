"""Plans to move loans, guarded by the state they were read in."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec.structs import replace

from store import move_rows
from store.move_rows import PlanLoan, PlanRow
from store.postgres import open_pool

AT = datetime(2026, 1, 15, 15, tzinfo=UTC)
PLAN = PlanRow(
    plan_id="move_1", product="p", to_version=2, moved_on=date(2026, 1, 15), condition="",
    reason="r", state="planned", author="ada", approved_by="", recorded_at=AT, changed_at=AT,
)  # fmt: skip
LOAN = PlanLoan(
    loan_id="loan_1", from_version=1, state="planned", why="", consent="", owed_before=5,
    owed_after=3,
)  # fmt: skip


async def test_a_plan_is_kept_with_its_loans_and_changes_state_once(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        await move_rows.add_plan(pool, PLAN, [LOAN, replace(LOAN, loan_id="loan_2")])
        assert await move_rows.plan(pool, "move_1") == PLAN
        assert await move_rows.plan(pool, "move_2") is None
        assert await move_rows.set_plan(pool, "move_1", "planned", "approved", "ben", AT)
        assert not await move_rows.set_plan(pool, "move_1", "planned", "approved", "cy", AT)
        assert [plan.approved_by for plan in await move_rows.plans(pool)] == ["ben"]
        assert await move_rows.set_loan(pool, "move_1", "loan_2", "moved", "", "letter")
        assert not await move_rows.set_loan(pool, "move_1", "loan_3", "moved", "", "")
        loans = await move_rows.plan_loans(pool, "move_1")
        assert loans == [LOAN, replace(LOAN, loan_id="loan_2", state="moved", consent="letter")]
