"""Values of rate indexes as published; append-only, so what was known at a moment can be told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import asyncpg

from engine.interest.rate_plan.index_values import IndexValue
from engine.values.rate import Rate

_VALUES = """
SELECT index_name, value_on, value, known_on, recorded_at, actor FROM index_value
WHERE ($1::text[] IS NULL OR index_name = ANY($1))
  AND ($2::timestamptz IS NULL OR recorded_at <= $2)
ORDER BY recorded_at, index_name, value_on
"""
_WAITING = """
SELECT DISTINCT e.loan_id FROM event AS e JOIN loan AS l ON l.loan_id = e.loan_id
WHERE e.kind = 'rate_reset_awaited' AND l.product = ANY($1) ORDER BY e.loan_id
"""


async def index_rows(
    pool: asyncpg.Pool, names: Collection[str] | None = None, known_at: datetime | None = None
) -> list[Any]:
    """Rows of values in the order they became known, of all indexes where none is named."""
    rows: list[Any] = await pool.fetch(
        _VALUES, list(names) if names is not None else None, known_at
    )
    return rows


async def index_values(
    pool: asyncpg.Pool, names: Collection[str], known_at: datetime | None = None
) -> dict[str, tuple[IndexValue, ...]]:
    """Values of the named indexes as they became known, as known at a moment if one is given."""
    found: dict[str, list[IndexValue]] = {name: [] for name in names}
    for row in await index_rows(pool, names, known_at):
        value = IndexValue(
            value_on=row["value_on"], value=Rate.parse(row["value"]), known_on=row["known_on"]
        )
        found[row["index_name"]].append(value)
    return {name: tuple(values) for name, values in found.items()}


async def add_index_value(
    pool: asyncpg.Pool, index: str, value_on: date, value: Rate, known_on: date, actor: str,
    at: datetime,
) -> None:  # fmt: skip
    """Keep a value; an earlier one for the same day stays and is no longer the last."""
    await pool.execute(
        "INSERT INTO index_value (index_name, value_on, recorded_at, value, known_on, actor) "
        "SELECT $1, $2, GREATEST($3, max(recorded_at) + interval '1 microsecond'), $4, $5, $6 "
        "FROM index_value WHERE index_name = $1 AND value_on = $2",
        index, value_on, at, value.text(), known_on, actor,
    )  # fmt: skip


async def loans_that_waited(pool: asyncpg.Pool, products: Collection[str]) -> list[str]:
    """Loans of products on which a reset ever waited for its index value."""
    return [row["loan_id"] for row in await pool.fetch(_WAITING, list(products))]
