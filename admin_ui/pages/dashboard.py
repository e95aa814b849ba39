"""The book in real time: how much, how late, what moved, and which loans want attention."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components import skeleton
from admin_ui.components.as_of import as_of_picker, moment_banner
from admin_ui.components.book_movement import show_movement
from admin_ui.components.chart import bars
from admin_ui.components.empty_state import empty_state
from admin_ui.components.heading import card
from admin_ui.components.kpi import kpi
from admin_ui.components.later import Later
from admin_ui.components.loan_rows import BRIEF_COLUMNS, loan_row
from admin_ui.components.ranked_list import ranked_list
from admin_ui.components.table import table
from admin_ui.formats import big_money, count, day, money, month, percent
from admin_ui.moment import Moment, moment_of
from admin_ui.pages.loans import stages_of
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import stage_title
from servicing import movement, reads
from servicing.permissions import require
from servicing.views import MonthRow, PortfolioSummary, StageRow
from servicing.views.portfolio import Movement

EVERY_SECONDS = 15
"""So often the book is read again while the page is open."""
MOVED_EVERY_SECONDS = 120
"""How the book moved is read again so often: it looks at every loan twice."""
MONTHS_SHOWN = 12


async def page(request: Request) -> None:
    """The dashboard, as of today or of a day chosen."""
    visitor = visitor_of(request)
    require(visitor.actor, "portfolio:read")
    at = moment_of(request.query_params)
    business_date = visitor.business_date
    subtitle = f"Business date {day(business_date)}"
    with shell(visitor, "/", "Portfolio", subtitle) as actions:
        with actions:
            as_of_picker("/", at, business_date)
        moment_banner("/", at, business_date)
        book = Later(partial(_read, visitor, at), partial(_show, at=at), waiting=_waiting,
                     classes="flex flex-col gap-5 w-full")  # fmt: skip
        moved = Later(partial(_read_movement, visitor, at),
                      partial(show_movement, at=at, stages=stages_of(visitor)),
                      waiting=skeleton.block, classes="flex flex-col gap-5 w-full")  # fmt: skip
        if at.is_now:
            ui.timer(EVERY_SECONDS, book.again, immediate=False)
            ui.timer(MOVED_EVERY_SECONDS, moved.again, immediate=False)


async def _read(visitor: Visitor, at: Moment) -> PortfolioSummary:
    now = await visitor.still()
    return await reads.portfolio(now.house, now.actor, at.as_of, at.as_known_at)


async def _read_movement(visitor: Visitor, at: Moment) -> Movement:
    now = await visitor.still()
    return await movement.movement(now.house, now.actor, at.as_of, at.as_known_at)


def _waiting() -> None:
    skeleton.cards()
    with ui.card():
        skeleton.block()
    with ui.card():
        skeleton.lines()


def _show(book: PortfolioSummary, at: Moment) -> None:
    if not book.loans:
        with ui.card():
            empty_state(
                "account_balance",
                "No loans yet",
                "Board loans from another system, or book the first over the API.",
                action="Board loans",
                target="/boarding",
            )
        return
    _figures(book, at)
    with ui.element("div").classes("lw-grid wide even"):
        with card(f"Disbursed and collected, {book.currency}"):
            _months(book.months[-MONTHS_SHOWN:], book.currency)
        with card("Principal by delinquency stage"):
            _stages(book.stages, at)
    with ui.element("div").classes("lw-grid wide"):
        with card("Loans needing attention", flush=True) as side:
            with side:
                ui.link("All past due", at.address("/loans", late_days="1")).classes("text-[13px]")
            _attention(book, at)
        with card("By product"):
            _products(book, at)


def _figures(book: PortfolioSummary, at: Moment) -> None:
    collected = book.months[-1].collected if book.months else "0"
    before = book.months[-2].collected if len(book.months) > 1 else ""
    late = Decimal(book.past_due_30_share)
    with ui.element("div").classes("lw-grid four"):
        kpi(
            "Principal balance",
            big_money(book.principal, book.currency),
            exact=money(book.principal, book.currency),
            href=at.address("/loans", sort="-principal"),
            strong=big_money(book.accrued_interest, book.currency),
            note="accrued interest",
        )
        kpi(
            "30 or more days past due",
            percent(book.past_due_30_share),
            href=at.address("/loans", late_days="30"),
            strong=big_money(book.amount_past_due, book.currency),
            tone="bad" if late >= Decimal("0.05") else "warn" if late else "ok",
            note=f"past due on {count(book.past_due_loans, 'loan')}",
        )
        kpi(
            "Collected this month",
            big_money(collected, book.currency),
            exact=money(collected, book.currency),
            note=f"last month {big_money(before, book.currency)}" if before else "",
        )
        kpi(
            "Active loans",
            f"{book.active_loans:,}",
            href=at.address("/loans", status="active"),
            note=f"of {book.loans:,} ever booked or boarded",
        )


def _months(months: tuple[MonthRow, ...], currency: str) -> None:
    disbursed = [row.disbursed for row in months]
    collected = [row.collected for row in months]
    last = ""
    if months:
        last = f"; in {month(months[-1].month)} {money(collected[-1], currency)} collected"
    bars(
        [month(row.month) for row in months],
        {"Disbursed": disbursed, "Collected": collected},
        summary=f"Disbursed and collected in the last {len(months)} months{last}",
    )


def _stages(stages: tuple[StageRow, ...], at: Moment) -> None:
    largest = max((float(row.share) for row in stages), default=1) or 1
    ranked_list(
        [
            (stage_title(row.stage), at.address("/loans", status="active", stage=row.stage),
             float(row.share) / largest, f"{percent(row.share, 1)} · {row.loans:,}")
            for row in stages
        ],
        "Principal by delinquency stage",
    )  # fmt: skip


def _products(book: PortfolioSummary, at: Moment) -> None:
    largest = max((float(row.principal) for row in book.products), default=1) or 1
    ranked_list(
        [
            (row.title, at.address("/loans", status="active", product=row.product),
             float(row.principal) / largest,
             f"{big_money(row.principal, book.currency)} · {row.loans:,}")
            for row in sorted(book.products, key=lambda row: -float(row.principal))
        ],
        "Principal by product",
    )  # fmt: skip


def _attention(book: PortfolioSummary, at: Moment) -> None:
    if not book.needs_attention:
        empty_state("task_alt", "Nothing past due", "Every installment billed has been paid.")
        return
    rows = [loan_row(loan, at) for loan in book.needs_attention]
    table(BRIEF_COLUMNS, rows, key="loan_id", label="Loans needing attention")
