"""A list of loans as a CSV file: exactly the rows the list shows, written as they are read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

from servicing.actor import Actor
from servicing.csv_file import lines_of
from servicing.house import House
from servicing.loan_list import loans
from servicing.permissions import require
from servicing.views import LoanRow

COLUMNS: Final = (
    "loan_id", "borrower_name", "product", "product_title", "status", "delinquency_stage",
    "principal", "total_owed", "amount_past_due", "days_past_due", "next_due_date",
    "governing_state",
)  # fmt: skip
AT_ONCE: Final = 200
"""Rows read by one page."""


async def csv_lines(house: House, actor: Actor, **asked: Any) -> AsyncIterator[str]:
    """The file in parts: the names of the columns, then a page of rows at a time.

    ``asked`` is what ``loans`` takes: filters, order, day and moment. Raises as it does, before
    anything is written.
    """
    require(actor, "loans:read")
    page = await loans(house, actor, limit=AT_ONCE, counted=False, **asked)
    yield lines_of([COLUMNS])
    while True:
        yield lines_of(map(_cells, page.items))
        if not page.has_more:
            return
        page = await loans(
            house, actor, limit=AT_ONCE, counted=False, cursor=page.next_cursor, **asked
        )


def _cells(row: LoanRow) -> list[Any]:
    return [getattr(row, name) for name in COLUMNS]
