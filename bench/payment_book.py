"""A book on a real PostgreSQL to measure payments on: many loans, and copies of all of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import asyncpg

from bench.loans import CONTRACT, HERE, booking, catalog
from engine.loan.commands import DisburseLoan, ReceivePayment
from engine.values.due_dates import due_date
from engine.values.frequency import Monthly
from servicing.actor import Actor
from servicing.catalog_apply import apply
from servicing.clock import SetClock
from servicing.in_force import InForce
from servicing.servicer import Servicer
from store.cipher import Cipher
from store.migrate import upgrade
from store.people import add_borrower
from store.postgres import open_pool

R = TypeVar("R")
ACTOR: Final = Actor(actor_id="automation:bench", name="Bench", scopes=frozenset("*"))
AMOUNT: Final = "336.91"
CLIENTS: Final = 8


def paid_on(number: int) -> date:
    """The due date of an installment."""
    return due_date(due_date(CONTRACT, Monthly(), 2), Monthly(), number)


async def make_book(url: str, loans: int) -> list[str]:
    """Migrate, publish the definitions, book and disburse the loans; their ids."""
    await upgrade(url)
    clock = SetClock(CONTRACT)
    async with open_pool(url, size=CLIENTS) as pool:
        await apply(pool, HERE / "products", HERE / "rules", clock)
        await add_borrower(pool, "brw_bench", b"sealed", [], clock.now())
        servicer = Servicer(pool, InForce(catalog()), clock, _cipher())

        async def begin() -> str:
            booked = await servicer.execute(ACTOR, booking())
            loan_id = booked.loan_id
            await servicer.execute(ACTOR, DisburseLoan(disbursed_on=CONTRACT), loan_id=loan_id)
            return loan_id

        return await in_turns([begin] * loans, CLIENTS)


async def in_turns(work: Sequence[Callable[[], Awaitable[R]]], clients: int) -> list[R]:
    """Each piece of work done, by so many clients at once."""
    waiting, done = iter(work), list[R]()

    async def client() -> None:
        for piece in waiting:
            done.append(await piece())

    await asyncio.gather(*(client() for _ in range(clients)))
    return done


async def pay_all(pool: Any, loan_ids: list[str], number: int, clients: int) -> None:
    """Every loan pays its installment of that number."""
    servicer = Servicer(pool, InForce(catalog()), SetClock(paid_on(number)), _cipher())
    command = ReceivePayment(amount=AMOUNT, received_on=paid_on(number))

    def pay(loan_id: str) -> Any:
        key = f"bench-{loan_id}-{number}"
        return lambda: servicer.execute(ACTOR, command, loan_id=loan_id, idempotency_key=key)

    await in_turns([pay(loan_id) for loan_id in loan_ids], clients)


async def copy_database(url: str, name: str) -> str:
    """The url of a copy of the database as it is; nobody may be connected to it."""
    connection = await asyncpg.connect(_at(url, "postgres"))
    try:
        source = urlsplit(url).path.strip("/")
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    finally:
        await connection.close()
    return _at(url, name)


def _at(url: str, database: str) -> str:
    return url.replace(f"/{urlsplit(url).path.strip('/')}?", f"/{database}?", 1)


def _cipher() -> Cipher:
    return Cipher(bytes(32))
