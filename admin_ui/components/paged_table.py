"""A table whose rows are read a page at a time, by cursor, from a list of any length."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import background_tasks, ui

from admin_ui.components import skeleton
from admin_ui.components.attempt import attempt
from admin_ui.components.problem_banner import problem_banner
from admin_ui.components.table import Column, Row, described, table, turned
from servicing.views import Page

Read = Callable[[str | None, str], Awaitable[Page]]
"""Reads the page at a cursor in an order."""


class PagedTable:
    """Reads its first page by itself; ``again`` starts over, as after a changed filter."""

    def __init__(
        self,
        columns: tuple[Column, ...],
        read: Read,
        as_row: Callable[[Any], Row],
        *,
        key: str,
        label: str,
        sort: str = "",
        when_empty: Callable[[], Any],
        on_sort: Callable[[str], Any] = lambda sort: None,
        on_press: Callable[[str], Any] | None = None,
    ) -> None:
        self._columns, self._read, self._as_row = columns, read, as_row
        self._key, self._label, self.sort = key, label, sort
        self._when_empty, self._on_sort, self._on_press = when_empty, on_sort, on_press
        self._cursors: list[str | None] = [None]
        self._before = 0
        self._asked = 0
        self._table: ui.table | None = None
        self._body = ui.element("div").classes("w-full")
        with self._body:
            skeleton.lines(8)
        with ui.element("div").classes("lw-foot") as self._foot:
            self._where = ui.label().props('role="status"')
            with ui.row().classes("gap-2"):
                self._previous = ui.button("Previous", on_click=self._back).props("flat dense")
                self._next = ui.button("Next", on_click=self._forward).props("flat dense")
        self._foot.set_visibility(False)
        self.again()

    def again(self) -> None:
        """Start over from the first page."""
        self._cursors, self._before = [None], 0
        self._go()

    def _go(self) -> None:
        background_tasks.create(self._fill(), context=self._body)

    def _forward(self) -> None:
        self._before += self._count
        self._cursors.append(self._next_cursor)
        self._go()

    def _back(self) -> None:
        self._cursors.pop()
        self._before = max(0, self._before - self._page_size)
        self._go()

    async def _fill(self) -> None:
        self._asked += 1
        turn = self._asked

        def failed(fault: Exception) -> None:
            if turn == self._asked and not self._body.is_deleted:
                self._clear()
                with self._body:
                    problem_banner(fault, self.again).classes("m-3")

        page = await attempt(lambda: self._read(self._cursors[-1], self.sort), failed)
        if page is not None and turn == self._asked and not self._body.is_deleted:
            self._show(page)

    def _show(self, page: Page) -> None:
        self._count, self._next_cursor = len(page.items), page.next_cursor
        if len(self._cursors) == 1:
            self._page_size = len(page.items)
        rows = [self._as_row(item) for item in page.items]
        if not rows:
            self._clear()
            with self._body:
                self._when_empty()
        elif self._table is None:
            self._clear()
            with self._body:
                self._table = table(
                    self._columns,
                    rows,
                    key=self._key,
                    label=self._label,
                    on_sort=self._sorted,
                    on_press=self._on_press,
                    sort=self.sort,
                )
        else:
            self._table.columns = described(self._columns, self.sort)
            self._table.rows = rows
        self._foot.set_visibility(bool(rows))
        last = self._before + len(rows)
        total = f" of {page.total:,}" if page.total is not None else ""
        self._where.set_text(f"{self._before + 1:,}–{last:,}{total}")
        self._previous.set_enabled(len(self._cursors) > 1)
        self._next.set_enabled(page.has_more)

    def _sorted(self, column: str) -> None:
        self.sort = turned(self.sort, column)
        self._on_sort(self.sort)
        self.again()

    def _clear(self) -> None:
        self._table = None
        self._body.clear()
        self._foot.set_visibility(False)
