"""A definition as it was published: read only, with line numbers and colors."""

from __future__ import annotations

from nicegui import ui


def source_text(text: str, label: str) -> ui.codemirror:
    """The YAML of a definition."""
    shown = ui.codemirror(text, language="YAML", line_wrapping=True)
    shown.disable()
    shown.props["aria-label"] = label
    lines = text.count("\n") + 2
    return shown.classes("w-full").style(f"height:{min(620, 20 * lines)}px")
