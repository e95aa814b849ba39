"""All loans: search, filter, sort, a page at a time; every choice stands in the address."""

from __future__ import annotations

from functools import partial
from typing import Any

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.as_of import as_of_picker, moment_banner
from admin_ui.components.bulk_dialog import BulkDialog, kinds_for
from admin_ui.components.empty_state import empty_state
from admin_ui.components.loan_rows import COLUMNS, loan_row
from admin_ui.components.paged_table import PagedTable
from admin_ui.downloads import LOANS
from admin_ui.formats import month
from admin_ui.loan_filters import WORST_FIRST, asked_of, filters_of
from admin_ui.moment import Moment, day_of, moment_of
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import stage_title, title
from engine.loan.status import LoanStatus
from servicing import reads
from servicing.permissions import require
from servicing.views import Page

ROWS_A_PAGE = 25
NARROWED_BY = ("search", "status", "product", "stage", "late_days", "begun")


async def page(request: Request) -> None:
    """The list of loans, as of a day and as known at a moment."""
    visitor = visitor_of(request)
    require(visitor.actor, "loans:read")
    chosen, at = filters_of(request.query_params), moment_of(request.query_params)
    with shell(visitor, "/loans", "Loans", "Everyone who owes, and who has paid") as actions:
        moment_banner("/loans", at, visitor.business_date)
        with ui.card().classes("flush"):
            found = LoanList(visitor, chosen, at)
        with actions:
            as_of_picker("/loans", at, visitor.business_date, **chosen)
            ui.button("Export", icon="download", on_click=found.export).props("outline")
            if at.is_now and kinds_for(visitor):
                ui.button("Act on all", on_click=found.act).props("outline")


class LoanList:
    """The list with its filters."""

    def __init__(self, visitor: Visitor, chosen: dict[str, str], at: Moment) -> None:
        self._visitor, self._chosen, self._at = visitor, chosen, at
        catalog = visitor.house.catalog.products
        products = {name: versions[-1].title for name, versions in sorted(catalog.items())}
        with ui.element("div").classes("lw-bar"):
            search = ui.input(placeholder="Borrower, loan or reference", value=chosen["search"])
            search.props('clearable debounce=300 aria-label="Search loans"').classes("grow w-60")
            search.on_value_change(lambda event: self._choose("search", event.value))
            statuses = {status.value: title(status) for status in LoanStatus}
            self._select("status", "Any status", statuses)
            self._select("product", "Any product", products)
            self._select("stage", "Any stage", stages_of(visitor))
            for name, words in _also(chosen).items():
                self._chip(name, words)
        self._list = PagedTable(
            COLUMNS,
            self._read,
            partial(loan_row, at=at),
            key="loan_id",
            label="Loans",
            sort=chosen["sort"] or WORST_FIRST,
            when_empty=self._nothing,
            on_sort=lambda sort: self._remember("sort", sort),
        )

    def export(self) -> None:
        """Exactly the rows shown, all pages of them, as a file."""
        ui.download.from_url(self._at.address(LOANS, **self._chosen))

    def act(self) -> None:
        """One command for every loan of the list as it is narrowed now."""
        asked = asked_of(self._chosen)
        BulkDialog(self._visitor, {name: value for name, value in asked.items() if value})

    def _select(self, name: str, everything: str, options: dict[str, str]) -> None:
        value = self._chosen[name] if self._chosen[name] in options else ""
        select = ui.select({"": everything, **options}, value=value)
        select.props["aria-label"] = everything.replace("Any", "Filter by")
        select.classes("w-36 max-[599px]:grow").on_value_change(
            lambda event: self._choose(name, event.value)
        )

    def _chip(self, name: str, words: str) -> None:
        """A filter that came with the address, and a way to take it off."""
        with ui.element("div").classes("lw-chip") as chip:
            ui.label(words)

            def off() -> None:
                chip.delete()
                self._choose(name, "")

            button = ui.button(icon="close", on_click=off).props("flat round dense size=sm")
            button.props["aria-label"] = f"Take off the filter: {words}"

    def _choose(self, name: str, value: str | None) -> None:
        self._remember(name, value or "")
        self._list.again()

    def _remember(self, name: str, value: str) -> None:
        self._chosen[name] = value
        ui.navigate.history.replace(self._at.address("/loans", **self._chosen))

    async def _read(self, cursor: str | None, sort: str) -> Page:
        now = await self._visitor.still()
        moment = {"as_of": self._at.as_of, "as_known_at": self._at.as_known_at}
        asked = {**asked_of(self._chosen), **moment, "sort": sort}
        return await reads.loans(now.house, now.actor, cursor=cursor, limit=ROWS_A_PAGE, **asked)

    def _nothing(self) -> Any:
        if any(self._chosen[name] for name in NARROWED_BY):
            return empty_state(
                "search_off",
                "No loan fits",
                "Try fewer filters, or part of a name.",
                action="All loans",
                target=self._at.address("/loans"),
            )
        return empty_state(
            "account_balance",
            "No loans yet",
            "Board loans from another system, or book the first over the API.",
        )


def _also(chosen: dict[str, str]) -> dict[str, str]:
    """Filters that only an address sets, in words."""
    words = {}
    if chosen["late_days"]:
        words["late_days"] = f"{chosen['late_days']} or more days past due"
    if begun := day_of(f"{chosen['begun']}-01"):
        words["begun"] = f"Contracts of {month(begun)}"
    return words


def stages_of(visitor: Visitor) -> dict[str, str]:
    """Delinquency stages that any product has, by lateness, in words."""
    first_day = {"current": 0}
    for versions in visitor.house.catalog.products.values():
        for version in versions:
            for stage in version.delinquency.stages:
                first_day.setdefault(stage.name, stage.days_past_due)
    return {name: stage_title(name) for name in sorted(first_day, key=first_day.__getitem__)}
