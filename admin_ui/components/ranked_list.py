"""Shares of a whole as bars of one hue; each leads to the loans it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui


def ranked_list(rows: Sequence[tuple[str, str, float, str]], label: str) -> None:
    """Rows of (name, address, share from 0 to 1 of the largest, words at the end)."""
    with ui.element("ul").classes("lw-ranked") as box:
        box.props["aria-label"] = label
        for name, href, share, words in rows:
            with ui.element("li"):
                ui.link(name, href).classes("name")
                with ui.element("div").classes("bar").props("aria-hidden=true"):
                    ui.element("div").style(f"width:{max(0.5, 100 * share):.1f}%")
                ui.label(words).classes("num")
