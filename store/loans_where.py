"""Which loans a condition holds for: the whole book asked, for any day, as known at any moment."""

from __future__ import annotations

from datetime import date, datetime

import asyncpg
import msgspec

from engine.expressions import tree
from store.book import AT_DAY
from store.conditions import Condition, condition_to_sql


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Loans for which a condition holds, and those the engine must still decide."""

    certain: tuple[str, ...]
    """Loan ids for which it holds."""
    to_decide: tuple[str, ...]
    """Loan ids for which it may hold: a fact is no column, or time has decided something since."""
    undecided: tuple[str, ...]
    """Facts and functions for which the engine is asked."""


def statement(condition: Condition) -> str:
    """The statement that asks the book; $1 is the day, $2 the moment."""
    return (
        f"WITH {AT_DAY} SELECT s.loan_id, "
        f"NOT s.beyond AND coalesce({condition.certain}, FALSE) AS certain "
        "FROM standing AS s JOIN loan AS l USING (loan_id) "
        f"WHERE s.beyond OR {condition.possible} ORDER BY s.loan_id"
    )


async def loans_where(
    pool: asyncpg.Pool,
    checked: tree.Node,
    day: date,
    known_at: datetime,
    values: tuple[tree.Value, ...] = (),
) -> Answer:
    """The loans for which a checked condition holds on a day."""
    condition = condition_to_sql(checked, values)
    rows = await pool.fetch(statement(condition), day, known_at, *condition.parameters)
    return Answer(
        certain=tuple(row["loan_id"] for row in rows if row["certain"]),
        to_decide=tuple(row["loan_id"] for row in rows if not row["certain"]),
        undecided=condition.undecided,
    )
