"""On non-accrual the books recognize interest when it is paid; the loan itself says the same."""

from __future__ import annotations

from datetime import date

from engine.loan.commands import (
    AdvanceTo,
    ChargeOffLoan,
    PlaceOnNonAccrual,
    ReceivePayment,
    ReturnToAccrual,
    ReversePayment,
)
from servicing import daily_run, reads
from servicing.payments import payments
from servicing.verification import verify
from store.journal_rows import account_sums
from tests.servicing.lending import ANYONE, Lender
from tests.servicing.test_verification import as_owner

PLACED = date(2026, 5, 20)
BOOKED = date(2026, 5, 15)
PAID, LATER = date(2026, 6, 3), date(2026, 8, 1)


async def owed(lender: Lender, loan: str) -> str:
    view = await reads.loan(lender.house, ANYONE, loan)
    return view.balances.accrued_interest


async def accounts(lender: Lender, loan: str) -> dict[str, int]:
    """Interest income, receivable and loss, minor units, debits above zero."""
    sums = (await account_sums(lender.house.pool, [loan]))[loan]
    names = ("interest_income", "interest_receivable", "charge_off_expense")
    return {name: sums.get(name, 0) for name in names}


async def placed(lender: Lender) -> str:
    """A loan that never paid, its interest booked to the middle of May, placed on the 20th."""
    loan = await lender.lends()
    lender.clock.set(BOOKED)
    await daily_run.run(lender.house)
    before = await accounts(lender, loan)
    assert before["interest_receivable"] == -before["interest_income"] > 0
    lender.clock.set(PLACED)
    await lender.does(loan, PlaceOnNonAccrual(placed_on=PLACED, reason="90 days past due"))
    return loan


async def test_unpaid_interest_leaves_income_on_the_day_and_none_comes_until_it_is_paid(
    lender: Lender,
) -> None:
    loan = await placed(lender)
    assert set((await accounts(lender, loan)).values()) == {0}
    entries = await reads.journal(lender.house, ANYONE, loan)
    assert entries[-1].title == "Interest recognized on non-accrual through 2026-05-20"
    lender.clock.set(PAID)
    await daily_run.run(lender.house)
    await daily_run.book(lender.house, loan, PAID)
    assert set((await accounts(lender, loan)).values()) == {0}
    assert await owed(lender, loan) != "0.00"
    receipt = await lender.does(loan, ReceivePayment(amount="100.00", received_on=PAID))
    assert receipt.events
    assert await accounts(lender, loan) == {
        "interest_income": -10_000, "interest_receivable": 0, "charge_off_expense": 0,
    }  # fmt: skip
    assert (await verify(lender.house)).problems == ()


async def test_a_payment_reversed_leaves_no_income(lender: Lender) -> None:
    loan = await placed(lender)
    await lender.is_paid(loan, "100.00", PAID)
    (payment,) = await payments(lender.house, ANYONE, loan)
    number = int(payment.payment_id.rpartition("_")[2])
    await lender.does(loan, ReversePayment(payment=number, reversed_on=PAID, reason="mistake"))
    assert set((await accounts(lender, loan)).values()) == {0}
    assert (await verify(lender.house)).problems == ()


async def test_on_return_the_books_catch_up_as_if_it_had_never_been_placed(
    lender: Lender,
) -> None:
    other = await lender.lends()
    loan = await placed(lender)
    for each in (loan, other):
        await lender.is_paid(each, "100.00", PAID)
    lender.clock.set(LATER)
    await lender.does(loan, ReturnToAccrual(returned_on=LATER, reason="pays again"))
    for each in (loan, other):
        await lender.does(each, AdvanceTo(day=LATER))
        await daily_run.book(lender.house, each, LATER)
    assert await accounts(lender, loan) == await accounts(lender, other)
    assert await owed(lender, loan) == await owed(lender, other)
    shown = await reads.loan(lender.house, ANYONE, loan)
    assert shown.non_accrual_since is None
    assert (await verify(lender.house)).problems == ()


async def test_backdated_it_posts_the_difference_now(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(LATER)
    await daily_run.run(lender.house)
    await lender.is_paid(loan, "100.00", LATER)
    await lender.does(loan, PlaceOnNonAccrual(placed_on=PLACED, reason="found later"))
    assert (await accounts(lender, loan))["interest_income"] == -10_000
    assert (await accounts(lender, loan))["interest_receivable"] == 0
    assert (await reads.loan(lender.house, ANYONE, loan)).non_accrual_since == PLACED
    assert (await verify(lender.house)).problems == ()


async def test_interest_that_was_never_income_is_no_loss(lender: Lender) -> None:
    loan = await placed(lender)
    lender.clock.set(LATER)
    await lender.does(loan, ChargeOffLoan(charged_off_on=LATER, reason="gone"))
    assert await accounts(lender, loan) == {
        "interest_income": 0, "interest_receivable": 0,
        "charge_off_expense": (await accounts(lender, loan))["charge_off_expense"],
    }  # fmt: skip
    sums = (await account_sums(lender.house.pool, [loan]))[loan]
    assert sums["charge_off_expense"] == 500_000 - sums["late_fee_income"]
    assert (await verify(lender.house)).problems == ()


async def test_verification_finds_interest_left_receivable(lender: Lender) -> None:
    loan = await placed(lender)
    await as_owner(
        lender,
        "UPDATE posting SET amount = -amount WHERE loan_id = $1 AND role LIKE 'interest_%' "
        "AND entry = (SELECT max(entry) FROM journal_entry WHERE loan_id = $1)",
        loan,
    )
    problems = (await verify(lender.house)).problems
    assert any("on non-accrual, and interest receivable is" in problem for problem in problems)
