"""The as-of picker: look at the same page on another day, or as it was known then."""

from __future__ import annotations

from datetime import date

from nicegui import ui

from admin_ui.components.day_field import day_field
from admin_ui.components.problem_banner import banner
from admin_ui.formats import day, moment
from admin_ui.moment import Moment, day_of, end_of


def as_of_picker(path: str, now: Moment, business_date: date, **filters: str) -> None:
    """A button that opens the choice of day; choosing goes to the page's address for that day."""
    shown = now.as_of or business_date
    label = f"As of {day(shown)}"
    with ui.button(label, icon="event").props('outline aria-haspopup="dialog"'):
        with ui.menu(), ui.column().classes("gap-3 p-4 w-72"):
            ui.label("Show the book as of").classes("font-semibold")
            chosen = day_field("As of", value=shown.isoformat()).classes("w-full")
            known = day_field(
                "As known at the end of",
                value=now.as_known_at.date().isoformat() if now.as_known_at else "",
            ).classes("w-full")
            known.props('hint="Empty: with all that is known today" clearable')

            def go() -> None:
                ui.navigate.to(chosen_moment(chosen.value, known.value).address(path, **filters))

            with ui.row().classes("gap-2 pt-2 w-full justify-end"):
                if not now.is_now:
                    ui.button(
                        "Today", on_click=lambda: ui.navigate.to(Moment().address(path, **filters))
                    ).props("flat")
                ui.button("Show", on_click=go)


def chosen_moment(as_of: str | None, as_known_at: str | None) -> Moment:
    """The moment chosen in the two fields; empty or unreadable ones choose nothing."""
    known_on = day_of(as_known_at)
    return Moment(day_of(as_of), end_of(known_on) if known_on else None)


def moment_banner(path: str, now: Moment, business_date: date) -> None:
    """Says that the page does not show today; nothing when it does."""
    if now.is_now or (now.as_of == business_date and now.as_known_at is None):
        return
    lines = []
    if now.as_known_at is not None:
        lines.append(f"Only what had been recorded by {moment(now.as_known_at)}.")
    later = now.as_of is not None and now.as_of > business_date
    title = f"{'Projected to' if later else 'As of'} {day(now.as_of or business_date)}"
    with banner("brand", title, *lines):
        ui.link("Back to today", path).classes("shrink-0")
