"""A decision table as a grid: a column for each fact, a row for each case, what it gives last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nicegui import ui

from admin_ui.components.heading import card
from admin_ui.words import title


def decision_grid(document: Mapping[str, Any]) -> None:
    """The rows of a rule that is a table, from above, and what holds where none does."""
    columns = list(document.get("columns", {}))
    first = document.get("hit", "first") == "first"
    with card("Decision table") as side:
        with side:
            which = (
                "The first row that holds decides" if first else "The one row that holds decides"
            )
            ui.label(which).classes("lw-sub")
        with ui.element("div").classes("lw-scroll").props("tabindex=0 role=region") as box:
            box.props["aria-label"] = "Decision table"
            with ui.element("table").classes("lw-decide"):
                with ui.element("thead"), ui.element("tr"):
                    for heading in ("Case", *map(title, columns), "Gives"):
                        with ui.element("th").props("scope=col"):
                            ui.label(heading)
                with ui.element("tbody"):
                    for row in document.get("rows", []):
                        _row(row, [cell_text(row.get("when", {}), name) for name in columns])
                    default = document.get("default", {})
                    if isinstance(default, Mapping) and default.get("kind") == "row":
                        _row(default, ["otherwise"] * len(columns))


def _row(row: Mapping[str, Any], cells: list[str]) -> None:
    with ui.element("tr"):
        with ui.element("th").props("scope=row"):
            ui.label(str(row.get("name", "")))
        for cell in cells:
            with ui.element("td").classes("" if cell != "any" else "any"):
                ui.label(cell)
        with ui.element("td").classes("gives"):
            ui.label(gives(row))


def cell_text(when: Mapping[str, Any], name: str) -> str:
    """A cell as it is written; "any" where the row does not ask."""
    if name not in when:
        return "any"
    found = when[name]
    return {True: "yes", False: "no"}[found] if isinstance(found, bool) else str(found)


def gives(row: Mapping[str, Any]) -> str:
    """What a row gives in words."""
    if row.get("outcome"):
        return title(str(row["outcome"]))
    bounds = [("at most", row.get("maximum")), ("at least", row.get("minimum"))]
    said = " and ".join(f"{word} {text}" for word, text in bounds if text)
    return said[:1].upper() + said[1:] or "No limit"
