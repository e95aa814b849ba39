"""The history of a loan as a person reads it: newest first, what was undone struck through."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

import msgspec
from nicegui import ui

from admin_ui.components.empty_state import empty_state
from admin_ui.components.pill import pill
from admin_ui.formats import amount, day, moment, short_id
from admin_ui.words import title
from servicing.views import HistoryItem

CASH = {"payment_received", "loan_disbursed", "disbursement_reversed", "payment_refunded"}
ALARMS = {"payment_returned", "late_fee_assessed", "fee_assessed", "loan_charged_off"}

Actions = Callable[[HistoryItem], list[tuple[str, Callable[[], Any]]]]
"""What may be done about an event: names and what they open."""


def timeline(items: tuple[HistoryItem, ...], actions: Actions = lambda item: []) -> None:
    """Events by the day on which they count, newest first."""
    if not items:
        empty_state("history", "No events", "Nothing had happened by this day.")
        return
    newest = sorted(items, key=lambda item: (item.effective_on, item.seq), reverse=True)
    for on, group in groupby(newest, key=lambda item: item.effective_on):
        with ui.element("h3").classes("lw-h3 px-[18px] pt-3"):
            ui.label(day(on))
        with ui.element("ol").classes("lw-line"):
            for item in group:
                _event(item, actions(item))


def actor_words(actor: str) -> str:
    """Who recorded it: "automation:daily_run" is "Daily run", a person or a key its short id."""
    kind, automatic, name = actor.partition(":")
    return title(name) if automatic and kind == "automation" else short_id(actor)


def _event(item: HistoryItem, actions: list[tuple[str, Callable[[], Any]]]) -> None:
    kind = "cash" if item.event in CASH else "alarm" if item.event in ALARMS else ""
    with ui.element("li").classes(f"{kind} {'undone' if item.undone else ''}"):
        with ui.element("div").classes("row1"):
            ui.label(item.title).classes("ttl")
            if item.amount and item.amount not in item.title:
                ui.label(amount(item.amount)).classes("sum")
            if item.undone:
                pill("undone")
            for name, act in actions:
                press = ui.button(name, on_click=act).props("flat dense size=sm")
                press.props["aria-label"] = f"{name}: {item.title}, {day(item.effective_on)}"
        for aside in item.detail.get("set_aside", ()):
            ui.label(aside_words(aside)).classes("lw-sub")
        _recorded(item)


def aside_words(aside: dict[str, Any]) -> str:
    """A rule that was set aside, by whom and why."""
    cited = f" ({aside['citation']})" if aside.get("citation") else ""
    return (
        f"Set aside: {aside['rule']}{cited}. Asked by {actor_words(aside['requested_by'])}, let "
        f"through by {actor_words(aside['approved_by'])}: {aside['reason']}"
    )


def _recorded(item: HistoryItem) -> None:
    """Who recorded it and when; opens to the event as it is kept."""
    late = f" · posted {day(item.posted_on)}" if item.posted_on != item.effective_on else ""
    with ui.element("details").classes("lw-detail"):
        with ui.element("summary"):
            words = f"#{item.seq}{late} · {actor_words(item.actor)} · {moment(item.recorded_at)}"
            ui.label(words).classes("inline")
        with ui.element("pre").classes("lw-pre mono"):
            ui.label(msgspec.json.format(msgspec.json.encode(item.detail)).decode()).classes(
                "whitespace-pre-wrap"
            )
        if item.hash:
            ui.label(f"Seal {item.hash}").classes("meta mono")
