"""Verification finds what was changed behind our back, and nothing where nothing was."""

from __future__ import annotations

from datetime import date

import asyncpg
import pytest

from servicing import daily_run
from servicing.verification import check_loans, verify
from tests.servicing.lending import Lender

FEB = date(2026, 2, 15)


async def a_book(lender: Lender) -> str:
    loan = await lender.lends()
    await lender.lends("pay_in_4", amount="400.00", note_rate="0", number_of_payments=4)
    await lender.is_paid(loan, "242.33", FEB)
    lender.clock.set(date(2026, 3, 20))
    await daily_run.run(lender.house)
    return loan


async def as_owner(lender: Lender, statement: str, *arguments: object) -> None:
    """What only someone with the owner's password could do."""
    async with lender.house.pool.acquire() as connection:
        await connection.execute("RESET ROLE")
        await connection.execute(statement, *arguments)
        await connection.execute("SET ROLE loanwright_app")


async def test_an_honest_book_has_nothing_wrong(lender: Lender) -> None:
    await a_book(lender)
    seen: list[tuple[int, int]] = []
    report = await verify(lender.house, progress=lambda done, total: seen.append((done, total)))
    assert report.problems == ()
    assert (report.loans, seen[-1]) == (2, (2, 2))
    assert report.events > 10 and report.entries > 5


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("UPDATE event SET body = convert_to(replace(convert_from(body, 'UTF8'), '24233', '24234'),"
         " 'UTF8') WHERE loan_id = $1 AND kind = 'payment_received'", "was changed"),
        ("DELETE FROM event WHERE loan_id = $1 AND kind = 'payment_received'", "was changed"),
        ("UPDATE loan_state SET last_hash = '\\x00' WHERE loan_id = $1", "another event"),
        ("UPDATE position SET principal = principal + 1 WHERE loan_id = $1", "principal from"),
        ("UPDATE position SET status = 'paid_off' WHERE loan_id = $1", "status from"),
        ("UPDATE position SET day_count = '30/360' WHERE loan_id = $1", "day_count from"),
        ("INSERT INTO position SELECT (json_populate_record(p, '{\"valid_from\": \"2026-01-20\"}'))"
         ".* FROM position AS p WHERE loan_id = $1 AND known_until = 'infinity' LIMIT 1",
         "events give none"),
        ("UPDATE posting SET amount = amount + 1 WHERE loan_id = $1 AND role = 'cash'",
         "does not balance"),
        ("UPDATE event SET hash = sha256(hash) WHERE loan_id = $1 AND seq = 2", "root"),
        ("DELETE FROM event WHERE loan_id = $1 AND seq > 2", "root"),
    ],
)  # fmt: skip
async def test_what_was_tampered_with_is_found(lender: Lender, statement: str, word: str) -> None:
    loan = await a_book(lender)
    await as_owner(lender, statement, loan)
    report = await verify(lender.house)
    assert any(word in problem for problem in report.problems), report.problems


async def test_the_application_itself_cannot_rewrite_history(lender: Lender) -> None:
    await a_book(lender)
    for statement in (
        "UPDATE event SET seq = seq",
        "DELETE FROM event",
        "DELETE FROM journal_entry",
        "UPDATE posting SET amount = 0",
        "DELETE FROM day_root",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await lender.house.pool.execute(statement)


async def test_one_loan_can_be_checked_alone(lender: Lender) -> None:
    loan = await a_book(lender)
    [(events, problems)] = [found async for found in check_loans(lender.house, [loan])]
    assert events >= 6 and problems == []
