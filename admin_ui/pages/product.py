"""One version of a product: its terms in words, what a sample loan costs, examples, its text."""

from __future__ import annotations

from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.chart import bars
from admin_ui.components.empty_state import empty_state
from admin_ui.components.facts import Facts
from admin_ui.components.heading import card, h3
from admin_ui.components.later import Later
from admin_ui.components.pill import pill
from admin_ui.components.schedule_table import schedule_table
from admin_ui.components.source_text import source_text
from admin_ui.formats import day, money, rate
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing import catalog_reads
from servicing.permissions import require
from servicing.views import ProductVersionRow, ProductView, QuoteView

ROWS_IN_CHART = 120


async def page(request: Request, product: str) -> None:
    """The page of a product, in one version."""
    visitor = visitor_of(request)
    require(visitor.actor, "products:read")
    version = version_of(request.query_params.get("version", ""))
    view = await catalog_reads.product(visitor.house, product, version)
    versions = [r for r in await catalog_reads.products(visitor.house) if r.product == product]
    subtitle = f"{view.row.product} · version {view.row.version}"
    with shell(visitor, "/products", view.row.title, subtitle) as actions:
        with actions:
            _versions(versions, view.row)
        _standing(view.row)
        with ui.element("div").classes("lw-grid wide"):
            with ui.element("div").classes("flex flex-col gap-5 min-w-0"):
                with card("What a sample loan costs"):
                    Later(partial(_read_sample, visitor, view.row), _show_sample)
                _text(view, dark=visitor.dark)
            with ui.element("div").classes("flex flex-col gap-5 min-w-0"):
                _terms(view)
                _examples(view)


def version_of(text: str) -> int | None:
    """The version in an address; None, which means the live one, for what is no such number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _versions(versions: list[ProductVersionRow], shown: ProductVersionRow) -> None:
    options = {row.version: f"Version {row.version}, {row.state}" for row in versions}
    select = ui.select(
        options,
        value=shown.version,
        on_change=lambda event: ui.navigate.to(f"/products/{shown.product}?version={event.value}"),
    )
    select.props('aria-label="Version shown"').classes("w-52")


def _standing(row: ProductVersionRow) -> None:
    with card():
        facts = Facts()
        facts.add("State", title(row.state))
        facts.add("Live from", day(row.live_from))
        facts.add("Live until", day(row.live_until) if row.live_until else "replaced")
        facts.add("Family", title(row.family))
        facts.add("Loans", f"{row.loans:,}", href=f"/loans?product={row.product}")
        facts.add("Seal", f"{row.content_hash[:12]}…" if row.content_hash else "not published")


def _terms(view: ProductView) -> None:
    with card("Terms in words"):
        for heading, sentences in view.in_words:
            with ui.column().classes("gap-0.5"):
                h3(heading)
                for sentence in sentences:
                    ui.label(sentence)


def _examples(view: ProductView) -> None:
    with card("Examples") as side:
        passed = sum(bool(example["passed"]) for example in view.examples)
        if view.examples:
            with side:
                every = passed == len(view.examples)
                pill("pass", "ok" if every else "bad", text=f"{passed} of {len(view.examples)}")
        else:
            empty_state("science", "No examples", "A version without examples proves nothing.")
        for example in view.examples:
            with ui.row(wrap=False).classes("gap-2 items-start"):
                good = bool(example["passed"])
                ui.icon("check_circle" if good else "cancel").props(
                    f'aria-label="{"Holds" if good else "Fails"}" role=img'
                ).style(f"color:var(--{'ok' if good else 'bad'});font-size:18px")
                with ui.column().classes("gap-0 min-w-0"):
                    ui.label(str(example["name"]))
                    if not good:
                        ui.label(str(example["difference"])).classes("lw-sub")


def _text(view: ProductView, *, dark: bool) -> None:
    with card("As published"):
        label = f"Text of {view.row.product} version {view.row.version}"
        source_text(view.text, label, dark=dark)


async def _read_sample(visitor: Visitor, row: ProductVersionRow) -> QuoteView:
    now = await visitor.still()
    return await catalog_reads.sample_loan(now.house, row.product, row.version)


def _show_sample(quote: QuoteView) -> None:
    disclosed, currency = quote.truth_in_lending, quote.currency
    facts = Facts()
    facts.add("Amount", money(quote.loan_amount, currency))
    facts.add("Note rate", rate(quote.note_rate))
    facts.add("Payments", f"{quote.number_of_payments}, {title(quote.frequency).lower()}")
    facts.add("Installment", money(quote.installment_amount, currency))
    facts.add("APR", rate(disclosed.apr))
    facts.add("Finance charge", money(disclosed.finance_charge, currency))
    facts.add("Amount financed", money(disclosed.amount_financed, currency))
    facts.add("Total of payments", money(disclosed.total_of_payments, currency))
    rows = quote.schedule
    bars(
        [str(row.number) for row in rows[:ROWS_IN_CHART]],
        {
            "Principal": [row.principal for row in rows[:ROWS_IN_CHART]],
            "Interest": [row.interest for row in rows[:ROWS_IN_CHART]],
        },
        stacked=True,
        summary=f"Principal and interest of {len(rows)} installments of about "
        f"{money(quote.installment_amount, currency)}",
    )
    with ui.element("details").classes("lw-detail"):
        with ui.element("summary"):
            ui.label(f"All {len(rows)} installments").classes("inline")
        schedule_table(rows)
