"""Products: every version, which one is live, how many loans rest on it."""

from __future__ import annotations

from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.empty_state import empty_state
from admin_ui.components.later import Later
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import day
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title, tone
from servicing import catalog_reads
from servicing.permissions import require
from servicing.views import ProductVersionRow

COLUMNS = (
    Column("title", "Product"),
    Column("version", "Version", numeric=True),
    Column("state", "State"),
    Column("live", "Live", narrow=False),
    Column("family", "Family", narrow=False),
    Column("loans", "Loans", numeric=True),
)


async def page(request: Request) -> None:
    """The list of products and their versions."""
    visitor = visitor_of(request)
    require(visitor.actor, "products:read")
    with shell(visitor, "/products", "Products", "What is offered, version by version"):
        with ui.card().classes("flush"):
            Later(partial(_read, visitor), _show)


async def _read(visitor: Visitor) -> tuple[ProductVersionRow, ...]:
    now = await visitor.still()
    return await catalog_reads.products(now.house)


def _show(rows: tuple[ProductVersionRow, ...]) -> None:
    if not rows:
        empty_state(
            "inventory_2", "No products", "Publish one from its file: loanwright catalog apply."
        )
        return
    table(COLUMNS, [_row(row) for row in rows], key="key", label="Products")


def _row(row: ProductVersionRow) -> Row:
    until = f" to {day(row.live_until)}" if row.live_until else " on"
    return {
        "key": f"{row.product}@{row.version}",
        "title": row.title,
        "title_href": f"/products/{row.product}?version={row.version}",
        "title_second": row.product,
        "version": row.version,
        "state": title(row.state),
        "state_tone": tone(row.state),
        "live": f"{day(row.live_from)}{until}",
        "family": title(row.family),
        "loans": f"{row.loans:,}",
        "row_class": "" if row.state == "live" else "faded",
    }
