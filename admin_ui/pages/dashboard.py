"""The book in real time: how much, how late, what moved, and which loans want attention."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components import skeleton
from admin_ui.components.as_of import as_of_picker, moment_banner
from admin_ui.components.chart import bars, ranked
from admin_ui.components.empty_state import empty_state
from admin_ui.components.heading import card
from admin_ui.components.kpi import kpi
from admin_ui.components.later import Later
from admin_ui.components.loan_rows import BRIEF_COLUMNS, loan_row
from admin_ui.components.table import table
from admin_ui.formats import big_money, count, day, money, month, percent
from admin_ui.moment import Moment, moment_of
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import stage_title
from servicing import reads
from servicing.permissions import require
from servicing.views import MonthRow, PortfolioSummary, StageRow

EVERY_SECONDS = 15
"""So often the book is read again while the page is open."""
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
        if at.is_now:
            ui.timer(EVERY_SECONDS, book.again, immediate=False)


async def _read(visitor: Visitor, at: Moment) -> PortfolioSummary:
    now = await visitor.still()
    return await reads.portfolio(now.house, now.actor, at.as_of, at.as_known_at)


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
    _figures(book)
    with ui.element("div").classes("lw-grid wide even"):
        with card(f"Disbursed and collected, {book.currency}"):
            _months(book.months[-MONTHS_SHOWN:], book.currency)
        with card("Principal by delinquency stage"):
            _stages(book.stages)
    with ui.element("div").classes("lw-grid wide"):
        with card("Loans needing attention", flush=True) as side:
            with side:
                ui.link("All past due", "/loans?sort=-days_past_due").classes("text-[13px]")
            _attention(book, at)
        with card("By product"):
            _products(book)


def _figures(book: PortfolioSummary) -> None:
    collected = book.months[-1].collected if book.months else "0"
    before = book.months[-2].collected if len(book.months) > 1 else ""
    late = Decimal(book.past_due_30_share)
    with ui.element("div").classes("lw-grid four"):
        kpi(
            "Principal balance",
            big_money(book.principal, book.currency),
            exact=money(book.principal, book.currency),
            strong=big_money(book.accrued_interest, book.currency),
            note="accrued interest",
        )
        kpi(
            "30 or more days past due",
            percent(book.past_due_30_share),
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


def _stages(stages: tuple[StageRow, ...]) -> None:
    ranked(
        [f"{stage_title(row.stage)}" for row in stages],
        [row.share for row in stages],
        [f"{percent(row.share, 1)} · {row.loans:,}" for row in stages],
        summary="; ".join(f"{stage_title(row.stage)}: {percent(row.share, 1)}" for row in stages),
    )


def _products(book: PortfolioSummary) -> None:
    ranked(
        [name for name, _, _ in book.by_product],
        [principal for _, _, principal in book.by_product],
        [
            f"{big_money(principal, book.currency)} · {loans:,}"
            for _, loans, principal in book.by_product
        ],
        summary="; ".join(
            f"{name}: {count(loans, 'loan')}, {money(principal, book.currency)}"
            for name, loans, principal in book.by_product
        ),
    )


def _attention(book: PortfolioSummary, at: Moment) -> None:
    if not book.needs_attention:
        empty_state("task_alt", "Nothing past due", "Every installment billed has been paid.")
        return
    rows = [loan_row(loan, at) for loan in book.needs_attention]
    table(BRIEF_COLUMNS, rows, key="loan_id", label="Loans needing attention")
