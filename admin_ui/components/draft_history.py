"""What was done to a draft and said about it; changes that follow each other are told as one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from nicegui import ui

from admin_ui.components.draft_words import ACTIONS
from admin_ui.formats import moment
from servicing.views.publishing import DraftEntryView


def draft_history(entries: tuple[DraftEntryView, ...]) -> None:
    """The history of a draft, the latest first."""
    with ui.element("ul").classes("lw-line"):
        for last, number in reversed(list(told(entries))):
            with ui.element("li"):
                with ui.element("div").classes("row1"):
                    words = ACTIONS[last.action] + (f" ({number} times)" if number > 1 else "")
                    ui.label(f"{last.name} {words}").classes("ttl")
                if last.comment:
                    ui.label(last.comment)
                ui.label(moment(last.recorded_at)).classes("meta")


def told(entries: tuple[DraftEntryView, ...]) -> Iterator[tuple[DraftEntryView, int]]:
    """Each entry with how many of its kind by the same person it stands for."""
    for key, several in groupby(entries, key=lambda entry: (entry.action, entry.actor)):
        found = list(several)
        if key[0] == "edited":
            yield found[-1], len(found)
        else:
            yield from ((entry, 1) for entry in found)
