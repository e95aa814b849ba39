"""Which version a loan is under, where billing systems get it wrong: days around a change."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from engine.loan.commands import BookLoan, DisburseLoan, RequestedTerms
from servicing import borrowers, daily_run, quotes, reads
from tests.servicing.lending import ANYONE, START, Lender
from tests.servicing.publishing.people import next_version, published

PRODUCT = "personal_installment"
CHANGE = START + timedelta(days=5)


async def changed(lender: Lender, on: date, grace: int) -> int:
    """A version that begins on a day, with so many days of grace."""
    draft = await next_version(lender.house, PRODUCT, on, {"grace_days": str(grace)})
    return (await published(lender.house, draft)).row.version


async def version_of(lender: Lender, loan: str) -> int:
    return (await reads.loan(lender.house, ANYONE, loan)).product_version


def terms(on: date) -> RequestedTerms:
    return RequestedTerms(
        amount="5000.00", note_rate="0.1499", number_of_payments=24, contract_date=on
    )


async def booked(lender: Lender, on: date, quote_id: str = "") -> str:
    """A loan booked today with a contract date of its own, from a quote or without one."""
    house = lender.house
    borrower = await borrowers.create(house, ANYONE, name="Ann", email="ann@example.com")
    command = BookLoan(borrower_id=borrower, product=PRODUCT, terms=terms(on), quote_id=quote_id)
    receipt = await house.servicer.execute(ANYONE, command)
    await lender.does(receipt.loan_id, DisburseLoan(disbursed_on=on))
    return receipt.loan_id


async def test_several_versions_inside_one_billing_cycle(lender: Lender) -> None:
    """Three loans of one cycle, each under its own version: a fee after 10, 12 and 15 days."""
    first = await lender.lends()
    second = await changed(lender, CHANGE, 12)
    third = await changed(lender, CHANGE + timedelta(days=4), 15)
    made = [first]
    for days in (5, 9):
        made.append(await lender.lends(on=START + timedelta(days=days)))
    assert [await version_of(lender, loan) for loan in made] == [1, second, third]
    views = [await reads.loan(lender.house, ANYONE, loan) for loan in made]
    dues = [view.next_due_date for view in views]
    for loan, due, grace in zip(made, dues, (10, 12, 15), strict=True):
        assert due is not None
        for late, fee in ((grace, 0), (grace + 1, 15)):
            lender.clock.set(max(lender.clock.business_date(), due + timedelta(days=late)))
            await daily_run.run(lender.house)
            view = await reads.loan(lender.house, ANYONE, loan)
            assert Decimal(view.balances.fees) == fee, (loan, late)


async def test_a_version_counts_from_its_first_day_and_the_day_before_is_the_old_ones(
    lender: Lender,
) -> None:
    new = await changed(lender, CHANGE, 15)
    eve = await lender.lends(on=CHANGE - timedelta(days=1))
    on_the_day = await lender.lends(on=CHANGE)
    assert [await version_of(lender, loan) for loan in (eve, on_the_day)] == [1, new]


async def test_a_backdated_booking_takes_the_version_of_its_contract_date(lender: Lender) -> None:
    new = await changed(lender, CHANGE, 15)
    lender.clock.set(CHANGE + timedelta(days=10))
    before = await booked(lender, CHANGE - timedelta(days=1))
    on_the_day = await booked(lender, CHANGE)
    assert [await version_of(lender, loan) for loan in (before, on_the_day)] == [1, new]


async def test_a_quote_of_the_day_before_keeps_its_version_on_the_day_of_the_change(
    lender: Lender,
) -> None:
    lender.clock.set(CHANGE - timedelta(days=1))
    eve = lender.clock.business_date()
    quote = await quotes.make(lender.house, ANYONE, PRODUCT, terms(eve))
    new = await changed(lender, CHANGE, 15)
    lender.clock.set(CHANGE)
    kept = await booked(lender, eve, quote.quote_id)
    without = await booked(lender, CHANGE)
    assert [await version_of(lender, loan) for loan in (kept, without)] == [1, new]


async def test_a_version_that_began_before_its_publication_takes_no_loan_made_before(
    lender: Lender,
) -> None:
    """A start in the past is let through while no loan stands after it, and counts from it then."""
    await lender.lends()
    lender.clock.set(CHANGE + timedelta(days=10))
    new = await changed(lender, CHANGE, 15)
    since = await booked(lender, CHANGE + timedelta(days=1))
    assert await version_of(lender, since) == new
