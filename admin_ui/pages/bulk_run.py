"""One bulk action: its preview with every loan, its progress, and the receipt of what was done."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import msgspec
from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.empty_state import empty_state
from admin_ui.components.explanation import value_words
from admin_ui.components.facts import Facts
from admin_ui.components.heading import card
from admin_ui.components.paged_table import PagedTable
from admin_ui.components.pill import pill
from admin_ui.components.problem_banner import banner, problem_banner
from admin_ui.components.table import Column, Row
from admin_ui.formats import amount, count, moment, short_id
from admin_ui.pages.bulk import sums
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title, tone
from engine.loan.commands import Command
from servicing import bulk
from servicing.actor import Actor
from servicing.house import House
from servicing.permissions import scope_for
from servicing.views import Page
from servicing.views.bulk import BulkLoan, BulkView

COLUMNS = (
    Column("loan", "Loan"),
    Column("message", "What is recorded, or why nothing is", wrap=True),
    Column("before", "Owed before", numeric=True, narrow=False),
    Column("after", "Owed after", numeric=True, narrow=False),
    Column("state", "State"),
)
STATES = {"": "All loans", "refused": "Refused", "would": "Would be done", "done": "Done"}
TAG = re.compile(r"[a-z]+(_[a-z]+)*")
AT_WORK = ("previewing", "running")
EVERY_SECONDS = 1.0
ROWS_A_PAGE = 25
Act = Callable[[House, Actor, str], Awaitable[BulkView]]


async def page(request: Request, run_id: str) -> None:
    """A run as far as it is; it goes on without this page."""
    visitor = visitor_of(request)
    run = await bulk.find(visitor.house, visitor.actor, run_id)
    subtitle = f"{run.actor_name}, {moment(run.recorded_at)}"
    with shell(visitor, "/bulk", title(run.command), subtitle) as actions:
        BulkRun(visitor, run, actions)


class BulkRun:
    """The run, looked at again each second while it is at work."""

    def __init__(self, visitor: Visitor, run: BulkView, actions: ui.element) -> None:
        self._visitor, self._run, self._actions, self._state = visitor, run, actions, ""
        command = msgspec.convert(run.detail, Command)
        self._mine = visitor.may(scope_for(command))
        self._head = ui.element("div").classes("w-full").props('aria-live="polite"')
        with card("The command"):
            _facts(run)
        with ui.card().classes("flush"):
            with ui.element("div").classes("lw-bar"):
                states = ui.select(STATES, value="").classes("w-48")
                states.props('aria-label="Which loans"')
                states.on_value_change(lambda event: self._narrow(event.value))
            self._list = PagedTable(
                COLUMNS, self._read, loan_row, key="place", label="Loans of the action",
                when_empty=_nothing,
            )  # fmt: skip
        self._draw(run)
        self._timer = ui.timer(EVERY_SECONDS, self._again, active=run.state in AT_WORK)

    def _draw(self, run: BulkView) -> None:
        self._run = run
        self._head.clear()
        with self._head, card() as _:
            with ui.row().classes("items-center gap-3"):
                pill(run.state, tone(run.state))
                ui.label(sums(run)).classes("font-semibold")
            if run.state in AT_WORK:
                left = run.waiting if run.state == "previewing" else run.would
                share = 1 - left / max(run.total, 1)
                bar = ui.linear_progress(share, show_value=False)
                bar.props["aria-label"] = f"{run.total - left:,} of {run.total:,} loans"
                ui.label("You may leave this page: it goes on.").classes("lw-sub")
            if run.state == "stopped":
                banner("warn", "It stopped", "The server ended while it was at work. It goes on "
                       "where it was; no loan gets the command twice.")  # fmt: skip
        self._buttons(run)

    def _buttons(self, run: BulkView) -> None:
        self._actions.clear()
        if not self._mine:
            return
        with self._actions:
            if run.state in (*AT_WORK, "previewed"):
                ui.button("Cancel", on_click=partial(self._press, bulk.cancel)).props("outline")
            if run.state == "previewed" and run.would:
                words = f"Carry out on {count(run.would, 'loan')}"
                ui.button(words, on_click=partial(self._press, bulk.carry_out))
            if run.state == "stopped":
                ui.button("Go on", on_click=partial(self._press, bulk.go_on))

    async def _press(self, act: Act) -> None:
        async def work() -> BulkView:
            now = await self._visitor.still()
            return await act(now.house, now.actor, self._run.run_id)

        run = await attempt(work, self._failed)
        if run is not None:
            self._draw(run)
            self._list.again()
            self._timer.active = run.state in AT_WORK

    async def _again(self) -> None:
        async def work() -> BulkView:
            now = await self._visitor.still()
            return await bulk.find(now.house, now.actor, self._run.run_id)

        run = await attempt(work, self._failed)
        if run is not None and run != self._run:
            self._draw(run)
            if run.state not in AT_WORK:
                self._timer.active = False
                self._list.again()

    def _failed(self, fault: Exception) -> None:
        with self._head:
            problem_banner(fault)

    def _narrow(self, state: str) -> None:
        self._state = state
        self._list.again()

    async def _read(self, cursor: str | None, sort: str) -> Page:
        now = await self._visitor.still()
        return await bulk.outcomes(
            now.house, now.actor, self._run.run_id, state=self._state, cursor=cursor,
            limit=ROWS_A_PAGE,
        )  # fmt: skip


def _facts(run: BulkView) -> None:
    facts = Facts()
    facts.add("Loans", f"{run.total:,}")
    for name, value in run.detail.items():
        if name != "command" and isinstance(value, str | int) and value != "":
            facts.add(title(name), field_words(str(value)))
    narrowed = {name: value for name, value in run.narrowed.items() if name != "sort"}
    listed = ", ".join(f"{title(name)}: {title(value)}" for name, value in narrowed.items())
    facts.add("List", listed or "all loans")


def field_words(value: str) -> str:
    """A field of a command for people: days and amounts written out, tags in words."""
    words = value_words(value)
    return title(value) if words == value and TAG.fullmatch(value) else words


def loan_row(loan: BulkLoan) -> Row:
    """A loan of a run as a row."""
    words = {"would": "Would be done"}.get(loan.state, title(loan.state))
    return {
        "place": loan.place,
        "loan": loan.borrower_name,
        "loan_href": f"/loans/{loan.loan_id}",
        "loan_second": short_id(loan.loan_id),
        "message": loan.message,
        "before": amount(loan.owed_before) if loan.owed_before else "",
        "after": amount(loan.owed_after) if loan.owed_after else "",
        "state": words,
        "state_tone": "" if loan.state == "waiting" else tone(loan.state),
    }


def _nothing() -> Any:
    return empty_state("checklist", "No loan is in this state", "")
