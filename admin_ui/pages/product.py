"""One version of a product: its terms in words, what a sample loan costs, examples, its text."""

from __future__ import annotations

from functools import partial

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.attempt import attempt
from admin_ui.components.chart import bars
from admin_ui.components.checks import checks
from admin_ui.components.empty_state import empty_state
from admin_ui.components.facts import Facts
from admin_ui.components.heading import card, h3
from admin_ui.components.later import Later
from admin_ui.components.retire_version import retire_dialog
from admin_ui.components.schedule_table import schedule_table
from admin_ui.components.source_text import source_text
from admin_ui.formats import day, money, rate
from admin_ui.pages.moves import plan_dialog
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title
from servicing import catalog_reads
from servicing.permissions import require
from servicing.publishing import drafts, moves
from servicing.views import ProductVersionRow, ProductView, QuoteView
from servicing.views.publishing import DraftView

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
            if visitor.may(drafts.WRITE):
                ui.button("Draft a new version", on_click=partial(_draft, visitor, view.row))
            if visitor.may(moves.MOVE):
                ui.button(
                    "Move loans here",
                    on_click=partial(plan_dialog, visitor, view.row.product, view.row.version),
                ).props("outline")
            if visitor.may(drafts.PUBLISH) and view.row.state != "retired":
                ui.button("Retire", on_click=partial(retire_dialog, visitor, view.row)).props(
                    "outline"
                )
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
        if not view.examples:
            empty_state("science", "No examples", "A version without examples proves nothing.")
            return
        checks(view.examples, side)


def _text(view: ProductView, *, dark: bool) -> None:
    with card("As published"):
        label = f"Text of {view.row.product} version {view.row.version}"
        source_text(view.text, label, dark=dark)


async def _draft(visitor: Visitor, row: ProductVersionRow) -> None:
    """Begin a draft from the version shown: the next one, or an older one restored."""

    async def work() -> DraftView:
        now = await visitor.still()
        return await drafts.create(
            now.house, now.actor, kind="product", name=row.product, version=row.version
        )

    draft = await attempt(work, lambda fault: ui.notify(str(fault), type="negative"))
    if draft is not None:
        ui.navigate.to(f"/drafts/{draft.row.draft_id}")


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
