"""A field for a day: typed as year-month-day, or chosen from a calendar."""

from __future__ import annotations

from typing import Any

from nicegui import ui


def day_field(label: str, *, value: str = "", on_change: Any = None) -> ui.date_input:
    """The field; the button that opens its calendar has a name of its own."""
    field = ui.date_input(label, value=value, on_change=on_change)
    field.button.props["aria-label"] = "Choose a day"
    return field
