"""A house on a real database with its clock set, and what tests ask of it most."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from app.house import open_house
from app.settings import read_settings
from engine.loan.commands import (
    BookLoan,
    Command,
    DisburseLoan,
    ReceivePayment,
    RequestedTerms,
)
from servicing import borrowers, quotes
from servicing.actor import Actor
from servicing.clock import SetClock
from servicing.house import House
from servicing.views import Receipt

ANYONE = Actor(actor_id="automation:test", name="Test", scopes=frozenset("*"))
NOBODY = Actor(actor_id="user_nobody", name="Nobody")
START = date(2026, 1, 15)
_names = count(1)


def actor(*scopes: str) -> Actor:
    """Someone with these scopes alone."""
    return Actor(actor_id="user_some", name="Some", scopes=frozenset(scopes))


class Lender:
    """Lends and services in the reader's words."""

    def __init__(self, house: House, clock: SetClock) -> None:
        self.house = house
        self.clock = clock

    async def does(self, loan_id: str, command: Command, **more: Any) -> Receipt:
        """Carry out a command."""
        return await self.house.servicer.execute(ANYONE, command, loan_id=loan_id, **more)

    async def lends(
        self, product: str = "personal_installment", on: date = START, **terms: Any
    ) -> str:
        """A loan booked from a quote and disbursed; its id."""
        self.clock.set(on)
        name = f"Borrower {next(_names)}"
        borrower = await borrowers.create(self.house, ANYONE, name=name, email="b@example.com")
        asked: dict[str, Any] = {
            "amount": "5000.00",
            "note_rate": "0.1499",
            "number_of_payments": 24,
            "contract_date": on,
        }
        requested = RequestedTerms(**(asked | terms))
        quote = await quotes.make(self.house, ANYONE, product, requested)
        booking = BookLoan(borrower_id=borrower, terms=requested, quote_id=quote.quote_id)
        booked = await self.house.servicer.execute(ANYONE, booking)
        await self.does(booked.loan_id, DisburseLoan(disbursed_on=on))
        return booked.loan_id

    async def is_paid(self, loan_id: str, amount: str, on: date, **more: Any) -> Receipt:
        """A payment received on a day and recorded then."""
        if self.clock.business_date() < on:
            self.clock.set(on)
        return await self.does(loan_id, ReceivePayment(amount=amount, received_on=on), **more)


@asynccontextmanager
async def lender_on(
    database_url: str, home: Path, day: date = START, products: Path | None = None
) -> AsyncIterator[Lender]:
    """A lender on a database of its own, with our products or those of a folder."""
    clock = SetClock(day)
    given = {"LOANWRIGHT_HOME": str(home), "LOANWRIGHT_DATABASE_URL": database_url}
    if products is not None:
        given["LOANWRIGHT_PRODUCTS"] = str(products)
    settings = read_settings(given)
    async with open_house(settings, database_url, clock=clock) as house:
        yield Lender(house, clock)
