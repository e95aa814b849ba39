"""Boarding: bring a file of loans, see every bad row, then board the good ones with progress."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import events, ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.heading import card
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import count
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from servicing import boarding
from servicing.boarding.columns import COLUMNS
from servicing.permissions import require
from servicing.views import BoardingReport

LARGEST = 50_000_000
SHOWN = 200
"""Bad cells listed on the page; the command line lists all."""
PICK = "() => { getElement(%d).$refs.qRef.reset(); getElement(%d).$refs.qRef.pickFiles() }"
PROBLEMS = (
    Column("line", "Line", numeric=True),
    Column("column", "Column"),
    Column("value", "Found", narrow=False, wrap=True),
    Column("message", "What is wrong", wrap=True),
)


async def page(request: Request) -> None:
    """Check a file, then board it."""
    visitor = visitor_of(request)
    require(visitor.actor, "boarding:write")
    with shell(visitor, "/boarding", "Boarding", "Take over loans in mid-life from a CSV file"):
        BoardingPage(visitor)


class BoardingPage:
    """From the choice of a file to its report."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._text = ""
        products = {
            row: versions[-1].title for row, versions in visitor.house.catalog.products.items()
        }
        with ui.element("div").classes("lw-grid wide"):
            with card("A file of loans"):
                self._product = ui.select(
                    products, label="Product they board into", value=next(iter(products), None)
                ).classes("w-full")
                upload = ui.upload(
                    auto_upload=True, max_files=1, max_file_size=LARGEST,
                    on_upload=self._uploaded,
                    on_rejected=lambda: ui.notify("Choose a CSV file of at most 50 MB."),
                )  # fmt: skip
                upload.props("accept=.csv,text/csv").classes("hidden")
                with ui.element("div").classes("lw-drop"):
                    ui.label("A CSV file of at most 50 MB; its first line names the columns.")
                    choose = ui.button("Choose a file", icon="upload_file").props("outline")
                    choose.on("click", js_handler=PICK % (upload.id, upload.id))
                self._outcome = ui.element("div").classes("flex flex-col gap-4 w-full")
                self._outcome.props('aria-live="polite"')
            with card("Columns"):
                ui.label(
                    "The first line names the columns, in any order. Dates are year-month-day, "
                    "amounts plain digits, rates decimals per year."
                ).classes("lw-sub")
                with ui.element("ul").classes("m-0 pl-5 list-disc"):
                    for column in COLUMNS:
                        with ui.element("li"):
                            needed = "" if column.required else " (optional)"
                            ui.label(f"{column.name}{needed}").classes("mono inline")

    async def _uploaded(self, event: events.UploadEventArguments) -> None:
        content = await event.file.read()
        try:
            self._text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self._say(lambda: banner("bad", "Not text", "The file is not UTF-8 text."))
            return
        report = await self._asked(self._check)
        if report is not None:
            self._say(lambda: self._show(report, checked=True))

    async def _check(self, now: Visitor) -> BoardingReport:
        return await boarding.validate(now.house, now.actor, self._text, self._product.value)

    async def _board(self, now: Visitor) -> BoardingReport:
        self._outcome.clear()
        with self._outcome:
            ui.label("Boarding").classes("font-semibold")
            bar = ui.linear_progress(0, show_value=False).props('aria-label="Loans boarded"')
            told = ui.label("").classes("lw-sub num")

        def progress(done: int, total: int) -> None:
            bar.value = done / max(total, 1)
            told.text = f"{done:,} of {count(total, 'loan')}"

        return await boarding.board(
            now.house, now.actor, self._text, self._product.value, progress=progress
        )

    async def _start(self) -> None:
        report = await self._asked(self._board)
        if report is not None:
            self._say(lambda: self._show(report, checked=False))

    async def _asked(
        self, work: Callable[[Visitor], Awaitable[BoardingReport]]
    ) -> BoardingReport | None:
        async def asked() -> BoardingReport:
            return await work(await self._visitor.still())

        return await attempt(asked, lambda fault: self._say(lambda: problem_banner(fault)))

    def _say(self, show: Callable[[], object]) -> None:
        self._outcome.clear()
        with self._outcome:
            show()

    def _show(self, report: BoardingReport, *, checked: bool) -> None:
        good = report.rows - report.bad_rows - report.already_boarded
        if checked:
            words = f"{count(good, 'row')} can be boarded, {count(report.bad_rows, 'row')} cannot"
        else:
            words = f"{count(report.boarded, 'loan')} boarded"
        before = f"; {report.already_boarded:,} boarded before" if report.already_boarded else ""
        banner(
            "warn" if report.problems else "ok", "Checked" if checked else "Done", words + before
        )
        if report.problems:
            rows: list[Row] = [
                {
                    "key": number,
                    "line": problem.line,
                    "column": problem.column or "the row",
                    "value": problem.value,
                    "message": problem.message,
                }
                for number, problem in enumerate(report.problems[:SHOWN])
            ]
            table(PROBLEMS, rows, key="key", label="What is wrong")
        if checked and good > 0:
            ui.button(f"Board {count(good, 'loan')}", on_click=self._start)
        elif not checked:
            ui.link("See them in the list of loans", "/loans")
