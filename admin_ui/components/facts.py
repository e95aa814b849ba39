"""Pairs of a word and its value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from admin_ui.components.why import why


class Facts:
    """A list of facts, filled one by one."""

    def __init__(self) -> None:
        self._list = ui.element("dl").classes("lw-facts")

    def add(
        self,
        word: str,
        value: str,
        *,
        on_why: Callable[[], Any] | None = None,
        href: str = "",
    ) -> None:
        """A fact; ``on_why`` makes its value a question, ``href`` a way to its own page."""
        with self._list, ui.element("div"):
            with ui.element("dt"):
                ui.label(word)
            with ui.element("dd"):
                if on_why is not None:
                    why(value, word, on_why)
                elif href:
                    ui.link(value, href)
                else:
                    ui.label(value)
