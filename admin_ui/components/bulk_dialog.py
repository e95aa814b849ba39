"""Choose one command for every loan of a list; what it would do to each is shown before it is."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from admin_ui.components.attempt import attempt
from admin_ui.components.command_dialog import command_name
from admin_ui.components.command_form import CommandForm
from admin_ui.components.dialog import dialog
from admin_ui.components.problem_banner import problem_banner
from admin_ui.visitor import Visitor
from engine.loan.commands import Command
from servicing import bulk
from servicing.permissions import scope_for_kind
from servicing.views.bulk import BulkView


def kinds_for(visitor: Visitor) -> tuple[type[Command], ...]:
    """Commands for many loans that the visitor may give."""
    return tuple(kind for kind in bulk.KINDS if visitor.may(scope_for_kind(kind)))


class BulkDialog:
    """From the choice of a command to its preview, which has a page of its own."""

    def __init__(self, visitor: Visitor, asked: dict[str, Any]) -> None:
        self._visitor, self._asked = visitor, asked
        kinds = {kind.__name__: kind for kind in kinds_for(visitor)}
        self._kinds = kinds
        with dialog("Act on all loans of the list", "Nothing is done before you saw it") as window:
            with window.body:
                names = {name: command_name(kind) for name, kind in kinds.items()}
                choice = ui.select(names, label="Command", value=next(iter(kinds)))
                choice.classes("w-full").on_value_change(lambda event: self._draw(event.value))
                self._place = ui.element("div").classes("flex flex-col gap-3 w-full")
                self._outcome = ui.element("div").classes("w-full").props('aria-live="polite"')
            with window.foot:
                self._button = ui.button("Preview on every loan", on_click=self._start)
        self._draw(next(iter(kinds)))

    def _draw(self, name: str) -> None:
        kind = self._kinds[name]
        self._place.clear()
        with self._place:
            ui.label((kind.__doc__ or "").strip().splitlines()[0]).classes("lw-sub")
            self._form = CommandForm(
                kind, business_date=self._visitor.business_date, choices=self._choices(),
                preset={}, on_change=lambda: None,
            )  # fmt: skip

    def _choices(self) -> dict[str, dict[Any, str]]:
        """Fees charged by hand that any product has; a loan of another refuses by itself."""
        fees = {
            fee.name: fee.title
            for versions in self._visitor.house.catalog.products.values()
            for version in versions
            for fee in version.fees
            if str(fee.__struct_config__.tag) == "manual_fee"
        }
        return {"fee": fees} if fees else {}

    async def _start(self) -> None:
        command = self._form.command()
        if command is None:
            return
        self._button.disable()

        async def work() -> BulkView:
            now = await self._visitor.still()
            return await bulk.start(now.house, now.actor, command, self._asked)

        begun = await attempt(work, self._failed)
        if begun is not None:
            ui.navigate.to(f"/bulk/{begun.run_id}")

    def _failed(self, fault: Exception) -> None:
        self._button.enable()
        self._outcome.clear()
        with self._outcome:
            problem_banner(fault)
