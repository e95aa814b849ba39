"""A list of loans as a CSV file: exactly the rows the list shows, written as they are read."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from typing import Any, Final

from servicing.actor import Actor
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
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


async def csv_lines(house: House, actor: Actor, **asked: Any) -> AsyncIterator[str]:
    """The file in parts: the names of the columns, then a page of rows at a time.

    ``asked`` is what ``loans`` takes: filters, order, day and moment. Raises as it does, before
    anything is written.
    """
    require(actor, "loans:read")
    page = await loans(house, actor, limit=AT_ONCE, counted=False, **asked)
    yield _lines([COLUMNS])
    while True:
        yield _lines([_cells(row) for row in page.items])
        if not page.has_more:
            return
        page = await loans(
            house, actor, limit=AT_ONCE, counted=False, cursor=page.next_cursor, **asked
        )


def _cells(row: LoanRow) -> tuple[str, ...]:
    values = (getattr(row, name) for name in COLUMNS)
    return tuple(_cell(value) for value in values)


def _cell(value: Any) -> str:
    """A value as text; a name that a spreadsheet would take for a formula is marked as text."""
    text = "" if value is None else str(value)
    formula = text.startswith(_BEGINS_FORMULA) and not text.lstrip("-").replace(".", "").isdigit()
    return f"'{text}" if formula else text


def _lines(rows: list[tuple[str, ...]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
