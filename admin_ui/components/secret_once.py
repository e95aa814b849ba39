"""A secret that is shown this once: a password or a key, to be copied now."""

from __future__ import annotations

import msgspec
from nicegui import ui

COPY = "() => navigator.clipboard?.writeText(%s)"


def secret_once(secret: str, what: str) -> None:
    """The secret with a button that copies it; it can also be marked by a click."""
    with ui.element("div").classes("lw-secret"):
        with ui.element("code").classes("mono"):
            ui.label(secret).classes("inline")
        copy = ui.button("Copy", icon="content_copy").props("outline dense")
        copy.props["aria-label"] = f"Copy {what}"
        copy.on("click", js_handler=COPY % msgspec.json.encode(secret).decode())
