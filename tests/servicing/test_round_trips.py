"""How often the database is asked: by a write at most three times, by a list never once a loan."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from engine.loan.commands import BookLoan, ReceivePayment, RequestedTerms, ReturnPayment
from servicing import borrowers, quotes, reads, standing
from servicing.house import House
from servicing.ids import payment_of
from servicing.servicer import Servicer
from servicing.standing import standings
from servicing.which_loans import which_loans
from tests.servicing.lending import ANYONE, START, Lender

FEB = date(2026, 2, 15)


class Counting:
    """A pool, or a connection of it, that counts what is asked; each call is one round trip."""

    def __init__(self, asked: Any, calls: list[str]) -> None:
        self._asked = asked
        self._calls = calls

    @property
    def count(self) -> int:
        return len(self._calls)

    def __getattr__(self, name: str) -> Any:
        if name in {"fetch", "fetchrow", "fetchval", "execute"}:
            self._calls.append(name)
        return getattr(self._asked, name)

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[Any]:
        async with self._asked.acquire() as connection:
            yield Counting(connection, self._calls)


@contextmanager
def counted(house: House) -> Iterator[tuple[House, Counting]]:
    """The house on a pool that counts."""
    pool: Any = Counting(house.pool, [])
    servicer = Servicer(pool, house.servicer.in_force, house.clock, house.cipher)
    yield replace(house, pool=pool, servicer=servicer), pool


async def test_a_payment_is_one_read_and_one_statement(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(FEB)
    with counted(lender.house) as (house, pool):
        await house.servicer.execute(
            ANYONE,
            ReceivePayment(amount="242.33", received_on=FEB),
            loan_id=loan,
            idempotency_key="k",
        )
    assert pool.count == 2


async def test_what_reaches_into_the_past_reads_the_history_too(lender: Lender) -> None:
    loan = await lender.lends()
    paid = await lender.is_paid(loan, "242.33", FEB)
    found = payment_of(paid.payment_id)
    assert found is not None
    lender.clock.set(FEB + timedelta(days=40))
    back = ReturnPayment(payment=found[1], returned_on=FEB, return_code="R01")
    with counted(lender.house) as (house, pool):
        await house.servicer.execute(ANYONE, back, loan_id=loan)
    assert pool.count == 3


async def test_booking_a_quote_reads_the_quote_too(lender: Lender) -> None:
    borrower = await borrowers.create(lender.house, ANYONE, name="B")
    terms = RequestedTerms(
        amount="5000.00", note_rate="0.1499", number_of_payments=24, contract_date=START
    )
    quote = await quotes.make(lender.house, ANYONE, "personal_installment", terms)
    booking = BookLoan(borrower_id=borrower, terms=terms, quote_id=quote.quote_id)
    with counted(lender.house) as (house, pool):
        await house.servicer.execute(ANYONE, booking)
    assert pool.count == 3


async def test_loans_time_has_moved_are_read_together(
    lender: Lender, monkeypatch: pytest.MonkeyPatch
) -> None:
    loans = [await lender.lends() for _ in range(3)]
    trips = []
    for _ in range(2):
        lender.clock.set(FEB + timedelta(days=40))
        with counted(lender.house) as (house, pool):
            page = await reads.loans(house, ANYONE)
            book = await reads.portfolio(house, ANYONE)
            await which_loans(house, ANYONE, "number_of_payments > 1")
        assert page.total == book.projected_loans == len(loans)
        trips.append(pool.count)
        loans.append(await lender.lends())
    assert trips[0] == trips[1]
    monkeypatch.setattr(standing, "IN_ONE_GO", 2)
    with counted(lender.house) as (house, pool):
        found = await standings(house, loans[:3], FEB)
    assert [at.loan.loan_id for at in found] == loans[:3] and pool.count == 2


async def test_days_gone_by_are_folded_together(lender: Lender) -> None:
    loans = [await lender.lends() for _ in range(3)]
    for loan in loans[:2]:
        await lender.is_paid(loan, "242.33", FEB)
    with counted(lender.house) as (house, pool):
        found = await standings(house, loans, START)
    assert [at.loan.loan_id for at in found] == loans
    assert {at.loan.principal_balance.minor for at in found} == {500_000}
    assert pool.count == 2
