"""Loans in a list: who owes, how much, how late."""

from __future__ import annotations

from admin_ui.components.table import Column, Row
from admin_ui.formats import amount, day, short_id
from admin_ui.moment import Moment
from admin_ui.words import stage_title, stage_tone, title, tone
from servicing.views import LoanRow

COLUMNS = (
    Column("borrower_name", "Borrower"),
    Column("product_title", "Product", narrow=False),
    Column("governing_state", "State", narrow=False),
    Column("principal", "Principal", numeric=True, sortable=True, narrow=False),
    Column("total_owed", "Total owed", numeric=True),
    Column("amount_past_due", "Past due", numeric=True, sortable=True, narrow=False),
    Column("next_due_date", "Next due", numeric=True, sortable=True, narrow=False),
    Column("days_past_due", "Days past due", numeric=True, sortable=True, narrow=False),
    Column("standing", "Standing"),
)
BRIEF_COLUMNS = tuple(
    column
    for column in COLUMNS
    if column.name in {"borrower_name", "product_title", "amount_past_due", "standing"}
)


def loan_row(loan: LoanRow, at: Moment | None = None) -> Row:
    """A loan as a row; its name leads to its page at the same moment."""
    address = (at or Moment()).address(f"/loans/{loan.loan_id}")
    return {
        "loan_id": loan.loan_id,
        "borrower_name": loan.borrower_name or short_id(loan.loan_id),
        "borrower_name_href": address,
        "borrower_name_second": short_id(loan.loan_id),
        "product_title": loan.product_title,
        "governing_state": loan.governing_state,
        "principal": amount(loan.principal),
        "total_owed": amount(loan.total_owed),
        "amount_past_due": amount(loan.amount_past_due),
        "next_due_date": day(loan.next_due_date),
        "days_past_due": f"{loan.days_past_due:,}",
        **_standing(loan),
    }


def _standing(loan: LoanRow) -> Row:
    """Its delinquency stage while active, else its status."""
    if loan.status == "active":
        return {
            "standing": stage_title(loan.delinquency_stage, loan.days_past_due),
            "standing_tone": stage_tone(loan.delinquency_stage, loan.days_past_due),
        }
    return {"standing": title(loan.status), "standing_tone": tone(loan.status)}
