"""The book on any day: one statement says what the engine says, loan by loan, to the cent."""

from __future__ import annotations

from datetime import date, timedelta

from engine.loan import observe
from engine.loan.commands import AdvanceTo, ChargeOffLoan, ReturnPayment
from engine.loan.loan import Loan
from engine.values.rounding import Rounding
from servicing import loan_list, reads
from servicing.ids import payment_of
from servicing.standing import standing
from store import book
from tests.servicing.lending import ANYONE, START, Lender

FEB = date(2026, 2, 15)


def loan_totals(loan: Loan, day: date, rounding: Rounding) -> book.Totals:
    """One loan's part of the book, by the engine."""
    late = observe.days_past_due(loan, day, rounding)
    return book.Totals(
        product=loan.product,
        currency=loan.currency,
        status=loan.status.value,
        stage=observe.delinquency_stage(loan),
        loans=1,
        principal=loan.principal_balance.minor,
        interest=observe.interest_owed(loan, day, rounding).minor,
        fees=observe.fees_owed(loan).minor,
        past_due_loans=int(late > 0),
        amount_past_due=observe.amount_past_due(loan, day, rounding).minor,
        late_30=loan.principal_balance.minor if late >= 30 else 0,
    )


async def a_book(lender: Lender) -> list[str]:
    """Loans of every product in different states, advanced and not."""
    loans = [
        await lender.lends(),
        await lender.lends("auto_simple_interest", amount="12000.00", note_rate="0.0799",
                           number_of_payments=36),
        await lender.lends("pay_in_4", amount="400.00", note_rate="0", number_of_payments=4),
        await lender.lends(amount="1000.00", number_of_payments=6),
        await lender.lends(amount="3000.00"),
    ]  # fmt: skip
    await lender.is_paid(loans[0], "242.33", FEB)
    await lender.is_paid(loans[1], "376.00", FEB)
    paid = await lender.is_paid(loans[4], "145.40", FEB)
    lender.clock.set(date(2026, 4, 2))
    found = payment_of(paid.payment_id)
    assert found is not None
    day = date(2026, 4, 2)
    await lender.does(loans[4], ReturnPayment(payment=found[1], returned_on=day, return_code="R10"))
    await lender.does(loans[0], AdvanceTo(day=day))
    await lender.does(loans[3], ChargeOffLoan(charged_off_on=day, reason="test"))
    return loans


async def test_the_statement_equals_the_engine_on_every_day(lender: Lender) -> None:
    loans = await a_book(lender)
    for ahead in (0, 17, 31, 40, 60, 76, 77, 78, 95, 140):
        day = START + timedelta(days=ahead)
        by_hand = []
        for loan_id in loans:
            at = await standing(lender.house, loan_id, day)
            by_hand.append(loan_totals(at.loan, day, at.terms.product.rounding))
        summary = await reads.portfolio(lender.house, ANYONE, as_of=day)
        assert summary.loans == len(loans)
        for name in ("principal", "interest", "fees", "amount_past_due"):
            said = {"interest": "accrued_interest"}.get(name, name)
            cents = sum(getattr(row, name) for row in by_hand)
            assert getattr(summary, said) == f"{cents // 100}.{cents % 100:02d}", (day, name)
        assert summary.past_due_loans == sum(row.past_due_loans for row in by_hand)


async def test_interest_fixed_by_period_is_said_by_the_statement(lender: Lender) -> None:
    loan = await lender.lends("scheduled_installment", amount="12000.00", note_rate="0.12",
                              number_of_payments=12)  # fmt: skip
    await lender.is_paid(loan, "1066.19", date(2026, 2, 5))
    await lender.is_paid(loan, "1500.00", date(2026, 3, 20))
    lender.clock.set(date(2026, 4, 20))
    await lender.does(loan, AdvanceTo(day=date(2026, 4, 20)))
    for ahead in (0, 1, 20, 21, 22, 31, 59, 63, 64, 65, 70, 90, 95):
        day = START + timedelta(days=ahead)
        at = await standing(lender.house, loan, day)
        (said,) = await book.totals(lender.house.pool, day, lender.clock.now())
        assert said == loan_totals(at.loan, day, at.terms.product.rounding), day


async def test_loans_past_their_boundary_are_projected_and_counted(lender: Lender) -> None:
    await a_book(lender)
    today = await reads.portfolio(lender.house, ANYONE)
    later = await reads.portfolio(lender.house, ANYONE, as_of=date(2026, 6, 1))
    assert later.projected_loans > 0 and later.is_projection
    assert not today.is_projection
    assert later.past_due_loans >= today.past_due_loans


async def test_the_book_as_known_then_is_the_same_statement(lender: Lender) -> None:
    loan = await lender.lends()
    paid = await lender.is_paid(loan, "242.33", FEB)
    moment = lender.clock.now()
    lender.clock.set(FEB + timedelta(days=5))
    found = payment_of(paid.payment_id)
    assert found is not None
    await lender.does(
        loan,
        ReturnPayment(payment=found[1], returned_on=FEB + timedelta(days=5), return_code="R10"),
    )
    then = await reads.portfolio(lender.house, ANYONE, as_of=FEB, as_known_at=moment)
    now = await reads.portfolio(lender.house, ANYONE, as_of=FEB)
    assert (then.principal, now.principal) == ("4821.33", "5000.00")


async def test_an_empty_book_has_zeros(lender: Lender) -> None:
    summary = await reads.portfolio(lender.house, ANYONE)
    assert (summary.loans, summary.principal, summary.past_due_30_share) == (0, "0.00", "0.0000")
    assert summary.stages == () and summary.needs_attention == ()


async def test_cash_by_month_and_the_latest_loans(lender: Lender) -> None:
    loans = await a_book(lender)
    summary = await reads.portfolio(lender.house, ANYONE)
    months = {row.month: row for row in summary.months}
    assert months[date(2026, 1, 1)].disbursed != "0.00"
    assert months[date(2026, 2, 1)].collected == "618.33"
    assert summary.needs_attention[0].days_past_due >= summary.needs_attention[-1].days_past_due
    rows = await book.longest_past_due(
        lender.house.pool, date(2026, 4, 2), loan_list.NOW_AND_LATER, 1
    )
    assert rows[0]["loan_id"] in loans
