"""Boarding: every bad row is told with its place, nothing is half boarded, a second run goes on."""

from __future__ import annotations

from datetime import date

import pytest

from servicing import boarding, reads
from servicing.boarding.columns import COLUMNS
from servicing.boarding.rows import read_rows
from servicing.errors import Forbidden, NotFound
from servicing.verification import verify
from tests.servicing.lending import ANYONE, Lender, actor

BOARDED = date(2026, 6, 1)
GOOD = {
    "borrower_name": "Ulla Thistlewood", "borrower_email": "ulla@example.com", "state": "TX",
    "contract_date": "2025-06-15", "original_amount": "12000.00", "note_rate": "0.0999",
    "number_of_payments": "36", "remaining_payments": "25", "frequency": "monthly",
    "installment_amount": "387.15", "boarded_on": "2026-06-01", "next_due_date": "2026-06-15",
    "principal_balance": "8700.00", "accrued_interest": "38.0985",
}  # fmt: skip
BAD = (
    ({"principal_balance": "12,000"}, "principal_balance"),
    ({"note_rate": "9.99%"}, "note_rate"),
    ({"contract_date": "06/15/2025"}, "contract_date"),
    ({"borrower_name": ""}, "borrower_name"),
    ({"state": "Texas"}, "state"),
    ({"remaining_payments": "40"}, "remaining_payments"),
    ({"principal_balance": "13000.00"}, "principal_balance"),
    ({"next_due_date": "2026-05-15"}, "next_due_date"),
    ({"past_due_amount": "100.00"}, "oldest_unpaid_due_date"),
    ({"frequency": "yearly"}, "frequency"),
)


def a_file(rows: list[dict[str, str]]) -> str:
    names = [column.name for column in COLUMNS]
    lines = [",".join(names)]
    lines += [",".join(f'"{row.get(name, "")}"' for name in names) for row in rows]
    return "\n".join(lines)


def good(number: int, **changes: str) -> dict[str, str]:
    return {**GOOD, "external_id": f"OLD-{number:05d}", **changes}


async def test_a_thousand_rows_board_and_thirty_bad_ones_are_listed(lender: Lender) -> None:
    lender.clock.set(BOARDED)
    rows = [good(n) for n in range(970)]
    wrong = [good(5000 + n, **BAD[n % len(BAD)][0]) for n in range(30)]
    for place, row in enumerate(wrong):
        rows.insert(place * 31, row)
    text = a_file(rows)
    seen: list[int] = []
    report = await boarding.board(
        lender.house, ANYONE, text, "auto_simple_interest", progress=lambda d, t: seen.append(d)
    )
    assert (report.rows, report.boarded, report.bad_rows) == (1000, 970, 30)
    assert seen[-1] == 970
    lines = {problem.line for problem in report.problems}
    assert lines == {place * 31 + 2 for place in range(30)}
    for place in range(30):
        told = [p for p in report.problems if p.line == place * 31 + 2]
        assert BAD[place % len(BAD)][1] in {p.column for p in told}
        assert all(p.message for p in told)
    page = await reads.loans(lender.house, ANYONE, search="OLD-00007")
    (row,) = page.items
    paid = await lender.is_paid(row.loan_id, "387.15", date(2026, 6, 10))
    assert paid.allocation is not None and paid.allocation.installments
    again = await boarding.board(lender.house, ANYONE, text, "auto_simple_interest")
    assert (again.boarded, again.already_boarded) == (0, 970)
    kept = await boarding.report(lender.house, ANYONE, report.boarding_id)
    assert kept.rows == 1000
    assert (await verify(lender.house)).problems == ()


async def test_checking_writes_nothing(lender: Lender) -> None:
    lender.clock.set(BOARDED)
    report = await boarding.validate(
        lender.house, ANYONE, a_file([good(1)]), "auto_simple_interest"
    )
    assert (report.state, report.problems) == ("validated", ())
    assert (await reads.loans(lender.house, ANYONE)).items == ()


async def test_an_interrupted_run_goes_on_where_it_ended(lender: Lender) -> None:
    lender.clock.set(BOARDED)
    rows = [good(n) for n in range(10)]
    await boarding.board(lender.house, ANYONE, a_file(rows[:4]), "auto_simple_interest")
    report = await boarding.board(lender.house, ANYONE, a_file(rows), "auto_simple_interest")
    assert (report.boarded, report.already_boarded) == (6, 4)


async def test_a_late_loan_boards_with_its_lateness(lender: Lender) -> None:
    lender.clock.set(BOARDED)
    late = good(1, past_due_amount="700.00", oldest_unpaid_due_date="2026-04-15", fees_owed="15.00")
    await boarding.board(lender.house, ANYONE, a_file([late]), "auto_simple_interest")
    (row,) = (await reads.loans(lender.house, ANYONE)).items
    assert (row.days_past_due, row.amount_past_due) == (47, "700.00")
    loan = await reads.loan(lender.house, ANYONE, row.loan_id)
    assert loan.balances.fees == "15.00" and loan.external_id == "OLD-00001"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("external_id\nA", "is missing"),
        (a_file([good(1)]).replace("external_id", "id", 1), "There is no column 'id'"),
        ('"external_id\n', "not CSV"),
        (a_file([good(1)]) + '\n"only","two"', "cells"),
        (a_file([good(1), good(1)]), "line 2 already"),
        ("", "is missing"),
    ],
)
def test_files_that_are_wrong_say_how(text: str, word: str) -> None:
    rows, problems = read_rows(text)
    told = [*problems, *(p for row in rows for p in row.problems)]
    assert any(word in problem.message for problem in told), told


async def test_who_may_board_and_into_what(lender: Lender) -> None:
    with pytest.raises(Forbidden):
        await boarding.board(lender.house, actor("loans:read"), "", "auto_simple_interest")
    with pytest.raises(NotFound):
        await boarding.board(lender.house, ANYONE, a_file([good(1)]), "mortgage")
    with pytest.raises(NotFound):
        await boarding.report(lender.house, ANYONE, "boarding_none")
