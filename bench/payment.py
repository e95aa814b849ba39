"""A payment through the servicer, beside pgbench sending the same statements to a copy of the book.

Real PostgreSQL with fsync, one client and eight; no HTTP on either side. The servicer reads,
judges by product and law, and writes; pgbench knows beforehand what there is to write.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import count
from time import perf_counter

import asyncpg

from bench.harness import Comparison, Rate, Way
from bench.payment_book import CLIENTS, copy_database, make_book, pay_all
from bench.pgbench import Script, WrittenDown, payments_a_second
from store.embedded import EmbeddedPostgres
from store.postgres import open_pool

LOANS = 240
ROUNDS = 7
"""Every round, each way lets every loan pay its next installment."""


def comparisons() -> Iterator[Comparison]:
    """One payment at a time, and eight."""
    home = tempfile.mkdtemp(prefix="lw-bench-")
    server = EmbeddedPostgres(home)
    try:
        with server, asyncio.Runner() as runner:
            book = Book(runner, server.start())
            for clients in (1, CLIENTS):
                yield Comparison(
                    name=f"payment_{clients}",
                    title=f"A payment, {clients} at a time, PostgreSQL on this machine, fsync on",
                    unit="payments",
                    ways=(
                        Way("pgbench, the same statements", book.pgbench(clients)),
                        Way("servicer", book.servicer(clients)),
                    ),
                    rounds=ROUNDS,
                )
            book.close()
    finally:
        EmbeddedPostgres(home).forget()
        shutil.rmtree(home, ignore_errors=True)


class Book:
    """The book, its copies, and the payments written down."""

    def __init__(self, runner: asyncio.Runner, url: str) -> None:
        self.runner, self.url = runner, url
        self.loan_ids = runner.run(make_book(url, LOANS))
        self.open = AsyncExitStack()
        self.pools: dict[str, asyncpg.Pool] = {}
        self.script = runner.run(self._written_down())

    def servicer(self, clients: int) -> Rate:
        """The servicer's payments a second, on a copy of its own."""
        pool, numbers = self.runner.run(self._copy(f"servicer_{clients}")), count()

        def rate() -> float:
            number, begun = next(numbers), perf_counter()
            self.runner.run(pay_all(pool, self.loan_ids, number, clients))
            return LOANS / (perf_counter() - begun)

        return rate

    def pgbench(self, clients: int) -> Rate:
        """pgbench's payments a second, on a copy of its own."""
        name, numbers = f"pgbench_{clients}", count()
        pool = self.runner.run(self._copy(name))
        self.runner.run(self.script.prepare(pool))

        def rate() -> float:
            first = next(numbers) * LOANS
            return payments_a_second(
                self.url.replace("/loanwright?", f"/{name}?"), self.script, first, LOANS, clients
            )

        return rate

    def close(self) -> None:
        """Let go of the copies, once pgbench was seen to have written what the servicer writes."""
        wanted = self.runner.run(_hashes(self.pools["written_down"]))
        for name, pool in self.pools.items():
            if name.startswith("pgbench"):
                assert self.runner.run(_hashes(pool)) == wanted, f"{name} wrote something else"
        self.runner.run(self.open.aclose())

    async def _written_down(self) -> Script:
        """Every payment carried out once on a copy, with its statements."""
        pool = await self._copy("written_down")
        taken = WrittenDown(pool)
        for number in range(ROUNDS + 1):
            await pay_all(taken, self.loan_ids, number, 1)
        return Script(taken.reads, taken.writes)

    async def _copy(self, name: str) -> asyncpg.Pool:
        url = await copy_database(self.url, name)
        pool = await self.open.enter_async_context(open_pool(url, size=CLIENTS))
        self.pools[name] = pool
        return pool


async def _hashes(pool: asyncpg.Pool) -> list[bytes]:
    """The last link of every loan's chain of events."""
    rows = await pool.fetch("SELECT last_hash FROM loan_state ORDER BY loan_id")
    return [row["last_hash"] for row in rows]
