"""Shadow runs as rows: what was told is not told again, and a run that ended keeps nothing more."""

from __future__ import annotations

from datetime import UTC, date, datetime

from store import shadow_rows
from store.postgres import open_pool
from store.shadow_rows import LookedAt, ShadowRow

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROW = ShadowRow(
    shadow_id="shadow_1", product="p", version=2, draft_id="", text="t", content_hash="h",
    began_on=date(2026, 3, 1), state="running", why="", actor="user_ada", started_at=AT,
)  # fmt: skip


def looked(*keys: str) -> LookedAt:
    return LookedAt("loan_1", 7, None, -500, "", [(key, key.encode()) for key in keys])


async def test_a_divergence_is_told_once_until_it_goes_and_comes_again(fresh_database: str) -> None:
    days = [date(2026, 3, day) for day in range(1, 6)]
    async with open_pool(fresh_database, size=2) as pool:
        await shadow_rows.add_shadow(pool, ROW)
        new = [
            await shadow_rows.keep(pool, "shadow_1", day, [looked(*keys)])
            for day, keys in zip(days, ["a", "ab", "ab", "", "b"], strict=True)
        ]
        assert new == [1, 1, 0, 0, 1]
        rows = await shadow_rows.divergences(pool, "shadow_1", None, ("", 0), 10)
        assert [(row["number"], row["found_on"].day) for row in rows] == [(1, 1), (2, 2), (3, 5)]
        after = await shadow_rows.divergences(pool, "shadow_1", None, ("loan_1", 1), 1)
        assert [row["divergence"] for row in after] == [b"b"]
        sums = await shadow_rows.sums(pool, "shadow_1")
        assert (sums["loans"], sums["differing"], sums["less"], sums["more"]) == (1, 1, 500, 0)
        assert await shadow_rows.end_shadow(pool, "shadow_1", "stopped", "", AT)
        assert not await shadow_rows.end_shadow(pool, "shadow_1", "failed", "x", AT)
        assert await shadow_rows.keep(pool, "shadow_1", days[0], [looked("z")]) is None
