"""A state in a word, colored by how alarming it is."""

from __future__ import annotations

from nicegui import ui

from admin_ui.words import title, tone


def pill(tag: str, kind: str | None = None, *, text: str | None = None) -> ui.label:
    """A tag as a pill; ``kind`` overrides its color: ok, brand, warn, bad."""
    color = tone(tag) if kind is None else kind
    return ui.label(title(tag) if text is None else text).classes(f"lw-pill {color}")
