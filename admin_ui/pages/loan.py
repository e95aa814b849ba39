"""One loan: what it owes, what happened, the books, and everything one may do to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.as_of import as_of_picker, moment_banner
from admin_ui.components.chain_check import check_loan
from admin_ui.components.explanation import explain
from admin_ui.components.facts import Facts
from admin_ui.components.heading import card
from admin_ui.components.journal_table import journal_table
from admin_ui.components.kpi import kpi
from admin_ui.components.later import Later
from admin_ui.components.loan_actions import LoanActions
from admin_ui.components.payoff import payoff
from admin_ui.components.pill import pill
from admin_ui.components.preview import fee_words
from admin_ui.components.schedule_table import schedule_table
from admin_ui.components.timeline import timeline
from admin_ui.formats import day, money, rate, short_id
from admin_ui.moment import Moment, moment_of
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import stage_title, stage_tone, title
from servicing import reads
from servicing.permissions import require
from servicing.views import (
    HistoryItem,
    JournalEntryView,
    LoanView,
    Page,
    Receipt,
    ScheduleRow,
)

EVENTS_SHOWN = 500


async def page(request: Request, loan_id: str) -> None:
    """The page of a loan, as of a day and as known at a moment."""
    visitor = visitor_of(request)
    require(visitor.actor, "loans:read")
    at = moment_of(request.query_params)
    loan = await reads.loan(visitor.house, visitor.actor, loan_id, at.as_of, at.as_known_at)
    path = f"/loans/{loan_id}"
    subtitle = f"{loan.product_title} · {loan.loan_id}"
    with shell(visitor, "/loans", loan.borrower_name, subtitle) as actions:
        with actions:
            as_of_picker(path, at, visitor.business_date)
            if visitor.may("verify:run"):
                check = ui.button(icon="verified", on_click=partial(check_loan, visitor, loan))
                check.props('outline aria-label="Check the records"').tooltip(
                    "Check the records"
                ).mark("check-records")
            if at.is_now:
                LoanActions(visitor, loan, done=_reload).buttons()
        moment_banner(path, at, visitor.business_date)
        _figures(visitor, loan, at)
        _contract(visitor, loan, at)


def _figures(visitor: Visitor, loan: LoanView, at: Moment) -> None:
    ask = partial(_ask, visitor, loan, at)
    late = loan.days_past_due
    with ui.element("div").classes("lw-grid four"):
        kpi(
            "Total owed",
            money(loan.balances.total_owed, loan.currency),
            note=f"as of {day(loan.as_of)}",
            on_why=ask("total_owed", "Total owed"),
        )
        kpi(
            "Next due",
            money(loan.next_due_amount, loan.currency),
            note=day(loan.next_due_date) if loan.next_due_date else "nothing more to come",
            on_why=ask("next_due_amount", "Next due"),
        )
        kpi(
            "Past due",
            money(loan.amount_past_due, loan.currency),
            strong=f"{late} days" if late else "",
            tone="bad" if late >= 30 else "warn",
            note=f"since {day(loan.oldest_unpaid_due_date)}" if late else "paid as agreed",
            on_why=ask("amount_past_due", "Past due"),
        )
        kpi(
            "Interest per day",
            money(f"{Decimal(loan.balances.per_diem):.4f}", loan.currency),
            note=f"at {rate(loan.rate_in_force)} a year",
            on_why=ask("per_diem", "Interest per day"),
        )


def _contract(visitor: Visitor, loan: LoanView, at: Moment) -> None:
    with ui.element("div").classes("lw-grid wide"):
        with ui.element("div").classes("flex flex-col gap-5 min-w-0"):
            _tabs(visitor, loan, at)
        with ui.element("div").classes("flex flex-col gap-5 min-w-0"):
            _balances(visitor, loan, at)
            _terms(loan)
            _borrower(loan)


def _balances(visitor: Visitor, loan: LoanView, at: Moment) -> None:
    ask = partial(_ask, visitor, loan, at)
    with card("Balances"):
        with ui.row().classes("gap-2"):
            pill(loan.status)
            if loan.status == "active":
                tone = stage_tone(loan.delinquency_stage, loan.days_past_due)
                words = stage_title(loan.delinquency_stage, loan.days_past_due)
                pill(loan.delinquency_stage, tone, text=words)
        facts = Facts()
        for name, word, value in (
            ("principal_balance", "Principal", loan.balances.principal),
            ("accrued_interest", "Accrued interest", loan.balances.accrued_interest),
            ("fees_owed", "Fees", loan.balances.fees),
        ):
            facts.add(word, money(value, loan.currency), on_why=ask(name, word))
        if loan.days_past_due:
            late = f"{loan.days_past_due:,}"
            facts.add("Days past due", late, on_why=ask("days_past_due", "Days past due"))
        if Decimal(loan.balances.unapplied_funds):
            facts.add("Unapplied funds", money(loan.balances.unapplied_funds, loan.currency))
        if Decimal(loan.balances.recovery):
            facts.add("To recover", money(loan.balances.recovery, loan.currency))
        facts.add("Received so far", money(loan.cash_received, loan.currency))
        for fee in loan.unpaid_fees:
            facts.add(
                fee_words(fee),
                money(fee.owed, loan.currency),
                on_why=ask(f"fee:{fee.fee_id}", title(fee.name)),
            )


def _terms(loan: LoanView) -> None:
    with card("Terms"):
        facts = Facts()
        facts.add("Product", f"{loan.product_title} v{loan.product_version}",
                  href=f"/products/{loan.product}?version={loan.product_version}")  # fmt: skip
        facts.add("Amount", money(loan.loan_amount, loan.currency))
        if loan.disbursed_on and Decimal(loan.undrawn_amount):
            facts.add("Not paid out", money(loan.undrawn_amount, loan.currency))
        facts.add("Note rate", rate(loan.note_rate))
        if loan.rate_in_force != loan.note_rate:
            facts.add("Rate in force", rate(loan.rate_in_force))
        if loan.interest_cap is not None:
            facts.add("Interest at most", money(loan.interest_cap, loan.currency))
        if loan.interest_paused_until is not None:
            facts.add("Interest", f"paused until {day(loan.interest_paused_until)}")
        if loan.non_accrual_since is not None:
            facts.add("Books", f"on non-accrual since {day(loan.non_accrual_since)}")
        if loan.apr is not None:
            facts.add("APR", rate(loan.apr))
        facts.add("Installments", f"{loan.number_of_payments}, {title(loan.frequency).lower()}")
        facts.add("Contract date", day(loan.contract_date))
        facts.add("Disbursed", day(loan.disbursed_on))
        facts.add("Maturity", day(loan.maturity_date))
        facts.add("Governing state", loan.governing_state or "not given")


def _borrower(loan: LoanView) -> None:
    with card("Borrower"):
        facts = Facts()
        facts.add("Name", loan.borrower_name)
        facts.add("Borrower id", short_id(loan.borrower_id))
        if loan.external_id:
            facts.add("Id before boarding", loan.external_id)
        for status in loan.statuses:
            began, ended = (_day(status[name]) for name in ("from_date", "to_date"))
            until = f" to {ended}" if status["to_date"] else ""
            facts.add(title(status["status"]), f"from {began}{until}")


def _day(text: str) -> str:
    return day(date.fromisoformat(text) if text else None)


def _tabs(visitor: Visitor, loan: LoanView, at: Moment) -> None:
    with ui.card().classes("flush"):
        with ui.tabs().props('align=left no-caps aria-label="Parts of the loan"') as tabs:
            schedule = ui.tab("Schedule")
            history = ui.tab("Timeline")
            closing = ui.tab("Payoff") if loan.status == "active" else None
            books = ui.tab("Journal") if visitor.may("journal:read") else None
        with ui.tab_panels(tabs, value=schedule, animated=False).classes("w-full"):
            with ui.tab_panel(schedule):
                Later(partial(_read_schedule, visitor, loan, at),
                      partial(_show_schedule, visitor, loan, at))  # fmt: skip
            with ui.tab_panel(history):
                Later(partial(_read_history, visitor, loan, at),
                      partial(_show_history, visitor, loan, at))  # fmt: skip
            if closing is not None:
                with ui.tab_panel(closing):
                    payoff(visitor, loan, at, _ask(visitor, loan, at, "payoff", "payoff"))
            if books is not None:
                with ui.tab_panel(books):
                    Later(partial(_read_journal, visitor, loan, at), journal_table)


async def _read_schedule(visitor: Visitor, loan: LoanView, at: Moment) -> tuple[ScheduleRow, ...]:
    now = await visitor.still()
    return await reads.schedule(now.house, now.actor, loan.loan_id, at.as_of, at.as_known_at)


def _show_schedule(
    visitor: Visitor, loan: LoanView, at: Moment, rows: tuple[ScheduleRow, ...]
) -> None:
    billed = {row.number for row in rows if not row.projected}

    def why(number: int) -> None:
        if number in billed:
            explain(visitor, loan.loan_id, f"installment:{number}", f"installment {number}", at)
        else:
            ui.notify(f"Installment {number} is a projection until it falls due.", position="top")

    schedule_table(rows, on_why=why)


async def _read_history(visitor: Visitor, loan: LoanView, at: Moment) -> Page:
    now = await visitor.still()
    return await reads.history(
        now.house, now.actor, loan.loan_id, at.as_of, at.as_known_at, limit=EVENTS_SHOWN
    )


def _show_history(visitor: Visitor, loan: LoanView, at: Moment, found: Page) -> None:
    doing = LoanActions(visitor, loan, done=_reload)

    def actions(item: HistoryItem) -> list[tuple[str, Any]]:
        offered: list[tuple[str, Any]] = []
        if item.event == "payment_received":
            subject = f"payment:{item.payment_id}"
            offered.append(("Why", partial(explain, visitor, loan.loan_id, subject, "payment", at)))
        if item.event == "fee_assessed" and not item.undone:
            subject = f"fee:{item.detail.get('fee_id', '')}"
            offered.append(("Why", partial(explain, visitor, loan.loan_id, subject, "fee", at)))
        return offered + (doing.about(item) if at.is_now else [])

    timeline(found.items, actions)


async def _reload(receipt: Receipt) -> None:
    """After a command the page shows what it did."""
    ui.navigate.to(f"/loans/{receipt.loan_id}")


async def _read_journal(
    visitor: Visitor, loan: LoanView, at: Moment
) -> tuple[JournalEntryView, ...]:
    now = await visitor.still()
    return await reads.journal(now.house, now.actor, loan.loan_id, at.as_of, at.as_known_at)


def _ask(visitor: Visitor, loan: LoanView, at: Moment, subject: str, what: str) -> Any:
    """What opens the explanation of a number."""
    return partial(explain, visitor, loan.loan_id, subject, what.lower(), at)
