"""Journal entries: each with its postings, debits and credits in their columns."""

from __future__ import annotations

from nicegui import ui

from admin_ui.components.empty_state import empty_state
from admin_ui.components.table import Column, Row, table
from admin_ui.formats import amount, day
from servicing.views import JournalEntryView

COLUMNS = (
    Column("posted", "Posted", narrow=False),
    Column("account", "Account", wrap=True),
    Column("debit", "Debit", numeric=True),
    Column("credit", "Credit", numeric=True),
)


def journal_table(entries: tuple[JournalEntryView, ...]) -> ui.element:
    """Entries newest first; sums of debits and credits are equal in each."""
    if not entries:
        return empty_state("menu_book", "No entries", "Nothing had been posted by this day.")
    rows: list[Row] = []
    for entry in reversed(entries):
        rows += _entry_rows(entry)
    return table(COLUMNS, rows, key="key", label="Journal")


def _entry_rows(entry: JournalEntryView) -> list[Row]:
    effective = entry.effective_on
    head: Row = {
        "key": entry.entry_id,
        "posted": day(entry.posted_on),
        "account": entry.title,
        "account_second": f"effective {day(effective)}" if effective != entry.posted_on else "",
        "row_class": "entry",
    }
    postings = [
        {
            "key": f"{entry.entry_id} {number}",
            "account": f"{posting.account} {posting.title}",
            "debit": amount(posting.debit) if _some(posting.debit) else "",
            "credit": amount(posting.credit) if _some(posting.credit) else "",
        }
        for number, posting in enumerate(entry.postings)
    ]
    return [head, *postings]


def _some(text: str) -> bool:
    return any(sign in "123456789" for sign in text)
