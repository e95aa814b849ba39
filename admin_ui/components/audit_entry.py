"""One entry of the audit log: as a row, and opened with every field before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from nicegui import ui

from admin_ui.components.dialog import dialog
from admin_ui.components.explanation import value_words
from admin_ui.components.facts import Facts
from admin_ui.components.heading import h3
from admin_ui.components.later import Later
from admin_ui.components.table import Row
from admin_ui.formats import NOTHING, moment, short_id
from admin_ui.visitor import Visitor
from admin_ui.words import stage_title, title
from servicing import audit
from servicing.views.office import AuditEntry, FieldChange

TITLES: Mapping[str, str] = {
    "signed_in": "Signed in",
    "sign_in_failed": "Failed to sign in",
    "password_chosen": "Chose a password",
}


def entry_row(entry: AuditEntry) -> Row:
    """An entry as a row; what was done opens it."""
    return {
        "key": f"{entry.area}/{entry.subject}/{entry.number}",
        "who": entry.actor_name,
        "who_second": moment(entry.recorded_at),
        "what": TITLES.get(entry.action, entry.title),
        "what_press": f"{entry.area}/{entry.subject}/{entry.number}",
        "what_second": str(entry.detail.get("reason") or entry.detail.get("comment") or ""),
        "subject": short_id(entry.subject),
        "subject_second": _about(entry),
        **({"subject_href": f"/loans/{entry.subject}"} if entry.area == "loan" else {}),
    }


def entry_dialog(visitor: Visitor, entry: AuditEntry) -> None:
    """Who, when, what was given, and what it changed."""
    with dialog(TITLES.get(entry.action, entry.title), moment(entry.recorded_at)) as window:
        with window.body:
            facts = Facts()
            facts.add("By", entry.actor_name)
            facts.add("About", _about(entry) or title(entry.area))
            if entry.area == "loan":
                facts.add("Loan", short_id(entry.subject), href=f"/loans/{entry.subject}")
                facts.add("Event", f"#{entry.number}")
            given = {
                name: value
                for name, value in entry.detail.items()
                if name not in {"event", "because", "currency"} and _plain(value)
            }
            if given:
                h3("What was given")
                more = Facts()
                for name, value in given.items():
                    more.add(title(name), value_words(_text(value)))
            h3("What it changed")
            if entry.area == "loan":

                async def read() -> tuple[FieldChange, ...]:
                    now = await visitor.still()
                    return await audit.loan_changes(
                        now.house, now.actor, entry.subject, entry.number
                    )

                Later(read, _figures)
            else:
                changes_table(
                    (title(name), _text(old), _text(new))
                    for name, (old, new) in entry.changes.items()
                )


def _figures(found: tuple[FieldChange, ...]) -> None:
    ui.label("Figures of the loan that day, as known before the command and after it.").classes(
        "lw-sub"
    )
    changes_table(
        (
            title(each.field),
            figure_words(each.field, each.before),
            figure_words(each.field, each.after),
        )
        for each in found
    )


def figure_words(field: str, value: str) -> str:
    """A figure of a loan for people: stages and statuses in words, days and amounts written out."""
    if field == "delinquency_stage" and value:
        return stage_title(value)
    return title(value) if field in {"status", "frequency"} and value else value_words(value)


def changes_table(changes: Iterable[tuple[str, str, str]]) -> None:
    """Field, before, after; a sentence where nothing changed."""
    rows = list(changes)
    if not rows:
        ui.label("No field changed.").classes("lw-sub")
        return
    with ui.element("table").classes("lw-change"):
        with ui.element("thead"), ui.element("tr"):
            for heading in ("Field", "Before", "After"):
                with ui.element("th").props("scope=col"):
                    ui.label(heading)
        with ui.element("tbody"):
            for name, old, new in rows:
                with ui.element("tr"):
                    for text, style in ((name, ""), (old, ""), (new, "font-semibold")):
                        with ui.element("td").classes(style):
                            ui.label(text or NOTHING)


def _about(entry: AuditEntry) -> str:
    name = entry.detail.get("name", "")
    return str(name) if isinstance(name, str) and entry.area != "loan" else ""


def _plain(value: Any) -> bool:
    return isinstance(value, str | int) and value not in {"", 0} and not isinstance(value, bool)


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(title(str(each)) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int):
        return str(value)
    return msgspec.json.encode(value).decode() if value is not None else ""
