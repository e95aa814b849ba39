"""Try a rule on facts of one's own: its answer, and the value of every part of what it asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from nicegui import ui

from admin_ui.components.attempt import attempt
from admin_ui.components.heading import card, h3
from admin_ui.components.pill import pill
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.visitor import Visitor
from admin_ui.words import answer, title, tone
from servicing.studio.try_rule import asked_facts, try_rule
from servicing.views.studio import TriedExpression, TriedRule

SUFFIXES = {"money": "amount", "rate": "0.36 is 36 %", "days": "days", "date": "2026-03-01"}


class TryRule:
    """A field for each fact the rule asks for, begun with those of its own tests."""

    def __init__(self, visitor: Visitor, name: str) -> None:
        self._visitor, self._name = visitor, name
        self._fields: dict[str, Any] = {}
        with card("Try it"):
            with ui.element("div").classes("lw-form"):
                self._on = ui.input("On", value=visitor.business_date.isoformat())
                self._on.props("type=date stack-label").classes("w-full")
                for fact in asked_facts(visitor.house, name):
                    if fact.type == "flag":
                        field: Any = ui.select(
                            {"yes": "Yes", "no": "No", "": "Not known"},
                            value=fact.example, label=title(fact.name),
                        )  # fmt: skip
                    else:
                        field = ui.input(title(fact.name), value=fact.example)
                        if fact.type in SUFFIXES:
                            field.props["hint"] = SUFFIXES[fact.type]
                    field.props("hide-bottom-space").classes("w-full")
                    self._fields[fact.name] = field
            ui.button("Ask the rule", on_click=self._ask).classes("self-start")
            self._place = ui.element("div").classes("flex flex-col gap-3 w-full")
            self._place.props('aria-live="polite"')

    async def _ask(self) -> None:
        given = {name: str(field.value or "") for name, field in self._fields.items()}

        async def work() -> TriedRule:
            now = await self._visitor.still()
            try:
                on = date.fromisoformat(str(self._on.value or ""))
            except ValueError:
                on = now.business_date
            return try_rule(now.house, self._name, given, on)

        found = await attempt(work, self._failed)
        if found is not None:
            self._place.clear()
            with self._place:
                _answer(found)

    def _failed(self, fault: Exception) -> None:
        self._place.clear()
        with self._place:
            problem_banner(fault)


def _answer(found: TriedRule) -> None:
    if found.answer.startswith("fault: "):
        banner("warn", "The rule cannot tell", found.answer.removeprefix("fault: "))
    else:
        with ui.row().classes("items-center gap-2"):
            ui.label("The rule says")
            pill(found.answer, tone(found.answer), text=answer(found.answer))
            if found.row:
                ui.label(f"by the row {found.row}").classes("lw-sub")
    for expression in found.expressions:
        _expression(expression)


def _expression(expression: TriedExpression) -> None:
    with ui.element("div").classes("flex flex-col w-full"):
        h3(expression.use)
        with ui.element("div").classes("lw-parts"):
            _part(expression.text, expression.value or expression.fault, 0)
            for part in expression.parts:
                _part(part.text, part.value, part.depth)


def _part(text: str, value: str, depth: int) -> None:
    with ui.element("div").style(f"padding-left:{min(depth, 8) * 14}px"):
        ui.label(text).classes("mono grow min-w-0")
        ui.label(value).classes("num font-semibold")
