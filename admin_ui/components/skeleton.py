"""Gray shapes of what is being read, so that nothing jumps when it arrives."""

from __future__ import annotations

from nicegui import ui


def lines(number: int = 5) -> None:
    """Rows of text on their way."""
    with ui.column().classes("w-full gap-3 p-4").props('aria-hidden="true"'):
        for row in range(number):
            ui.skeleton(type="text", width=f"{92 - row % 3 * 14}%", height="18px")


def cards(number: int = 4) -> None:
    """A row of figures on their way."""
    with ui.element("div").classes("lw-grid four").props('aria-hidden="true"'):
        for _ in range(number):
            with ui.card():
                ui.skeleton(type="text", width="55%", height="16px")
                ui.skeleton(type="text", width="80%", height="30px")
                ui.skeleton(type="text", width="45%", height="14px")


def block(height: int = 240) -> None:
    """A chart on its way."""
    ui.skeleton(type="rect", width="100%", height=f"{height}px").props('aria-hidden="true"')
