"""Overrides: commands that a rule refuses and that wait for a second person, and what became of
them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.empty_state import empty_state
from admin_ui.components.facts import Facts
from admin_ui.components.heading import card
from admin_ui.components.later import Later
from admin_ui.components.pill import pill
from admin_ui.components.problem_banner import problem_banner
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import day, moment, short_id
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title, tone
from servicing import overrides
from servicing.permissions import require
from servicing.views import OverrideView, Receipt

PAST = (
    Column("state", "State"),
    Column("command", "Command", wrap=True),
    Column("asked", "Asked by", narrow=False, wrap=True),
    Column("decided", "Decided by", narrow=False, wrap=True),
    Column("reason", "Reason", narrow=False, wrap=True),
)
Act = Callable[[Visitor, OverrideView, str], Awaitable[OverrideView | Receipt]]


async def page(request: Request) -> None:
    """What waits for a second person first, then what may be carried out, then the past."""
    visitor = visitor_of(request)
    require(visitor.actor, "loans:read")
    subtitle = "A second person lets a rule be set aside for one command"
    with shell(visitor, "/overrides", "Overrides", subtitle):
        Later(
            partial(_read, visitor), partial(_show, visitor), classes="flex flex-col gap-5 w-full"
        )


async def _read(visitor: Visitor) -> tuple[OverrideView, ...]:
    now = await visitor.still()
    return await overrides.listed(now.house)


def _show(visitor: Visitor, found: tuple[OverrideView, ...]) -> None:
    waiting = [view for view in found if view.state == "requested"]
    approved = [view for view in found if view.state == "approved"]
    past = [view for view in found if view.state not in ("requested", "approved")]
    if not waiting:
        with ui.card().classes("flush"):
            empty_state("how_to_reg", "Nothing waits for a second person", "")
    for view in waiting:
        _open(visitor, view)
    for view in approved:
        _open(visitor, view)
    if past:
        with card("Decided, used and expired", flush=True):
            table(
                PAST, [past_row(view) for view in past], key="override_id", label="Past overrides"
            )


def _open(visitor: Visitor, view: OverrideView) -> None:
    """One request with what it is about, and what this person may do."""
    with card(title(view.command)) as side:
        with side:
            pill(view.state, tone(view.state), text=_standing(view))
        for rule in view.rules:
            ui.label(rule.message)
            ui.link(f"{rule.rule} ({rule.citation})", f"/rules/{rule.rule}").classes("lw-link")
        facts = Facts()
        if view.loan_id:
            facts.add("Loan", short_id(view.loan_id), href=f"/loans/{view.loan_id}")
        for name, value in view.detail.items():
            if name not in ("command", "reason") and isinstance(value, str | int):
                facts.add(title(name), str(value))
        facts.add("Reason", view.reason)
        facts.add("Asked by", f"{view.requested_name}, {moment(view.requested_at)}")
        if view.decided_at is not None:
            facts.add("Let through by", f"{view.decided_name}, {moment(view.decided_at)}")
        facts.add("May be used until", day(view.expires_on))
        Deciding(visitor, view)


class Deciding:
    """The buttons of one request, and what came of pressing one."""

    def __init__(self, visitor: Visitor, view: OverrideView) -> None:
        self._visitor, self._view = visitor, view
        mine = view.requested_by == visitor.actor.actor_id
        self._note: ui.input | None = None
        actions: list[tuple[str, Act]] = []
        if view.state == "requested":
            if visitor.may(overrides.APPROVE) and not mine:
                self._note = ui.input("Note").classes("w-full")
                actions = [("Let through", _approve), ("Decline", _decline)]
            elif mine:
                actions = [("Take back", _decline)]
                ui.label("Another person must let it through.").classes("lw-sub")
        else:
            actions = [("Carry out", _carry_out)]
        self._outcome = ui.element("div").classes("w-full").props('aria-live="polite"')
        with ui.row().classes("gap-2"):
            for name, act in actions:
                press = ui.button(name, on_click=partial(self._press, act))
                press.props["aria-label"] = f"{name}: {title(view.command)}"
                if name in ("Decline", "Take back"):
                    press.props("outline")

    async def _press(self, act: Act) -> None:
        note = str(self._note.value or "") if self._note is not None else ""

        async def work() -> OverrideView | Receipt:
            return await act(await self._visitor.still(), self._view, note)

        if await attempt(work, self._failed) is not None:
            ui.navigate.to("/overrides")

    def _failed(self, fault: Exception) -> None:
        self._outcome.clear()
        with self._outcome:
            problem_banner(fault)


async def _approve(now: Visitor, view: OverrideView, note: str) -> OverrideView:
    return await overrides.approve(now.house, now.actor, view.override_id, note)


async def _decline(now: Visitor, view: OverrideView, note: str) -> OverrideView:
    return await overrides.decline(now.house, now.actor, view.override_id, note)


async def _carry_out(now: Visitor, view: OverrideView, note: str) -> Receipt:
    return await overrides.carry_out(now.house, now.actor, view.override_id)


def _standing(view: OverrideView) -> str:
    return "Awaiting a second person" if view.state == "requested" else "Let through"


def past_row(view: OverrideView) -> Row:
    """An override that is over, as a row."""
    loan = view.used_on or view.loan_id
    return {
        "override_id": view.override_id,
        "state": title(view.state),
        "state_tone": tone(view.state),
        "command": title(view.command),
        "command_href": f"/loans/{loan}" if loan else "/overrides",
        "command_second": ", ".join(rule.rule for rule in view.rules),
        "asked": view.requested_name,
        "decided": view.decided_name or "Nobody",
        "reason": view.reason,
    }
