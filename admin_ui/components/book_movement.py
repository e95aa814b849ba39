"""How the book moved: the delinquency roll, vintages, and what falls due in the next weeks."""

from __future__ import annotations

from collections import defaultdict

from nicegui import ui

from admin_ui.components.chart import bars
from admin_ui.components.empty_state import empty_state
from admin_ui.components.heading import card
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import amount, count, day, money, month, percent
from admin_ui.moment import Moment
from admin_ui.words import stage_title, title
from servicing.movement import NEW
from servicing.views.portfolio import DueWeek, Movement, RollCell, VintageRow

ENDED = ("paid_off", "charged_off", "cancelled", "booked", NEW)
OVER = ("paid_off", "charged_off", "cancelled")
"""What was over before moved nowhere."""
VINTAGES = (
    Column("month", "Contracts of"),
    Column("loans", "Loans", numeric=True),
    Column("active", "Active", numeric=True, narrow=False),
    Column("paid_off", "Paid off", numeric=True, narrow=False),
    Column("late", "30+ days late", numeric=True),
    Column("charged_off", "Charged off", numeric=True, narrow=False),
    Column("principal", "Principal left", numeric=True, narrow=False),
)


def show_movement(found: Movement, at: Moment, stages: dict[str, str]) -> None:
    """Three cards; ``stages`` are those of the products, by lateness."""
    with card(f"Where loans moved since {day(found.since)}", flush=True):
        _roll(found.roll, at, stages)
    with ui.element("div").classes("lw-grid wide"):
        with card("Loans by the month of their contract", flush=True):
            if found.vintages:
                rows = [vintage_row(each, at) for each in reversed(found.vintages)]
                table(VINTAGES, rows, key="month", label="Loans by the month of their contract")
            else:
                empty_state("calendar_month", "No contracts yet", "")
        with card("Falls due next, by week"):
            _due(found.due, found.currency)


def roll_table(cells: tuple[RollCell, ...], stages: dict[str, str]) -> tuple[list[str], list[str]]:
    """Standings before and now that any loan has, by lateness, what is over last.

    Loans that were over before are left out.
    """
    order = {name: place for place, name in enumerate((*stages, *ENDED))}

    def place(name: str) -> tuple[int, str]:
        return order.get(name, len(order)), name

    return (
        sorted({cell.was for cell in cells if cell.was not in OVER}, key=place),
        sorted({cell.now for cell in cells if cell.was not in OVER}, key=place),
    )


def _roll(cells: tuple[RollCell, ...], at: Moment, stages: dict[str, str]) -> None:
    if not cells:
        empty_state("swap_vert", "No loans yet", "")
        return
    before, now = roll_table(cells, stages)
    loans: defaultdict[tuple[str, str], int] = defaultdict(int)
    for cell in cells:
        loans[cell.was, cell.now] += cell.loans
    scroll = ui.element("div").classes("lw-roll").props("tabindex=0 role=region")
    scroll.props["aria-label"] = "Where loans stood before, and where they stand now"
    with scroll, ui.element("table"):
        with ui.element("thead"), ui.element("tr"):
            for name in ("Stood", *(_name(each) for each in now)):
                with ui.element("th").props("scope=col"):
                    ui.label(name)
        with ui.element("tbody"):
            for was in before:
                with ui.element("tr"):
                    with ui.element("th").props("scope=row"):
                        ui.label(_name(was))
                    for each in now:
                        number = loans[was, each]
                        style = "same" if was == each else "worse" if _worse(was, each, now) else ""
                        with ui.element("td").classes(style if number else ""):
                            if number:
                                ui.link(f"{number:,}", _address(each, at))
                            else:
                                ui.label("·").classes("none")


def _worse(was: str, now: str, order: list[str]) -> bool:
    """Whether loans in this cell went to a later stage, or were charged off."""
    stages = [name for name in order if name not in ENDED]
    if now not in stages:
        return now == "charged_off"
    before = stages.index(was) if was in stages else 0
    return stages.index(now) > before


def _address(standing: str, at: Moment) -> str:
    if standing in ENDED:
        return at.address("/loans", status=standing)
    return at.address("/loans", status="active", stage=standing)


def _name(standing: str) -> str:
    if standing == NEW:
        return "Not begun"
    return title(standing) if standing in ENDED else stage_title(standing)


def _due(weeks: tuple[DueWeek, ...], currency: str) -> None:
    total = sum(week.loans for week in weeks)
    bars(
        [day(week.first_day).rpartition(",")[0] for week in weeks],
        {"Due": [week.amount for week in weeks]},
        summary="; ".join(
            f"week of {day(week.first_day)}: {money(week.amount, currency)}" for week in weeks
        ),
        height=210,
    )
    ui.label(
        f"The next due date of {count(total, 'loan')}; what is past due is part of it."
    ).classes("lw-sub")


def vintage_row(row: VintageRow, at: Moment) -> Row:
    """Loans of one month as a row; each number leads to its loans."""
    begun = f"{row.month:%Y-%m}"
    late = percent(str(row.late_30 / row.loans), 1) if row.late_30 else ""
    asked = {
        "loans": (row.loans, {}),
        "active": (row.active, {"status": "active"}),
        "paid_off": (row.paid_off, {"status": "paid_off"}),
        "late": (row.late_30, {"late_days": "30"}),
        "charged_off": (row.charged_off, {"status": "charged_off"}),
    }
    cells: Row = {name: f"{number:,}" for name, (number, _) in asked.items()}
    for name, (number, more) in asked.items():
        if number:
            cells[f"{name}_href"] = at.address("/loans", begun=begun, **more)
    return {
        **cells,
        "month": month(row.month),
        "late_second": late,
        "principal": amount(row.principal),
    }
