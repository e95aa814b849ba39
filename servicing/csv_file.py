"""Rows as lines of a CSV file that spreadsheets open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, Final

_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def lines_of(rows: Iterable[Iterable[Any]]) -> str:
    """The rows as text, each ended as RFC 4180 says."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(map(cell, row) for row in rows)
    return written.getvalue()


def cell(value: Any) -> str:
    """A value as text; one that a spreadsheet would take for a formula is marked as text."""
    text = "" if value is None else str(value)
    formula = text.startswith(_BEGINS_FORMULA) and not text.lstrip("-").replace(".", "").isdigit()
    return f"'{text}" if formula else text
