"""Columns of a boarding file: what each holds, and how a cell becomes part of the command.

Dates are ISO, amounts plain decimal text, rates decimal text per year; the first line names the
columns in any order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from engine.values.frequency import Biweekly, Frequency, Monthly, Semimonthly, Weekly

_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)
_RATE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,12})?", re.ASCII)
FREQUENCIES: Final[Mapping[str, Frequency]] = {
    "monthly": Monthly(),
    "biweekly": Biweekly(),
    "weekly": Weekly(),
    "semimonthly": Semimonthly(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, whether it must be filled, how a cell is read."""

    name: str
    read: Callable[[str], Any]
    """The value of a cell; ValueError says what is allowed."""
    required: bool = True


def amount(cell: str) -> str:
    """An amount as decimal text."""
    if not _AMOUNT.fullmatch(cell):
        raise ValueError('write an amount as plain digits, such as "1500.00"')
    return cell


def rate(cell: str) -> str:
    """A yearly rate as decimal text."""
    if not _RATE.fullmatch(cell):
        raise ValueError('write a rate as decimals, such as "0.0799" for 7.99 percent')
    return cell


def day(cell: str) -> date:
    """A date."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError('write a date as year-month-day, such as "2026-01-31"') from None


def count(cell: str) -> int:
    """A whole number."""
    if not (cell.isascii() and cell.isdecimal() and len(cell) <= 6):
        raise ValueError("write a whole number")
    return int(cell)


def words(cell: str) -> str:
    """Text without control characters."""
    if len(cell) > 120 or not cell.isprintable():
        raise ValueError("write at most 120 printable characters")
    return cell


def state(cell: str) -> str:
    """A US state by two letters."""
    if not re.fullmatch(r"[A-Z]{2}", cell):
        raise ValueError('write the state as two capital letters, such as "CA"')
    return cell


def frequency(cell: str) -> Frequency:
    """How often installments fall due."""
    if cell not in FREQUENCIES:
        raise ValueError(f"write one of {', '.join(FREQUENCIES)}")
    return FREQUENCIES[cell]


COLUMNS: Final = (
    Column("external_id", words),
    Column("borrower_name", words),
    Column("borrower_email", words, required=False),
    Column("state", state, required=False),
    Column("contract_date", day),
    Column("original_amount", amount),
    Column("note_rate", rate),
    Column("number_of_payments", count),
    Column("remaining_payments", count),
    Column("frequency", frequency, required=False),
    Column("installment_amount", amount),
    Column("boarded_on", day),
    Column("next_due_date", day),
    Column("paid_through_date", day, required=False),
    Column("principal_balance", amount),
    Column("accrued_interest", amount, required=False),
    Column("past_due_amount", amount, required=False),
    Column("oldest_unpaid_due_date", day, required=False),
    Column("fees_owed", amount, required=False),
    Column("late_fees_last_12_months", count, required=False),
)
"""Every column of a boarding file; those not required may be left out or left empty."""
