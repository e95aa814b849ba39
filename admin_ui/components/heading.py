"""Headings below a page's title, and cards that carry one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui


def h2(text: str) -> None:
    """Heading of a card."""
    with ui.element("h2").classes("lw-h2"):
        ui.label(text)


def h3(text: str) -> None:
    """Heading within a card."""
    with ui.element("h3").classes("lw-h3"):
        ui.label(text)


@contextmanager
def card(heading: str = "", *, flush: bool = False) -> Iterator[ui.element]:
    """A card; yields the place at the right of its heading. ``flush`` lets a table fill it."""
    with ui.card().classes("flush" if flush else "") as box:
        side: ui.element = box
        if heading:
            with ui.element("div").classes("lw-card-head" if flush else "flex w-full gap-3"):
                h2(heading)
                side = ui.element("div").classes("lw-actions ml-auto")
        yield side
