"""A table: columns of text, amounts, links and pills; sorting by button, narrow screens in mind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from nicegui import ui

Row = dict[str, Any]


class Column(msgspec.Struct, frozen=True):
    """A column; a row holds the cell under ``name``.

    A row may add to a cell: ``<name>_href`` makes it a link, ``<name>_press`` a button that calls
    ``on_press`` with that value, ``<name>_tone`` a pill, ``<name>_second`` a second line.
    """

    name: str
    label: str
    numeric: bool = False
    """Right-aligned with digits below each other."""
    sortable: bool = False
    narrow: bool = True
    """Whether it stays on a phone."""
    wrap: bool = False


CELL = """<q-td :props="props">
<a v-if="props.row[props.col.name + '_href']" :href="props.row[props.col.name + '_href']"
  >{{ props.value }}</a>
<button v-else-if="props.row[props.col.name + '_press']" type="button" class="lw-press"
  @click="$parent.$emit('press', props.row[props.col.name + '_press'])">{{ props.value }}</button>
<span v-else-if="props.value && props.row[props.col.name + '_tone'] !== undefined"
  :class="'lw-pill ' + props.row[props.col.name + '_tone']">{{ props.value }}</span>
<template v-else>{{ props.value }}</template>
<span v-if="props.row[props.col.name + '_second']" class="second"
  >{{ props.row[props.col.name + '_second'] }}</span>
</q-td>"""

HEAD = """<q-th :props="props" :aria-sort="props.col.sorted || null">
<button v-if="props.col.asked" type="button" class="lw-sort"
  @click="$parent.$emit('sort_by', props.col.name)">{{ props.col.label }}
  <span class="arrow" aria-hidden="true">{{ props.col.sorted === 'ascending' ? '▲' : '▼' }}</span>
</button><template v-else>{{ props.col.label }}</template></q-th>"""


def table(
    columns: tuple[Column, ...],
    rows: list[Row],
    *,
    key: str,
    label: str,
    on_sort: Callable[[str], Any] | None = None,
    on_press: Callable[[str], Any] | None = None,
    sort: str = "",
) -> ui.table:
    """Show rows; ``on_sort`` is called with the name of the column to sort by.

    A row's ``row_class`` styles it: faded, strong, entry.
    """
    shown = ui.table(
        columns=described(columns, sort, sortable=on_sort is not None),
        rows=rows,
        row_key=key,
        pagination=0,
    )
    shown.props["table-row-class-fn"] = None
    shown.props(":table-row-class-fn=\"row => row.row_class || ''\" hide-pagination")
    shown.props["aria-label"] = label
    shown.add_slot("body-cell", CELL)
    shown.add_slot("header-cell", HEAD)
    if on_sort is not None:
        shown.on("sort_by", lambda event: on_sort(str(event.args)))
    if on_press is not None:
        shown.on("press", lambda event: on_press(str(event.args)))
    return shown


def described(
    columns: tuple[Column, ...], sort: str, *, sortable: bool = True
) -> list[dict[str, Any]]:
    """Columns as the browser's table wants them, with the one sorted by marked."""
    return [_described(column, sort, sortable) for column in columns]


def turned(sort: str, column: str) -> str:
    """The order after pressing a column: descending first, then ascending ("-x", "x")."""
    return column if sort == f"-{column}" else f"-{column}"


def _described(column: Column, sort: str, sortable: bool) -> dict[str, Any]:
    hidden = "" if column.narrow else "lw-narrow-off"
    wide: dict[str, Any] = {
        "name": column.name,
        "label": column.label,
        "field": column.name,
        "align": "right" if column.numeric else "left",
        "classes": f"{hidden} {'wrap' if column.wrap else ''}".strip(),
        "headerClasses": hidden,
        "asked": column.sortable and sortable,
    }
    if sortable and sort.removeprefix("-") == column.name:
        wide["sorted"] = "descending" if sort.startswith("-") else "ascending"
    return wide
