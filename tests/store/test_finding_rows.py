"""The findings log on a real database: every way to look at it is one index, newest first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from store.finding_rows import FindingRow, Wanted, add_findings, findings, rules_found
from store.postgres import open_pool
from tests.conftest import execute_on

DAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
INDEXES = {
    "": Wanted(),
    "rule": Wanted(rule="rule_3"),
    "outcome": Wanted(outcome="refused", since=DAY + timedelta(days=9)),
    "rule_outcome": Wanted(rule="rule_3", outcome="warned", until=DAY + timedelta(days=9)),
    "loan_id": Wanted(loan_id="loan_7", after=(DAY + timedelta(days=400), 3)),
}


def row(rule: str, outcome: str = "warned", message: str = "Look at it.") -> FindingRow:
    return FindingRow(
        effective_on=DAY, seq=0, command="receive_payment", rule=rule, outcome=outcome,
        message=message, citation="", detail={},
    )  # fmt: skip


async def test_the_same_words_count_once_a_business_date(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        for day, loan in ((DAY, "loan_1"), (DAY, "loan_1"), (DAY + timedelta(days=1), "loan_1"),
                          (DAY, ""), (DAY, "")):  # fmt: skip
            await add_findings(
                pool, [row("rule_1")], loan_id=loan, posted_on=day, recorded_at=NOW, actor="key_1"
            )
        rows = await findings(pool, Wanted(), 10)
        assert [(each["loan_id"], each["posted_on"].day) for each in rows] == [
            ("loan_1", 2), ("", 1), ("", 1), ("loan_1", 1),
        ]  # fmt: skip
        assert await rules_found(pool) == ["rule_1"]


@pytest.mark.parametrize("name", sorted(INDEXES))
async def test_each_look_is_one_step_along_an_index(
    fresh_database: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, tuple[Any, ...]]] = []

    class Seeing:
        """A pool that remembers what it was asked."""

        async def fetch(self, statement: str, *given: Any) -> list[Any]:
            asked.append((statement, given))
            return []

    seeing: Any = Seeing()
    await findings(seeing, INDEXES[name], 26)
    async with open_pool(fresh_database, size=2) as pool:
        await pool.execute(
            "INSERT INTO finding (loan_id, posted_on, recorded_at, actor, effective_on, seq, "
            "command, rule, outcome, message, citation, detail) SELECT 'loan_' || n % 900, "
            "$1::date + n / 40, $2, 'a', $1::date, 1, 'c', 'rule_' || n % 7, "
            "(ARRAY['refused','warned','adjusted'])[1 + n % 3], 'm', '', '{}' "
            "FROM generate_series(1, 20000) AS n",
            DAY, NOW,
        )  # fmt: skip
    await execute_on(fresh_database, "ANALYZE finding")
    async with open_pool(fresh_database, size=2) as opened, opened.acquire() as pool:
        ((statement, given),) = asked
        # So few rows some planners would rather sort: asked is whether the index has them in order.
        await pool.execute("SET enable_bitmapscan = off")
        plan = "\n".join(line[0] for line in await pool.fetch(f"EXPLAIN {statement}", *given))
    assert "Seq Scan" not in plan and "Sort" not in plan
    prefix = f"finding_{name}_posted_on" if name else "finding_posted_on"
    assert prefix in plan
