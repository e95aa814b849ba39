"""A figure on a card: what it is, how much, and what to compare it with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from admin_ui.components.why import why


def kpi(
    label: str,
    value: str,
    *,
    note: str = "",
    strong: str = "",
    tone: str = "",
    exact: str = "",
    on_why: Callable[[], Any] | None = None,
    href: str = "",
) -> None:
    """A figure; ``strong`` leads the note in the color of ``tone``, ``exact`` is the full value.

    ``on_why`` makes it a question, ``href`` a way to what it is made of.
    """
    with ui.card().classes("gap-1.5"):
        ui.label(label).classes("lw-kpi-l")
        with ui.element("div").classes("lw-kpi-v"):
            if on_why is not None:
                shown: ui.element = why(value, label, on_why)
            elif href:
                shown = ui.link(value, href)
                shown.props["aria-label"] = f"{label}: {value}. Show the loans"
            else:
                shown = ui.label(value)
            if exact and exact != value:
                with shown:
                    ui.tooltip(exact)
        with ui.element("div").classes("lw-kpi-n flex gap-1"):
            if strong:
                ui.label(strong).classes(f"font-semibold {tone}")
            ui.label(note or "\u00a0")
