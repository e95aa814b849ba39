"""What stands where nothing is yet: why, and what to do about it."""

from __future__ import annotations

from nicegui import ui


def empty_state(
    icon: str, title: str, text: str, *, action: str = "", target: str = ""
) -> ui.element:
    """An empty place with a sentence and, when given, a button that leads on."""
    with ui.element("div").classes("lw-empty") as box:
        ui.icon(icon, size="32px").props("aria-hidden=true")
        ui.label(title).classes("t")
        ui.label(text).classes("max-w-md")
        if action:
            ui.button(action).props(f'outline tag=a href="{target}"').classes("mt-1")
    return box
