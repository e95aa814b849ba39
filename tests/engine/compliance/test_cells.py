"""A cell stands for one condition; what it is not is said with how its column is written."""

from __future__ import annotations

import pytest

from engine.compliance.cells import read_cell
from engine.compliance.rule import Cell
from engine.facts.fact import FactType


@pytest.mark.parametrize(
    ("fact", "type", "cell", "expression"),
    [
        ("loan_amount", FactType.money, "<= 500.00", 'loan_amount <= money("500.00")'),
        ("loan_amount", FactType.money, "> 500.00 and <= tier",
         'loan_amount > money("500.00") and loan_amount <= tier'),
        ("apr", FactType.rate, "0.36", "apr == 0.36"),
        ("term_months", FactType.number, 3, "term_months == 3"),
        ("days_since_due", FactType.days, "> 10", "days_since_due > days(10)"),
        ("contract_date", FactType.date, ">= 2026-01-01", 'contract_date >= date("2026-01-01")'),
        ("fee_kind", FactType.text, "late_fee, nsf", 'fee_kind in ["late_fee", "nsf"]'),
        ("fee_kind", FactType.text, "not late_fee", 'fee_kind not in ["late_fee"]'),
        ("covered_borrower", FactType.flag, False, "not covered_borrower"),
    ],
)  # fmt: skip
def test_a_cell_is_a_condition_of_its_column(
    fact: str, type: FactType, cell: Cell, expression: str
) -> None:
    assert read_cell(fact, type, cell, "USD", frozenset({"tier"})).expression == expression


@pytest.mark.parametrize(
    ("type", "cell", "message"),
    [
        (FactType.money, "<= 500.005", "500.005"),
        (FactType.money, "<= most", "no named value of the rule; its values: tier"),
        (FactType.money, "below 500.00", "is not understood"),
        (FactType.money, True, "True is no cell of a column of money"),
        (FactType.number, "<= 1.5", "not a whole number"),
        (FactType.date, ">= soon-ish", "isoformat"),
        (FactType.text, "a, a", "lists a text twice"),
        (FactType.text, 'say "a"', "is no text to look for"),
        (FactType.text, "", "is no cell"),
        (FactType.flag, "yes", "neither true nor false"),
    ],
)
def test_what_is_no_cell_is_said(type: FactType, cell: Cell, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_cell("fact", type, cell, "USD", frozenset({"tier"}))
