"""Bulk actions begun: what each is, how far it is, and the way back to it."""

from __future__ import annotations

from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.empty_state import empty_state
from admin_ui.components.later import Later
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import count, moment
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title, tone
from servicing import bulk
from servicing.permissions import require
from servicing.views.bulk import BulkView

COLUMNS = (
    Column("command", "Command", wrap=True),
    Column("loans", "Loans", numeric=True),
    Column("who", "By", narrow=False),
    Column("state", "State"),
)


async def page(request: Request) -> None:
    """Runs, newest first."""
    visitor = visitor_of(request)
    require(visitor.actor, "loans:read")
    subtitle = "One command on every loan of a list, previewed before it is carried out"
    with shell(visitor, "/bulk", "Bulk actions", subtitle):
        with ui.card().classes("flush"):
            Later(partial(_read, visitor), _show)


async def _read(visitor: Visitor) -> tuple[BulkView, ...]:
    now = await visitor.still()
    return await bulk.listed(now.house, now.actor)


def _show(found: tuple[BulkView, ...]) -> None:
    if not found:
        empty_state(
            "playlist_play", "No bulk actions yet",
            "Narrow the list of loans to those you mean, then choose Act on all.",
            action="Loans", target="/loans",
        )  # fmt: skip
        return
    table(COLUMNS, [run_row(run) for run in found], key="run_id", label="Bulk actions")


def run_row(run: BulkView) -> Row:
    """A run as a row."""
    return {
        "run_id": run.run_id,
        "command": title(run.command),
        "command_href": f"/bulk/{run.run_id}",
        "command_second": moment(run.recorded_at),
        "loans": f"{run.total:,}",
        "who": run.actor_name,
        "state": title(run.state),
        "state_tone": tone(run.state),
    }


def sums(run: BulkView) -> str:
    """How many loans it was, would be and cannot be carried out on."""
    parts = []
    if run.done:
        parts.append(f"carried out on {count(run.done, 'loan')}")
    if run.would:
        parts.append(f"would be carried out on {count(run.would, 'loan')}")
    if run.refused:
        parts.append(f"cannot be on {count(run.refused, 'loan')}")
    if run.waiting:
        parts.append(f"{count(run.waiting, 'loan')} not looked at yet")
    words = ", ".join(parts) or "no loans"
    return words[:1].upper() + words[1:]
