"""The installments of a loan: what each asks for, what it has received, where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from admin_ui.components.table import Column, Row, table
from admin_ui.formats import amount, day
from admin_ui.words import title, tone
from servicing.views import ScheduleRow

COLUMNS = (
    Column("number", "No.", numeric=True, narrow=False),
    Column("due_date", "Due date"),
    Column("amount", "Amount", numeric=True),
    Column("interest", "Interest", numeric=True, narrow=False),
    Column("principal", "Principal", numeric=True, narrow=False),
    Column("paid", "Paid", numeric=True, narrow=False),
    Column("balance_after", "Balance after", numeric=True, narrow=False),
    Column("state", "State"),
)
BRIEF = frozenset({"due_date", "amount", "balance_after"})


def schedule_table(
    rows: tuple[ScheduleRow, ...],
    *,
    on_why: Callable[[int], Any] | None = None,
    brief: bool = False,
) -> ui.table:
    """Billed installments as they stand, projected ones fainter; a number can be asked why.

    ``brief`` leaves the day, the amount and the balance, for a narrow place.
    """
    paying = any(row.paid not in {"", "0", "0.00"} or not row.projected for row in rows)
    columns = tuple(column for column in COLUMNS if paying or column.name not in {"paid", "state"})
    if brief:
        columns = tuple(column for column in COLUMNS if column.name in BRIEF)
    shown = table(columns, schedule_rows_shown(rows), key="number", label="Schedule")
    if on_why is not None:
        shown.add_slot("body-cell-amount", WHY_CELL)
        shown.on("why", lambda event: on_why(int(event.args)))
    return shown


def schedule_rows_shown(rows: tuple[ScheduleRow, ...]) -> list[Row]:
    """Installments as rows of the table, to show others in its place."""
    return [_row(row) for row in rows]


WHY_CELL = """<q-td :props="props"><button type="button" class="lw-why"
 :aria-label="'Installment ' + props.row.number + ': ' + props.value + '. Why?'"
 @click="$parent.$emit('why', props.row.number)">{{ props.value }}</button></q-td>"""


def _row(row: ScheduleRow) -> Row:
    return {
        "number": row.number,
        "due_date": day(row.due_date),
        "amount": amount(row.amount),
        "interest": amount(row.interest),
        "principal": amount(row.principal),
        "paid": amount(row.paid) if row.paid else "",
        "balance_after": amount(row.balance_after),
        "state": title(row.state),
        "state_tone": tone(row.state),
        "row_class": "faded" if row.projected else "",
    }
