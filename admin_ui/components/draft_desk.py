"""Writing a draft: form and text are two views of it, a sample loan stands beside, it saves itself.

The text is the document. A form edit changes the text where the data differ and nowhere else; a
letter typed in the text changes what the form shows. Nothing is lost: the house keeps each change
within a second, the browser keeps what the house has not, and whoever comes second is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace
from nicegui import background_tasks, ui

from admin_ui.components.attempt import attempt
from admin_ui.components.definition_form import DefinitionForm
from admin_ui.components.draft_conflict import DraftConflict
from admin_ui.components.draft_examples import DraftExamples
from admin_ui.components.draft_preview import DraftPreviewPanel
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.components.schema_parts import Path, put
from admin_ui.components.waterfall_editor import WaterfallEditor, WaterfallFalls
from admin_ui.components.yaml_editor import YamlEditor
from admin_ui.visitor import Visitor
from servicing.errors import CommandRefused, DraftChanged
from servicing.publishing import drafts
from servicing.studio.document import data_of, schema_for, written
from servicing.studio.preview import mended_example, preview
from servicing.studio.sample import Scenario, Size
from servicing.views.publishing import DraftView
from servicing.views.studio import DraftPreview

SAVES_AFTER: Final = 0.7
"""Seconds without a change after which the house keeps the text."""


class DraftDesk:
    """One open draft on one page."""

    def __init__(
        self, visitor: Visitor, draft: DraftView, first: DraftPreview, said: ui.label
    ) -> None:
        self._visitor, self._said = visitor, said
        self._row = draft.row
        self.text = self._kept = draft.text
        self._data: dict[str, Any] = first.data or {}
        self._looking = self._again = self._saving = self._unwritten = False
        self._timer: asyncio.TimerHandle | None = None
        self.panel: DraftPreviewPanel
        self._examples: DraftExamples | None = None
        self._falls: WaterfallFalls | None = None
        self._draw()
        self._show(first)

    @property
    def revision(self) -> int:
        """The revision this page has seen."""
        return self._row.revision

    def _draw(self) -> None:
        schema = schema_for(self._row.kind)
        self._notices = ui.element("div").classes("w-full flex flex-col gap-3 empty:hidden")
        with ui.element("div").classes("lw-studio"):
            with ui.element("div").classes("flex flex-col gap-4 min-w-0"):
                view = ui.toggle({"form": "Form", "text": "Text"}, value="form")
                view.props('unelevated no-caps aria-label="View"').classes("lw-toggle")
                with ui.element("div").classes("w-full") as form_place:
                    self._broken = ui.element("div").classes("w-full mb-3 empty:hidden")
                    self._form = self._new_form(schema)
                with ui.card().classes("flush") as text_place:
                    self._editor = YamlEditor(
                        self.text, schema,
                        label=f"Text of the draft of {self._row.name}", dark=self._visitor.dark,
                        keep_as=f"loanwright-{self._row.draft_id}", on_type=self._typed,
                        on_save=self.save, on_unsaved=self._found_unsaved,
                    )  # fmt: skip
                text_place.set_visibility(False)
                view.on_value_change(
                    lambda event: (
                        form_place.set_visibility(event.value == "form"),
                        text_place.set_visibility(event.value == "text"),
                    )
                )

                def go_to(line: int) -> None:
                    view.value = "text"
                    self._editor.go_to(line)

            with ui.element("div").classes("lw-beside"):
                self.panel = DraftPreviewPanel(
                    sample=self._row.kind == "product", choose=self._changed, go_to=go_to
                )
                if self._row.kind in {"product", "rule"}:
                    self._examples = DraftExamples(
                        self._row.kind, lambda: self._data, self.edit, self._mended
                    )
                if self._row.kind in {"product", "waterfall"}:
                    self._falls = WaterfallFalls()

    def _new_form(self, schema: dict[str, Any]) -> DefinitionForm:
        catalog = self._visitor.house.catalog
        self._waterfall = WaterfallEditor(self.edit)
        return DefinitionForm(
            schema,
            self._data,
            self.edit,
            general="What it is",
            leave_out=frozenset({"examples"} if self._row.kind == "product" else ()),
            fixed=frozenset({"product", "rule", "waterfall", "calendar", "chart"}),
            choices={
                "calendar": sorted(catalog.calendars),
                "books": sorted(catalog.charts),
                "waterfall": sorted(catalog.waterfalls),
            },
            fields={"order": self._waterfall.draw},
        )

    def _mended(self, place: int) -> dict[str, Any] | None:
        row = self._row
        return mended_example(
            self._visitor.house, row.kind, row.name, row.version, self.text, place
        )

    def edit(self, path: Path, value: Any) -> None:
        """Change the document at a path, as a form does."""
        try:
            text = written(self.text, put(self._data, path, value))
        except CommandRefused as fault:
            self.tell(problem_banner, fault)
            return
        self._data = data_of(text) or self._data
        self._form.update(self._data)
        self._waterfall.refresh(self._data)
        # Sent with what it comes to: each message makes the browser draw the page once.
        self._unwritten = True
        self._take_up(text)

    def _typed(self, text: str) -> None:
        self._unwritten = False
        self._take_up(text)

    def _take_up(self, text: str) -> None:
        self.text = text
        self._changed()
        self._save_soon()

    def _changed(self) -> None:
        """Look at the draft again; what comes while looking is looked at after."""
        self._again = True
        if not self._looking:
            background_tasks.create(self._look(), context=self._notices)

    async def _look(self) -> None:
        self._looking = True
        try:
            while self._again and not self._notices.is_deleted:
                self._again = False
                text, row = self.text, self._row
                view = await preview(
                    self._visitor.house, row.kind, row.name, row.version, text,
                    size=Size(self.panel.size.value) if self.panel.size else Size.middle,
                    scenario=Scenario(self.panel.scenario.value)
                    if self.panel.scenario else Scenario.missed,
                )  # fmt: skip
                if text == self.text and not self._notices.is_deleted:
                    self._said.text = "Saved" if text == self._kept else "Not saved yet"
                    self._show(view)
        finally:
            self._looking = False
            if self._unwritten and not self._notices.is_deleted:
                self._unwritten = False
                self._editor.write(self.text)

    def _show(self, view: DraftPreview) -> None:
        self._broken.clear()
        if view.data is None:
            with self._broken:
                banner("warn", "The text cannot be read", "Mend it as text; the form waits for it.")
        else:
            self._data = view.data
            self._form.update(view.data)
            self._waterfall.refresh(view.data)
        self._form.mark(
            {_path(problem.path): problem.message.capitalize() for problem in view.problems}
        )
        self._editor.show(view.problems)
        self.panel.show(view)
        if self._examples is not None:
            self._examples.show(view)
        if self._falls is not None:
            self._falls.show(view.waterfall)

    def _save_soon(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(
            SAVES_AFTER, lambda: background_tasks.create(self.save(), context=self._notices)
        )

    async def save(self) -> bool:
        """Keep the text; whether the house has it now."""
        if self._saving:
            self._save_soon()
            return False
        text = self.text
        if text == self._kept:
            self._said.text = "Saved"
            return True
        self._saving = True
        try:
            saved = await attempt(lambda: self._keep(text), self._not_saved)
        finally:
            self._saving = False
        if saved is None:
            return False
        self._row, self._kept = saved.row, text
        self._editor.saved(text)
        self._said.text = "Saved" if self.text == text else "Not saved yet"
        return True

    async def _keep(self, text: str) -> DraftView:
        now = await self._visitor.still()
        return await drafts.edit(now.house, now.actor, self._row.draft_id, self._row.revision, text)

    def _not_saved(self, fault: Exception) -> None:
        self._said.text = "Not saved"
        if isinstance(fault, DraftChanged):
            self.tell(DraftConflict, self._visitor, self._row, fault, lambda: self.text, self._take)
        else:
            self.tell(problem_banner, fault, self._save_soon)

    def _take(self, text: str, revision: int) -> None:
        """Go on from a text and revision that were chosen."""
        self._row = replace(self._row, revision=revision)
        self._notices.clear()
        self._kept = ""
        self._editor.write(text)
        self._typed(text)

    def _found_unsaved(self, text: str) -> None:
        """The browser has a text the house has not: a tab was closed or a server went away."""
        if text == self.text:
            return

        def take() -> None:
            self._notices.clear()
            self._editor.write(text)
            self._typed(text)

        def drop() -> None:
            self._notices.clear()
            self._editor.forget()

        with self._notices, banner(
            "brand", "Changes that were not saved",
            "This browser kept changes of this draft that never reached the house.",
        ):  # fmt: skip
            ui.button("Take them", on_click=take).props("dense")
            ui.button("Drop them", on_click=drop).props("flat dense")

    def tell(self, show: Callable[..., Any], *what: Any) -> None:
        self._notices.clear()
        with self._notices:
            show(*what)
        ui.run_javascript(f"getHtmlElement({self._notices.id}).scrollIntoView({{block:'center'}})")


def _path(pointer: str) -> Path:
    parts = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    return tuple(int(part) if part.isdigit() else part for part in parts)
