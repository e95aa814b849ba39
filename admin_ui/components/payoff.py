"""What closes a loan: the quote for a day, and for each day it holds."""

from __future__ import annotations

from functools import partial

from nicegui import ui

from admin_ui.components.facts import Facts
from admin_ui.components.later import Later
from admin_ui.components.table import Column, table
from admin_ui.components.why import why
from admin_ui.formats import amount, day, money
from admin_ui.moment import Moment
from admin_ui.visitor import Visitor
from servicing import reads
from servicing.views import LoanView, PayoffQuote

BY_DAY = (Column("on", "Paid on"), Column("total", "Closes the loan", numeric=True))


def payoff(visitor: Visitor, loan: LoanView, at: Moment, on_why: partial[None]) -> None:
    """The payoff quote as of the page's day; its total can be asked why."""
    Later(partial(_read, visitor, loan, at), partial(_show, loan, on_why))


async def _read(visitor: Visitor, loan: LoanView, at: Moment) -> PayoffQuote:
    now = await visitor.still()
    return await reads.payoff_quote(now.house, now.actor, loan.loan_id, at.as_of)


def _show(loan: LoanView, on_why: partial[None], quote: PayoffQuote) -> None:
    with ui.column().classes("w-full gap-3 px-[18px] pt-4 pb-2"):
        with ui.row().classes("items-baseline gap-3"):
            with ui.element("div").classes("lw-kpi-v"):
                why(money(quote.total, loan.currency), "Payoff", on_why)
            ui.label(f"closes the loan on {day(quote.as_of)}").classes("lw-sub")
        facts = Facts()
        facts.add("Principal", money(quote.principal, loan.currency))
        facts.add("Interest", money(quote.interest, loan.currency))
        facts.add("Fees", money(quote.fees, loan.currency))
        facts.add("Less unapplied funds", money(quote.unapplied_funds, loan.currency))
        facts.add("Good through", day(quote.good_through_date))
    rows = [{"on": day(on), "total": amount(total)} for on, total in quote.by_day]
    table(BY_DAY, rows, key="on", label="Payoff by day")
