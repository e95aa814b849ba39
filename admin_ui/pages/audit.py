"""The audit log: who did what and when, every figure before and after, and is it all true."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.audit_entry import entry_dialog, entry_row
from admin_ui.components.day_field import day_field
from admin_ui.components.empty_state import empty_state
from admin_ui.components.paged_table import PagedTable
from admin_ui.components.table import Column
from admin_ui.moment import Moment, day_of
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing import audit
from servicing.permissions import require
from servicing.views import Page
from servicing.views.office import AuditEntry

COLUMNS = (
    Column("who", "Who and when"),
    Column("what", "What", wrap=True),
    Column("subject", "About", narrow=False),
)
FILTERS = ("who", "subject", "area", "since", "until")
ROWS_A_PAGE = 25


async def page(request: Request) -> None:
    """What people and systems did, newest first."""
    visitor = visitor_of(request)
    require(visitor.actor, audit.SEE)
    chosen = {name: request.query_params.get(name, "") for name in FILTERS}
    subtitle = "Who did what, and when; what time brings by itself stands on each loan"
    with shell(visitor, "/audit", "Audit log", subtitle) as actions:
        if visitor.may(audit.CHECK):
            with actions:
                ui.button("Check the book").props('outline tag=a href="/daily-run"')
        with ui.card().classes("flush"):
            AuditLog(visitor, chosen)


class AuditLog:
    """The log with its filters."""

    def __init__(self, visitor: Visitor, chosen: dict[str, str]) -> None:
        self._visitor, self._chosen = visitor, chosen
        self._entries: dict[str, AuditEntry] = {}
        with ui.element("div").classes("lw-bar"):
            about = ui.input(placeholder="Loan, user, key or draft id", value=chosen["subject"])
            about.props('clearable debounce=300 aria-label="About"').classes("grow w-60")
            about.on_value_change(partial(self._choose, "subject"))
            areas = {"": "Everything", **{each: title(each) for each in audit.AREAS}}
            area = ui.select(areas, value=chosen["area"] if chosen["area"] in areas else "")
            area.props('aria-label="Kind of thing"').classes("w-36 max-[599px]:grow")
            area.on_value_change(partial(self._choose, "area"))
            for name, words in (("since", "From"), ("until", "To")):
                day = day_field(words, value=chosen[name]).classes("w-40 max-[599px]:grow")
                day.props("clearable")
                day.on_value_change(partial(self._choose, name))
            if chosen["who"]:
                with ui.element("div").classes("lw-chip"):
                    ui.label(f"By {chosen['who'][-8:]}")
                    ui.link("Everybody", "/audit")
        self._list = PagedTable(
            COLUMNS, self._read, self._row, key="key", label="Audit log",
            when_empty=_nothing, on_press=self._open,
        )  # fmt: skip

    def _choose(self, name: str, event: Any) -> None:
        self._chosen[name] = event.value or ""
        ui.navigate.history.replace(Moment().address("/audit", **self._chosen))
        self._list.again()

    async def _read(self, cursor: str | None, sort: str) -> Page:
        now = await self._visitor.still()
        return await audit.entries(
            now.house, now.actor, since=self._day("since"), until=self._day("until"),
            who=self._chosen["who"], subject=self._chosen["subject"],
            area=self._chosen["area"] if self._chosen["area"] in audit.AREAS else "",
            cursor=cursor, limit=ROWS_A_PAGE,
        )  # fmt: skip

    def _day(self, name: str) -> date | None:
        return day_of(self._chosen[name])

    def _row(self, entry: AuditEntry) -> dict[str, Any]:
        row = entry_row(entry)
        self._entries[row["key"]] = entry
        return row

    def _open(self, key: str) -> None:
        entry_dialog(self._visitor, self._entries[key])


def _nothing() -> Any:
    return empty_state(
        "manage_search", "Nothing was done", "Nobody did anything like this in these days.",
        action="All of it", target="/audit",
    )  # fmt: skip
