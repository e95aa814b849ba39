"""A definition as it was published: read only, with line numbers and colors."""

from __future__ import annotations

import msgspec
from nicegui import ui

NAME_THE_TEXT = (
    "const frame = () => getHtmlElement(%d)?.querySelector('.cm-content'); "
    "const label = %s; let left = 100; "
    "const timer = setInterval(() => { const text = frame(); "
    "if (text) { text.setAttribute('aria-label', label); "
    "text.setAttribute('aria-readonly', 'true') } "
    "if (text || !--left) clearInterval(timer) }, 50)"
)
"""The editor gives its text no name, and is made only after the page."""


def source_text(text: str, label: str, *, dark: bool) -> ui.codemirror:
    """The YAML of a definition; scrolls by keyboard too, which the editor alone would not."""
    with ui.element("div").classes("lw-source-text").props("tabindex=0 role=region") as frame:
        frame.props["aria-label"] = label
        shown = ui.codemirror(
            text,
            language="YAML",
            theme="githubDark" if dark else "githubLight",
            line_wrapping=True,
        )
        shown.disable()
        shown.classes("w-full").style("height:auto")
    ui.run_javascript(NAME_THE_TEXT % (frame.id, msgspec.json.encode(label).decode()))
    return shown
