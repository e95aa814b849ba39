"""Two people wrote in one draft: the second is told and chooses; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from admin_ui.components.attempt import attempt
from admin_ui.components.dialog import dialog
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.components.text_differences import text_differences
from admin_ui.visitor import Visitor
from servicing.errors import DraftChanged
from servicing.publishing import drafts
from servicing.views.publishing import DraftRowView, DraftView


class DraftConflict:
    """What to do about a text that somebody else changed meanwhile."""

    def __init__(
        self,
        visitor: Visitor,
        row: DraftRowView,
        fault: DraftChanged,
        mine: Callable[[], str],
        take: Callable[[str, int], Any],
    ) -> None:
        self._visitor, self._row, self._mine = visitor, row, mine
        self._theirs = fault.text
        with banner(
            "warn", "Somebody else changed this draft",
            f"{fault} Your text stands here and is not saved; nothing is lost.",
        ):  # fmt: skip
            with ui.element("div").classes("lw-actions"):
                ui.button("See both", on_click=self._compare).props("outline dense")
                ui.button("Take theirs", on_click=lambda: take(fault.text, fault.revision)).props(
                    "outline dense"
                )
                ui.button("Keep mine as another draft", on_click=self._another).props("dense")

    def _compare(self) -> None:
        with dialog("Both texts", "Theirs is red, yours is green") as window:
            with window.body:
                text_differences(self._theirs, self._mine())

    async def _another(self) -> None:
        async def work() -> DraftView:
            now = await self._visitor.still()
            return await drafts.create(
                now.house, now.actor, kind=self._row.kind, name=self._row.name, text=self._mine()
            )

        draft = await attempt(work, problem_banner)
        if draft is not None:
            ui.navigate.to(f"/drafts/{draft.row.draft_id}")
