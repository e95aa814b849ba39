"""What a command would do, before it is done: balances before and after, events, books, law."""

from __future__ import annotations

from decimal import Decimal

from nicegui import ui

from admin_ui.components.correction import changes_by_event, is_correction
from admin_ui.components.heading import h3
from admin_ui.components.journal_table import journal_table
from admin_ui.components.pill import pill
from admin_ui.formats import amount, day, money
from admin_ui.words import title
from servicing.views import (
    AllocationView,
    Balances,
    FeeView,
    Finding,
    HistoryItem,
    LoanView,
    Receipt,
)

ALWAYS = ("principal", "accrued_interest", "fees", "total_owed")
WHEN_NOT_ZERO = ("unapplied_funds", "recovery")


def preview(receipt: Receipt, loan: LoanView) -> None:
    """A dry run's receipt for a loan as it stands, the change of balances first."""
    h3("Before and after")
    balances_change(receipt.balances_before, receipt.balances)
    if receipt.allocation is not None:
        h3("Where the money goes")
        allocation(receipt.allocation, loan)
    notable = [finding for finding in receipt.findings if finding.outcome != "pass"]
    if notable:
        h3("What the law says")
        for finding in notable:
            _finding(finding)
    if is_correction(receipt.events):
        h3("What it corrects, event by event")
        changes_by_event(receipt.events)
        with ui.element("details").classes("lw-detail"):
            with ui.element("summary"):
                ui.label("Everything that will be recorded").classes("inline")
            _recorded(receipt)
    else:
        h3("What will be recorded")
        _recorded(receipt)
    if receipt.journal:
        with ui.element("details").classes("lw-detail"):
            with ui.element("summary"):
                ui.label("Journal entries").classes("inline")
            journal_table(receipt.journal)


def _recorded(receipt: Receipt) -> None:
    with ui.element("ul").classes("m-0 pl-5 list-disc"):
        for event in receipt.events:
            with ui.element("li").classes("lw-undone" if event.undone else ""):
                ui.label(event_words(event))


def balances_change(before: Balances | None, after: Balances) -> None:
    """Each balance before and after, and the difference."""
    with ui.element("table").classes("lw-change"):
        with ui.element("thead"), ui.element("tr"):
            for heading in ("Balance", "Before", "After", "Change"):
                with ui.element("th").props("scope=col"):
                    ui.label(heading)
        with ui.element("tbody"):
            for name in (*ALWAYS, *WHEN_NOT_ZERO):
                new = Decimal(getattr(after, name))
                old = Decimal(getattr(before, name)) if before is not None else Decimal(0)
                if name in ALWAYS or new or old:
                    _change(title(name), old, new)


def allocation(split: AllocationView, loan: LoanView) -> None:
    """A payment by bucket: fees, each by itself, then interest, principal and the rest."""
    known = {fee.fee_id: fee_words(fee) for fee in loan.unpaid_fees}
    parts = [
        *((known.get(ident, id_words(ident)), part) for ident, part in split.fees.items()),
        ("Interest", split.interest),
        ("Principal", split.principal),
        ("Recovery", split.recovery),
        ("Unapplied funds", split.unapplied),
    ]
    with ui.row().classes("gap-x-6 gap-y-1"):
        for name, part in parts:
            if Decimal(part or "0"):
                with ui.row().classes("gap-2 items-baseline"):
                    ui.label(name).classes("lw-sub")
                    ui.label(money(part, loan.currency)).classes("num font-semibold")


def event_words(event: HistoryItem) -> str:
    """An event with its amount: "Payment received: 451.46"."""
    known = not event.amount or event.amount in event.title
    return event.title if known else f"{event.title}: {amount(event.amount)}"


def fee_words(fee: FeeView) -> str:
    """A fee and what it was charged for: "Late fee, installment 9", "Copy fee, Nov 24, 2026"."""
    about = f"installment {fee.installment}" if fee.installment else day(fee.assessed_on)
    return f"{title(fee.name)}, {about}"


def id_words(fee_id: str) -> str:
    """A fee that is charged and paid at once, by its id: "returned_payment_fee/12"."""
    return title(fee_id.partition("/")[0])


def _change(name: str, old: Decimal, new: Decimal) -> None:
    difference = new - old
    kind = "same" if not difference else "down" if difference < 0 else "up"
    sign = "+" if difference > 0 else ""
    with ui.element("tr"):
        for text, style in (
            (name, ""),
            (amount(str(old)), ""),
            (amount(str(new)), "font-semibold"),
            (f"{sign}{difference:,}" if difference else "no change", kind),
        ):
            with ui.element("td").classes(style):
                ui.label(text)


def _finding(finding: Finding) -> None:
    with ui.row().classes("gap-2 items-baseline"):
        pill(finding.outcome)
        ui.label(finding.message)
        if finding.href:
            ui.link(finding.citation or finding.rule, finding.href, new_tab=True)
        elif finding.citation:
            ui.label(finding.citation).classes("lw-sub")
