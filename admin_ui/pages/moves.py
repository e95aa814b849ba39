"""Plans to move existing loans to another version of their product."""

from __future__ import annotations

from datetime import date
from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.dialog import dialog
from admin_ui.components.empty_state import empty_state
from admin_ui.components.later import Later
from admin_ui.components.problem_banner import problem_banner
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import day, moment
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing.permissions import require
from servicing.publishing import moves
from servicing.views.moves import MovePlan, MovePlanRow

COLUMNS = (
    Column("plan", "Loans of", wrap=True),
    Column("moved_on", "From", narrow=False),
    Column("state", "State"),
    Column("changed", "Last change", narrow=False),
)
TONES = {"planned": "warn", "approved": "brand", "carried_out": "ok", "undone": ""}


async def page(request: Request) -> None:
    """The list of plans."""
    visitor = visitor_of(request)
    require(visitor.actor, "products:read")
    subtitle = "Existing loans moved to another version of their product"
    with shell(visitor, "/drafts", "Moves", subtitle) as actions:
        if visitor.may(moves.MOVE):
            with actions:
                ui.button("Plan a move", icon="add", on_click=partial(plan_dialog, visitor))
        with ui.card().classes("flush"):
            Later(partial(_read, visitor), _show)


async def _read(visitor: Visitor) -> tuple[MovePlanRow, ...]:
    now = await visitor.still()
    return await moves.listed(now.house)


def _show(rows: tuple[MovePlanRow, ...]) -> None:
    if not rows:
        empty_state(
            "moving", "No plans",
            "Loans keep the version they were made under until a plan moves them.",
        )  # fmt: skip
        return
    table(COLUMNS, [plan_row(row) for row in rows], key="key", label="Plans to move loans")


def plan_row(row: MovePlanRow) -> Row:
    """A plan as a row of the table."""
    return {
        "key": row.plan_id,
        "plan": f"{title(row.product)} to version {row.to_version}",
        "plan_href": f"/moves/{row.plan_id}",
        "plan_second": row.condition or row.reason,
        "moved_on": day(row.moved_on),
        "state": title(row.state),
        "state_tone": TONES.get(row.state, ""),
        "changed": moment(row.changed_at),
    }


def plan_dialog(visitor: Visitor, product: str = "", version: int = 0) -> None:
    """Which loans, to what, from when; the plan previews each and moves none."""
    versions = {
        found.reference: f"{found.title}, version {found.version}"
        for name in sorted(visitor.house.catalog.products)
        for found in visitor.house.catalog.versions(name)
    }
    chosen_first = f"{product}@{version}" if version else None
    with dialog("Plan a move", "Every loan is previewed; nothing moves before another agrees") as w:
        with w.body:
            chosen = ui.select(versions, label="To", value=chosen_first).classes("w-full")
            on = ui.input("From", value=visitor.business_date.isoformat())
            on.props("type=date stack-label").classes("w-full")
            condition = ui.input("Which loans (optional)").classes("w-full")
            condition.props('hint="An expression: days_past_due = 0. Empty: all of the product"')
            reason = ui.input("Reason").classes("w-full")
            outcome = ui.element("div").classes("w-full").props('aria-live="polite"')

        def failed(fault: Exception) -> None:
            outcome.clear()
            with outcome:
                problem_banner(fault)

        async def make() -> None:
            for field in (chosen, on, reason):
                field.error = None if field.value else "This is needed."
            if not (chosen.value and on.value and reason.value):
                return
            name, _, number = str(chosen.value).partition("@")

            async def work() -> MovePlan:
                now = await visitor.still()
                return await moves.plan(
                    now.house, now.actor, product=name, to_version=int(number),
                    moved_on=date.fromisoformat(str(on.value)), reason=str(reason.value),
                    condition=str(condition.value or ""),
                )  # fmt: skip

            found = await attempt(work, failed)
            if found is not None:
                ui.navigate.to(f"/moves/{found.row.plan_id}")

        with w.foot:
            ui.button("Preview", on_click=make)
