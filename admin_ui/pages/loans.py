"""All loans: search, filter, sort, a page at a time; every choice stands in the address."""

from __future__ import annotations

from typing import Any

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.empty_state import empty_state
from admin_ui.components.loan_rows import COLUMNS, loan_row
from admin_ui.components.paged_table import PagedTable
from admin_ui.moment import Moment
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import stage_title, title
from engine.loan.status import LoanStatus
from servicing import reads
from servicing.permissions import require
from servicing.views import Page

FILTERS = ("search", "status", "product", "stage", "sort")
ROWS_A_PAGE = 25
NEWEST_TROUBLE_FIRST = "-days_past_due"


async def page(request: Request) -> None:
    """The list of loans."""
    visitor = visitor_of(request)
    require(visitor.actor, "loans:read")
    chosen = {name: request.query_params.get(name, "") for name in FILTERS}
    products = visitor.house.catalog.products
    names = {name: versions[-1].title for name, versions in sorted(products.items())}
    with shell(visitor, "/loans", "Loans", "Everyone who owes, and who has paid"):
        with ui.card().classes("flush"):
            LoanList(visitor, chosen, names)


class LoanList:
    """The list with its filters."""

    def __init__(self, visitor: Visitor, chosen: dict[str, str], products: dict[str, str]) -> None:
        self._visitor, self._chosen = visitor, chosen
        with ui.element("div").classes("lw-bar"):
            search = ui.input(placeholder="Borrower, loan or reference", value=chosen["search"])
            search.props('clearable debounce=300 aria-label="Search loans"').classes("grow w-60")
            search.on_value_change(lambda event: self._choose("search", event.value))
            statuses = {status.value: title(status) for status in LoanStatus}
            self._select("status", "Any status", statuses)
            self._select("product", "Any product", products)
            self._select("stage", "Any stage", stages_of(visitor))
        self._list = PagedTable(
            COLUMNS,
            self._read,
            loan_row,
            key="loan_id",
            label="Loans",
            sort=chosen["sort"] or NEWEST_TROUBLE_FIRST,
            when_empty=self._nothing,
            on_sort=lambda sort: self._remember("sort", sort),
        )

    def _select(self, name: str, everything: str, options: dict[str, str]) -> None:
        value = self._chosen[name] if self._chosen[name] in options else ""
        select = ui.select({"": everything, **options}, value=value)
        select.props["aria-label"] = everything.replace("Any", "Filter by")
        select.classes("w-36 max-[599px]:grow").on_value_change(
            lambda event: self._choose(name, event.value)
        )

    def _choose(self, name: str, value: str | None) -> None:
        self._remember(name, value or "")
        self._list.again()

    def _remember(self, name: str, value: str) -> None:
        self._chosen[name] = value
        ui.navigate.history.replace(Moment().address("/loans", **self._chosen))

    async def _read(self, cursor: str | None, sort: str) -> Page:
        now = await self._visitor.still()
        return await reads.loans(
            now.house,
            now.actor,
            search=self._chosen["search"],
            status=self._chosen["status"] or None,
            product=self._chosen["product"] or None,
            stage=self._chosen["stage"] or None,
            cursor=cursor,
            limit=ROWS_A_PAGE,
            sort=sort,
        )

    def _nothing(self) -> Any:
        if any(self._chosen[name] for name in ("search", "status", "product", "stage")):
            return empty_state(
                "search_off",
                "No loan fits",
                "Try fewer filters, or part of a name.",
                action="All loans",
                target="/loans",
            )
        return empty_state(
            "account_balance",
            "No loans yet",
            "Board loans from another system, or book the first over the API.",
        )


def stages_of(visitor: Visitor) -> dict[str, str]:
    """Delinquency stages that any product has, by lateness, in words."""
    first_day = {"current": 0}
    for versions in visitor.house.catalog.products.values():
        for version in versions:
            for stage in version.delinquency.stages:
                first_day.setdefault(stage.name, stage.days_past_due)
    return {name: stage_title(name) for name in sorted(first_day, key=first_day.__getitem__)}
