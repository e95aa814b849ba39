"""A dialog: a title, a body that scrolls, a row of buttons; Escape closes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui


class Dialog(ui.dialog):
    """A dialog that is gone once closed."""

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        self.props["aria-label"] = title
        self.on("hide", self.delete)
        with self, ui.element("div").classes("lw-dialog"):
            with ui.element("div").classes("lw-dialog-head"):
                with ui.column().classes("gap-0.5 min-w-0"):
                    with ui.element("h2").classes("text-[17px] font-semibold m-0 leading-snug"):
                        ui.label(title)
                    if subtitle:
                        ui.label(subtitle).classes("lw-sub")
                close = ui.button(icon="close", on_click=self.close)
                close.props('flat round dense color=secondary aria-label="Close"')
            self.body = ui.element("div").classes("lw-dialog-body").props("tabindex=0")
            self.foot = ui.element("div").classes("lw-dialog-foot")


@contextmanager
def dialog(title: str, subtitle: str = "") -> Iterator[Dialog]:
    """Open a dialog whose ``body`` and row of buttons, ``foot``, the block fills."""
    with ui.context.client.content:
        window = Dialog(title, subtitle)
    yield window
    if not window.foot.default_slot.children:
        window.foot.delete()
    window.open()
