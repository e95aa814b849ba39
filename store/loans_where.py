"""Which loans a condition holds for: the whole book asked, for any day, as known at any moment."""

from __future__ import annotations

from datetime import date, datetime

import asyncpg
import msgspec

from engine.expressions import tree
from store.book import at_day, beyond_statement, only_newest
from store.conditions import Condition, condition_to_sql


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Loans for which a condition holds, and those the engine must still decide."""

    certain: tuple[str, ...]
    """Loan ids for which it holds."""
    to_decide: tuple[str, ...]
    """Loan ids for which it may hold: a fact is no column, or time has decided something since."""
    undecided: tuple[str, ...]
    """Facts and functions for which the engine is asked."""


def statement(condition: Condition, newest: str = "TRUE") -> str:
    """The statement that asks the book; $1 is the day, $2 the moment.

    ``newest`` is what ``only_newest`` says of them.
    """
    certain = f"coalesce({condition.certain}, FALSE)" if condition.undecided else "TRUE"
    asked = f"{condition.possible} {certain}"
    join = "JOIN loan AS l USING (loan_id) " if "l." in asked else ""
    return (
        f"WITH {at_day(newest)} SELECT * FROM ("
        f"SELECT s.loan_id, {certain} AS certain "
        f"FROM standing AS s {join}WHERE {condition.possible} AND NOT s.beyond "
        f"UNION ALL SELECT loan_id, FALSE FROM ({beyond_statement(newest)}) AS beyond"
        ") AS found ORDER BY loan_id"
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
    asked = statement(condition, await only_newest(pool, day, known_at))
    rows = await pool.fetch(asked, day, known_at, *condition.parameters)
    found: tuple[list[str], list[str]] = ([], [])
    for loan_id, certain in rows:
        found[certain].append(loan_id)
    return Answer(
        certain=tuple(found[True]),
        to_decide=tuple(found[False]),
        undecided=condition.undecided,
    )
