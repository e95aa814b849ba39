"""Drafts: what is being written, reviewed and waits to be published."""

from __future__ import annotations

from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.draft_words import STATES, draft_title, kind_title
from admin_ui.components.empty_state import empty_state
from admin_ui.components.later import Later
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import moment
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from servicing.permissions import require
from servicing.publishing import drafts
from servicing.views.publishing import DraftRowView

COLUMNS = (
    Column("title", "Draft", wrap=True),
    Column("kind", "Kind", narrow=False),
    Column("state", "State"),
    Column("from", "Begun from", narrow=False),
    Column("changed", "Last change", narrow=False),
)
OPEN = frozenset({"draft", "in_review", "approved"})


async def page(request: Request) -> None:
    """The list of drafts, those under way first."""
    visitor = visitor_of(request)
    require(visitor.actor, "products:read")
    with shell(visitor, "/drafts", "Drafts", "Changes of products and rules on their way") as row:
        with row:
            ui.button("Moves of loans").props('outline tag=a href="/moves"')
        if visitor.may(drafts.WRITE):
            with row:
                ui.button("New draft", icon="add").props('tag=a href="/drafts/new"')
        with ui.card().classes("flush"):
            Later(partial(_read, visitor), partial(_show, visitor))


async def _read(visitor: Visitor) -> tuple[DraftRowView, ...]:
    now = await visitor.still()
    return await drafts.listed(now.house)


def _show(visitor: Visitor, rows: tuple[DraftRowView, ...]) -> None:
    if not rows:
        may = visitor.may(drafts.WRITE)
        empty_state(
            "edit_note", "No drafts",
            "A draft is the next version of a product or a rule, before anybody is offered it.",
            action="New draft" if may else "", target="/drafts/new",
        )  # fmt: skip
        return
    ordered = sorted(rows, key=lambda row: row.state not in OPEN)
    table(COLUMNS, [draft_row(row) for row in ordered], key="key", label="Drafts")


def draft_row(row: DraftRowView) -> Row:
    """A draft as a row of the table."""
    words, tone = STATES[row.state]
    return {
        "key": row.draft_id,
        "title": draft_title(row),
        "title_href": f"/drafts/{row.draft_id}"
        + ("" if row.state in {"draft", "withdrawn"} else "/review"),
        "title_second": row.name if row.kind != "rule" else "",
        "kind": kind_title(row.kind),
        "state": words,
        "state_tone": tone,
        "from": row.began_from or "Nothing published",
        "changed": moment(row.changed_at),
        "row_class": "" if row.state in OPEN else "faded",
    }
