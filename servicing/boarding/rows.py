"""Rows of a boarding file: read from CSV, each a command or a list of what is wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import Refused
from engine.loan.commands import BoardLoan, OpeningFee
from engine.loan.decide import decide
from engine.loan.terms import Circumstances
from engine.values.money import ZERO, Money
from servicing.boarding.columns import COLUMNS
from servicing.views import RowProblem

MOST_ROWS = 200_000


@dataclass(slots=True)
class BoardingRow:
    """One row with what could be read of it."""

    line: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def external_id(self) -> str:
        return self.cells.get("external_id", "")

    def wrong(self, column: str, message: str) -> None:
        """Note a problem of a cell."""
        value = self.cells.get(column, "")
        self.problems.append(
            RowProblem(line=self.line, column=column, value=value[:80], message=message)
        )


def read_rows(text: str) -> tuple[list[BoardingRow], list[RowProblem]]:
    """The rows of a file, and what is wrong with the file as a whole."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        wrong = _wrong_header(header)
        if wrong:
            return [], wrong
        rows: list[BoardingRow] = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) == MOST_ROWS:
                message = f"A file has at most {MOST_ROWS} rows; split it."
                return rows, [_whole(reader.line_num, "", message)]
            rows.append(_row(reader.line_num, header, cells))
    except csv.Error as trouble:
        return [], [_whole(reader.line_num, "", f"The file is not CSV: {trouble}.")]
    _twice(rows)
    return rows, []


def command_of(row: BoardingRow, borrower_id: str, product: str) -> BoardLoan:
    """The command of a row that could be read."""
    values = row.values
    fees = values.get("fees_owed", "0")
    opening: tuple[OpeningFee, ...] = ()
    if Money.parse(fees, "XTS") > ZERO:
        assessed = values.get("oldest_unpaid_due_date") or values["contract_date"]
        opening = (OpeningFee(name="fees_before_boarding", amount=fees, assessed_on=assessed),)
    optional = {
        name: values[name]
        for name in (
            "accrued_interest", "past_due_amount", "oldest_unpaid_due_date", "paid_through_date",
            "late_fees_last_12_months", "frequency",
        )
        if name in values
    }  # fmt: skip
    return BoardLoan(
        borrower_id=borrower_id,
        product=product,
        boarded_on=values["boarded_on"],
        original_amount=values["original_amount"],
        note_rate=values["note_rate"],
        contract_date=values["contract_date"],
        number_of_payments=values["number_of_payments"],
        next_due_date=values["next_due_date"],
        installment_amount=values["installment_amount"],
        principal_balance=values["principal_balance"],
        remaining_payments=values["remaining_payments"],
        fees_owed=opening,
        circumstances=Circumstances(state=values.get("state", "")),
        external_id=values["external_id"],
        **optional,
    )


def judge(row: BoardingRow, in_force: TermsInForce) -> None:
    """Ask the engine what it would make of the row; refusals become problems of its cells."""
    if row.problems:
        return
    try:
        command = command_of(row, "brw_check", in_force.product.product)
        answer = decide(None, command, in_force, loan_id="loan_check")
    except Refused as refused:
        answer = refused.refusals
    if isinstance(answer, tuple):
        for refusal in answer:
            cited = f" ({refusal.citation.cite})" if refusal.citation else ""
            row.wrong(refusal.path.strip("/").partition("/")[0], refusal.message + cited)


def _row(line: int, header: list[str], cells: list[str]) -> BoardingRow:
    named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    row = BoardingRow(line=line, cells=named)
    if len(cells) != len(header):
        row.wrong("", f"The row has {len(cells)} cells, the header {len(header)}.")
        return row
    for column in COLUMNS:
        cell = named.get(column.name, "")
        if not cell:
            if column.required:
                row.wrong(column.name, "This must be filled.")
            continue
        try:
            row.values[column.name] = column.read(cell)
        except ValueError as wrong:
            row.wrong(column.name, f"{cell!r} cannot be read: {wrong}.")
    return row


def _wrong_header(header: list[str]) -> list[RowProblem]:
    known = {column.name for column in COLUMNS}
    missing = [c.name for c in COLUMNS if c.required and c.name not in header]
    wrong = [_whole(1, name, f"The column {name} is missing.") for name in missing]
    wrong += [
        _whole(1, name, f"There is no column {name!r}; columns are {', '.join(sorted(known))}.")
        for name in header
        if name not in known
    ]
    wrong += [
        _whole(1, name, f"The column {name} stands twice.")
        for name in sorted({name for name in header if header.count(name) > 1})
    ]
    return wrong


def _twice(rows: list[BoardingRow]) -> None:
    """An external id names one loan."""
    first: dict[str, int] = {}
    for row in rows:
        if not row.external_id:
            continue
        if row.external_id in first:
            row.wrong("external_id", f"It stands in line {first[row.external_id]} already.")
        else:
            first[row.external_id] = row.line


def _whole(line: int, column: str, message: str) -> RowProblem:
    return RowProblem(line=line, column=column, value="", message=message)
