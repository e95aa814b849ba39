"""A correction event by event: what stood, and what stands in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from nicegui import ui

from admin_ui.formats import amount, count, day
from admin_ui.words import stage_title, title
from servicing.views import HistoryItem

UNDONE = "outcome_undone"
PARTS = ("fees", "interest", "principal", "recovery", "unapplied")
"""Of a payment, in the order they are told."""
NAMED_BY = ("payment", "fee_id", "number", "stage", "installment")
"""What tells an event of a kind from another of it."""


class Change(NamedTuple):
    """An event before and after a correction; empty where there was or is none."""

    what: str
    on: date
    before: str
    after: str


def changes(events: Sequence[HistoryItem]) -> tuple[list[Change], int]:
    """Events that a correction changes, by day, and how many come out as they were."""
    before = {
        key_of(item.detail["outcome"]): item.detail["outcome"]
        for item in events
        if item.event == UNDONE
    }
    after = {key_of(item.detail): item.detail for item in events if item.event != UNDONE}
    found, same = [], 0
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and said(old) == said(new):
            same += 1
            continue
        some = new or old or {}
        found.append(Change(named(some), _day(some), said(old), said(new)))
    return sorted(found, key=lambda change: (change.on, change.what)), same


def changes_by_event(events: Sequence[HistoryItem]) -> None:
    """The table of a correction: each event with what stood and what stands instead."""
    found, same = changes(events)
    with ui.element("table").classes("lw-change"):
        with ui.element("thead"), ui.element("tr"):
            for heading in ("Event", "Stood", "Stands then"):
                with ui.element("th").props("scope=col"):
                    ui.label(heading)
        with ui.element("tbody"):
            for change in found:
                with ui.element("tr"):
                    for text, style in (
                        (change.what, ""),
                        (change.before or "not there", "" if change.before else "same"),
                        (change.after or "taken back", "font-semibold" if change.after else "up"),
                    ):
                        with ui.element("td").classes(style):
                            ui.label(text)
    if same:
        ui.label(f"{count(same, 'event')} come out as they were.").classes("lw-sub")


def is_correction(events: Sequence[HistoryItem]) -> bool:
    """Whether anything that had been decided is taken back."""
    return any(item.event == UNDONE for item in events)


def key_of(event: Mapping[str, Any]) -> tuple[str, str]:
    """What makes an event the same as one that is taken back."""
    name = next((f"{by} {event[by]}" for by in NAMED_BY if by in event), "")
    return str(event["event"]), name or str(event["effective_on"])


def named(event: Mapping[str, Any]) -> str:
    """An event in a few words: "Late fee, installment 2", "Delinquency: 30+ days late"."""
    match event["event"]:
        case "fee_assessed":
            about = f", installment {event['installment']}" if event.get("installment") else ""
            return f"{title(event['name'])}{about}"
        case "delinquency_stage_changed":
            return f"Delinquency: {stage_title(event['stage'])}"
        case "installment_billed":
            return f"Installment {event['number']}"
        case _:
            return title(str(event["event"]))


def said(event: Mapping[str, Any] | None) -> str:
    """When it counts, and its figures."""
    if event is None:
        return ""
    figures = [amount(str(event["amount"]))] if "amount" in event else []
    if event["event"] == "payment_allocated":
        parts = {name: _sum(event.get(name)) for name in PARTS}
        figures = [f"{title(name).lower()} {part:,}" for name, part in parts.items() if part]
    return ", ".join((day(_day(event)), *figures))


def _sum(part: Any) -> Decimal:
    """An amount, or the amounts of several fees together."""
    if isinstance(part, list | tuple):
        return sum((Decimal(each[1]) for each in part), Decimal(0))
    return Decimal(str(part or 0))


def _day(event: Mapping[str, Any]) -> date:
    found = event["effective_on"]
    return found if isinstance(found, date) else date.fromisoformat(found)
