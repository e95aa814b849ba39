"""A list of loans as a file: exactly its rows, page after page."""

from __future__ import annotations

import csv
import io

import pytest

from servicing import borrowers, loan_export, reads
from servicing.errors import CommandRefused, Forbidden
from tests.servicing.lending import ANYONE, Lender, actor


async def read(lender: Lender, **asked: object) -> list[dict[str, str]]:
    lines = [part async for part in loan_export.csv_lines(lender.house, ANYONE, **asked)]
    return list(csv.DictReader(io.StringIO("".join(lines))))


async def test_the_file_has_the_rows_of_the_list_in_its_order(
    lender: Lender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loan_export, "AT_ONCE", 2)
    for amount in ("3000.00", "5000.00", "4000.00", "2000.00", "1000.00"):
        await lender.lends(amount=amount, number_of_payments=12)
    rows = await read(lender, sort="-principal")
    page = await reads.loans(lender.house, ANYONE, sort="-principal")
    assert [row["loan_id"] for row in rows] == [row.loan_id for row in page.items]
    assert [row["principal"] for row in rows][:2] == ["5000.00", "4000.00"]
    assert len(await read(lender, search=rows[0]["loan_id"])) == 1
    assert await read(lender, stage="late_30") == []


async def test_a_name_is_no_formula(lender: Lender, monkeypatch: pytest.MonkeyPatch) -> None:
    async def named(*_: object) -> dict[str, str]:
        return dict.fromkeys(map(str, ids), "=1+1")

    loan = await reads.loan(lender.house, ANYONE, await lender.lends())
    ids = [loan.borrower_id]
    monkeypatch.setattr(borrowers, "names", named)
    (row,) = await read(lender)
    assert row["borrower_name"] == "'=1+1"


async def test_what_is_refused_is_refused_before_a_file_begins(lender: Lender) -> None:
    with pytest.raises(CommandRefused):
        await anext(loan_export.csv_lines(lender.house, ANYONE, sort="color"))
    with pytest.raises(Forbidden):
        await anext(loan_export.csv_lines(lender.house, actor()))
