"""Rows of loans as the engine says them: those past their next boundary and not yet advanced.

So a list never depends on whether the daily run was on time. There are none when it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from engine.loan import observe
from servicing.house import House
from servicing.standing import Standing, standings

_NEVER: Final = date(9999, 12, 31)
"""Where a loan without a next due date stands in the order of due dates."""


async def projected_rows(
    house: House, found: Sequence[Any], day: date, as_known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """The loans found, advanced in memory to the day, in the shape of a row of the book."""
    standing = await standings(house, [row["loan_id"] for row in found], day, as_known_at)
    return [_row(row, at) for row, at in zip(found, standing, strict=True)]


def _row(found: Any, at: Standing) -> dict[str, Any]:
    loan, day, rounding = at.loan, at.day, at.terms.product.rounding
    return {
        **dict(found),
        "product": loan.product,
        "currency": loan.currency,
        "status": loan.status.value,
        "principal": loan.principal_balance.minor,
        "interest": observe.interest_owed(loan, day, rounding).minor,
        "fees_owed": observe.fees_owed(loan).minor,
        "recovery_balance": loan.recovery_balance.minor,
        "amount_past_due": observe.amount_past_due(loan, day, rounding).minor,
        "days_past_due": observe.days_past_due(loan, day, rounding),
        "stage": observe.delinquency_stage(loan),
        "next_due_date": observe.next_due_date(loan, day),
    }


def passing(
    rows: Sequence[dict[str, Any]],
    statuses: Sequence[str] | None,
    stage: str | None,
    late_days: int | None = None,
) -> list[dict[str, Any]]:
    """Those of the rows that have one of the statuses and the stage, and are late enough."""
    return [
        row
        for row in rows
        if (statuses is None or row["status"] in statuses)
        and (stage is None or row["stage"] == stage)
        and (late_days is None or (row["status"] == "active" and row["days_past_due"] >= late_days))
    ]


def in_order(
    rows: Sequence[Mapping[str, Any]],
    column: str,
    direction: str,
    after: tuple[Any, str] | None = None,
) -> list[dict[str, Any]]:
    """Rows sorted as the database sorts, after a cursor, each with its ``sort_value``."""
    placed = [{**row, "sort_value": _value(row[column])} for row in rows]
    downwards = direction == "DESC"

    def key(row: Mapping[str, Any]) -> tuple[Any, str]:
        return row["sort_value"], row["loan_id"]

    if after is not None:
        placed = [row for row in placed if (key(row) < after if downwards else key(row) > after)]
    return sorted(placed, key=key, reverse=downwards)


def _value(value: Any) -> Any:
    return _NEVER if value is None else value
