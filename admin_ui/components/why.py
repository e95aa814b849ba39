"""A number that can be asked why it is what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui


def why(value: str, what: str, on_click: Callable[[], Any]) -> ui.element:
    """A number as a button: pressing it opens its explanation."""
    button = ui.element("button").classes("lw-why").props("type=button")
    button.props["aria-label"] = f"{what}: {value}. Why?"
    button.on("click", on_click)
    with button:
        ui.label(value)
    return button
