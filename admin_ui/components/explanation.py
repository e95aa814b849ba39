"""Why a number is what it is: the tree of steps behind it, down to events, terms and law."""

from __future__ import annotations

import re
from datetime import date

from nicegui import ui

from admin_ui.components import skeleton
from admin_ui.components.dialog import dialog
from admin_ui.components.later import Later
from admin_ui.components.pill import pill
from admin_ui.formats import amount, day
from admin_ui.moment import Moment
from admin_ui.visitor import Visitor
from admin_ui.words import title as in_words
from servicing import reads
from servicing.views import Explanation, ExplanationStep

PLAIN_NUMBER = re.compile(r"-?\d{4,}\.\d{2,}")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
OPEN_LEVELS = 2
"""So many levels of the tree are open at first."""


def explain(visitor: Visitor, loan_id: str, subject: str, what: str, at: Moment) -> None:
    """Open the explanation of a number of a loan."""

    async def read() -> Explanation:
        now = await visitor.still()
        return await reads.explain(now.house, now.actor, loan_id, subject, at.as_of, at.as_known_at)

    with dialog(f"Why: {what}") as window, window.body:
        Later(read, explanation_tree, waiting=lambda: skeleton.lines(6))


def explanation_tree(explanation: Explanation) -> None:
    """The value, its sentence and the steps that lead to it."""
    with ui.row().classes("items-baseline gap-3"):
        ui.label(value_words(explanation.value)).classes("lw-kpi-v")
        ui.label(f"as of {day(explanation.as_of)}").classes("lw-sub")
        if explanation.agrees_with_stored:
            pill("pass", text="Agrees with the books")
        else:
            pill("refuse", text="Differs from what is stored")
    if explanation.sentence:
        ui.label(explanation.sentence)
    with ui.element("div").classes("lw-tree"):
        for step in explanation.steps:
            _step(step, 0)
        if not explanation.steps:
            ui.label("Nothing was computed: the number was recorded as it stands.").classes(
                "lw-sub"
            )


def value_words(text: str) -> str:
    """A value of the engine for people: thousands apart, dates spelled, the rest as it is."""
    if PLAIN_NUMBER.fullmatch(text):
        return amount(text)
    if ISO_DAY.fullmatch(text):
        return day(date.fromisoformat(text))
    return text


def _step(step: ExplanationStep, level: int) -> None:
    leaf = not (step.steps or step.inputs or step.sources)
    with ui.element("details").classes("leaf" if leaf else "") as branch:
        if level < OPEN_LEVELS and not leaf:
            branch.props("open")
        with ui.element("summary"):
            ui.label(step.label)
            ui.label(value_words(step.output)).classes("out")
        if step.inputs or step.sources:
            _grounds(step)
        for below in step.steps:
            _step(below, level + 1)


def _grounds(step: ExplanationStep) -> None:
    """What went in, and what it rests on."""
    with ui.element("div").classes("in"):
        if step.inputs:
            with ui.element("dl"):
                for name, value in step.inputs.items():
                    with ui.element("dt"):
                        ui.label(in_words(name))
                    with ui.element("dd"):
                        ui.label(value_words(value))
        if step.sources:
            with ui.element("div"):
                for source in step.sources:
                    ui.label(source).classes("lw-source")
