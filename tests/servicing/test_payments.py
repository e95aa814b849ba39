"""The list of a loan's payments."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.loan.commands import ReturnPayment
from servicing.errors import Forbidden
from servicing.ids import payment_of
from servicing.payments import payments
from tests.servicing.lending import ANYONE, NOBODY, Lender

FEB = date(2026, 2, 15)


async def test_a_payment_says_where_it_went_and_whether_it_stayed(lender: Lender) -> None:
    loan = await lender.lends()
    paid = await lender.is_paid(loan, "242.33", FEB)
    [kept] = await payments(lender.house, ANYONE, loan)
    assert (kept.payment_id, kept.amount, kept.state) == (paid.payment_id, "242.33", "received")
    assert kept.allocation is not None
    moment = lender.clock.now()

    found = payment_of(paid.payment_id)
    assert found is not None
    lender.clock.set(FEB + timedelta(days=2))
    back = ReturnPayment(payment=found[1], returned_on=FEB + timedelta(days=2), return_code="R01")
    await lender.does(loan, back)

    [gone] = await payments(lender.house, ANYONE, loan)
    assert (gone.state, gone.return_code, gone.taken_back_on) == (
        "returned",
        "R01",
        FEB + timedelta(days=2),
    )
    assert gone.allocation is None
    assert await payments(lender.house, ANYONE, loan, as_known_at=moment) == (kept,)
    assert await payments(lender.house, ANYONE, loan, as_of=FEB - timedelta(days=1)) == ()


async def test_payments_need_the_scope(lender: Lender) -> None:
    with pytest.raises(Forbidden):
        await payments(lender.house, NOBODY, "loan_none")
