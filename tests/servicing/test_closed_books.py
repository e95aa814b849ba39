"""Loans that close between two runs: all their interest is in the books, and nothing stays owed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.loan.commands import ChargeOffLoan, ReceivePayment, ReversePayment
from engine.loan.status import PaymentKind
from servicing import daily_run, reads
from servicing.verification import verify
from store.journal_rows import account_sums
from tests.servicing.lending import ANYONE, Lender

PAID = date(2026, 2, 9)


async def sums(lender: Lender, loan: str) -> dict[str, int]:
    return (await account_sums(lender.house.pool, [loan]))[loan]


async def paid_off(lender: Lender, product: str) -> tuple[str, int]:
    """A loan paid off on a day between two runs, and the number of the payment."""
    loan = await lender.lends(product, amount="5000.00", number_of_payments=24, note_rate="0.1")
    lender.clock.set(date(2026, 2, 2))
    await daily_run.run(lender.house)
    lender.clock.set(PAID)
    owed = await reads.payoff_quote(lender.house, ANYONE, loan, PAID)
    receipt = await lender.does(
        loan, ReceivePayment(amount=owed.total, received_on=PAID, kind=PaymentKind.payoff)
    )
    return loan, int(receipt.payment_id.rpartition("_")[2])


@pytest.mark.parametrize(
    "product", ["personal_installment", "scheduled_installment", "precomputed_installment"]
)
async def test_a_payoff_books_the_interest_it_pays(lender: Lender, product: str) -> None:
    loan, payment = await paid_off(lender, product)
    books = await sums(lender, loan)
    assert books.get("interest_receivable", 0) == 0
    assert books["interest_income"] < 0
    lender.clock.set(PAID + timedelta(days=40))
    await daily_run.run(lender.house)
    assert await sums(lender, loan) == books
    assert (await verify(lender.house)).problems == ()
    await lender.does(
        loan, ReversePayment(payment=payment, reversed_on=PAID + timedelta(days=40), reason="x")
    )
    lender.clock.set(PAID + timedelta(days=75))
    await daily_run.run(lender.house)
    again = await sums(lender, loan)
    assert again["interest_receivable"] > 0
    assert again["interest_income"] < books["interest_income"]
    assert (await verify(lender.house)).problems == ()


async def test_a_loss_books_the_interest_that_is_lost(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(PAID)
    await lender.does(loan, ChargeOffLoan(charged_off_on=PAID, reason="fraud"))
    books = await sums(lender, loan)
    assert books.get("interest_receivable", 0) == 0 and books["interest_income"] < 0
    assert (await verify(lender.house)).problems == ()


async def test_what_a_closed_loan_still_shows_as_receivable_is_found(lender: Lender) -> None:
    loan, _ = await paid_off(lender, "personal_installment")
    for role, amount in (("interest_receivable", 1), ("interest_income", -1)):
        await lender.house.pool.execute(
            "INSERT INTO posting (loan_id, entry, line, role, account, amount) "
            "SELECT loan_id, entry, max(line) + 1, $2, 'x', $3 FROM posting WHERE loan_id = $1 "
            "AND entry = 1 GROUP BY loan_id, entry",
            loan, role, amount,
        )  # fmt: skip
    problems = (await verify(lender.house)).problems
    assert any("interest receivable" in problem for problem in problems)
