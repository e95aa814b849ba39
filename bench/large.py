"""A million loans: conditions beside hand-written SQL, lists beside those of a small book.

Takes some minutes, most of them to make the book; ``LOANS`` in the environment makes another size.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from time import perf_counter
from typing import Any, Final

import asyncpg

from bench.harness import Comparison, Rate, Way
from bench.large_book import TODAY, make_large_book
from bench.loans import catalog
from engine.expressions.expression import compile_expression
from engine.facts.fact import FactType
from servicing.actor import Actor
from servicing.clock import SetClock
from servicing.house import House
from servicing.in_force import InForce
from servicing.reads import loans
from servicing.servicer import Servicer
from store import book
from store.cipher import Cipher
from store.embedded import EmbeddedPostgres
from store.loans_where import loans_where
from store.postgres import open_pool

LOANS: Final = int(os.environ.get("LOANS", "1000000"))
FEW: Final = 1_000
ROUNDS: Final = 7
ACTOR: Final = Actor(actor_id="automation:bench", name="Bench", scopes=frozenset("*"))
_SPAN: Final = (
    "p.valid_from <= $1 AND p.valid_until > $1 AND p.known_from <= $2 AND p.known_until > $2"
)
_KNOWING: Final = f"{_SPAN} AND p.known_until = 'infinity' AND p.valid_until = 'infinity'"
"""By hand, too, for someone who knows that the newest positions have an index of their own."""
_D: Final = "p.carry_denominator * p.rate_denominator * 365"
_N: Final = (
    "p.carry_numerator * p.rate_denominator * 365"
    " + p.principal::numeric * p.rate_numerator * ($1 - p.anchor) * p.carry_denominator"
)
_INTEREST: Final = f"div(2 * ({_N}) + {_D}, 2 * {_D})"
"""Written for this book alone: actual/365, halves up, nothing below zero."""
_PAST_DUE: Final = (
    "CASE WHEN p.valid_from = $1 THEN p.past_due_first_day + p.past_due_fees_first_day"
    " ELSE p.past_due_after + p.past_due_fees_after END"
)
CONDITIONS: Final = {
    'days_past_due > 60 and state == "TX" and principal_balance > money("8000.00")': (
        f"SELECT p.loan_id FROM position p JOIN loan l USING (loan_id) WHERE {_SPAN}"
        " AND p.status = 'active' AND $1 - p.oldest_unpaid_due_date > 60"
        " AND l.governing_state = 'TX' AND p.principal > 800000 ORDER BY p.loan_id"
    ),
    'current_rate >= percent(15) and amount_past_due > money("100.00")': (
        f"SELECT p.loan_id FROM position p WHERE {_SPAN} AND p.status = 'active'"
        f" AND p.rate_numerator >= 0.15 * p.rate_denominator AND {_PAST_DUE} > 10000"
        " ORDER BY p.loan_id"
    ),
    'accrued_interest + fees_owed > money("200.00")': (
        f"SELECT p.loan_id FROM position p WHERE {_SPAN} AND {_INTEREST} + p.fees_owed > 20000"
        " ORDER BY p.loan_id"
    ),
}
_TOTALS: Final = f"""
SELECT p.product, p.status, p.stage, count(*), sum(p.principal), sum({_INTEREST}), sum(p.fees_owed),
       count(*) FILTER (WHERE p.oldest_unpaid_due_date < $1), sum({_PAST_DUE}),
       sum(p.principal) FILTER (WHERE $1 - p.oldest_unpaid_due_date >= 30)
FROM position p WHERE {_SPAN} GROUP BY 1, 2, 3
"""
LISTS: Final[dict[str, dict[str, Any]]] = {
    "first page": {},
    "first page by principal": {"sort": "-principal"},
    "page of a stage": {"stage": "late_30"},
    "page of a status": {"status": "paid_off"},
    "page of a product": {"product": "personal_installment"},
    "page of a product nobody has": {"product": "personal"},
    "page of the late": {"late_days": 30},
    "page of a month": {"begun": "2027-05"},
    "search of a loan": {"search": "loan_00000777"},
    "search of a name": {"search": "Family0033"},
}


def comparisons() -> Iterator[Comparison]:
    """Conditions, the portfolio and lists."""
    home = tempfile.mkdtemp(prefix="lw-bench-")
    small_home = tempfile.mkdtemp(prefix="lw-bench-")
    servers = [EmbeddedPostgres(home), EmbeddedPostgres(small_home)]
    try:
        with servers[0], servers[1], asyncio.Runner() as runner:
            large = Book(runner, servers[0].start(), LOANS)
            small = Book(runner, servers[1].start(), FEW)
            yield from large.conditions()
            yield large.portfolio()
            for name, asked in LISTS.items():
                yield Comparison(
                    name=f"list_{name.replace(' ', '_')}",
                    title=f"A list of loans, {name}: {LOANS:,} loans beside {FEW:,}",
                    unit="lists",
                    ways=(
                        Way(f"of {FEW:,} loans", small.list_of(asked)),
                        Way(f"of {LOANS:,} loans", large.list_of(asked)),
                    ),
                    rounds=ROUNDS,
                )
            large.close()
            small.close()
    finally:
        for server in servers:
            server.forget()
        for folder in (home, small_home):
            shutil.rmtree(folder, ignore_errors=True)


class Book:
    """A book, and what is asked of it."""

    def __init__(self, runner: asyncio.Runner, url: str, count: int) -> None:
        self.runner, cipher = runner, Cipher(bytes(32))
        runner.run(make_large_book(url, count, cipher))
        self.open = AsyncExitStack()
        self.pool: asyncpg.Pool = runner.run(self._pool(url))
        clock = SetClock(TODAY)
        servicer = Servicer(self.pool, InForce(catalog()), clock, cipher)
        self.house = House(pool=self.pool, clock=clock, servicer=servicer, cipher=cipher)

    async def _pool(self, url: str) -> asyncpg.Pool:
        return await self.open.enter_async_context(open_pool(url, size=2))

    def close(self) -> None:
        """Let go of the connections."""
        self.runner.run(self.open.aclose())

    def rate(self, work: Callable[[], Awaitable[Any]]) -> Rate:
        """How often a second something can be asked."""

        def rate() -> float:
            begun, times = perf_counter(), 0
            while times < 1 or perf_counter() - begun < 0.1:
                self.runner.run(_awaited(work))
                times += 1
            return times / (perf_counter() - begun)

        return rate

    def conditions(self) -> Iterator[Comparison]:
        """Each condition from its expression, beside a statement written by hand."""
        for number, (text, written) in enumerate(CONDITIONS.items()):
            checked = compile_expression(text, FactType.flag)

            knowing = written.replace(_SPAN, _KNOWING)
            assert knowing != written

            async def by_hand(written: str = written) -> list[str]:
                rows = await self.pool.fetch(written, TODAY, book.NOW_AND_LATER)
                return [row["loan_id"] for row in rows]

            async def by_hand_knowing(written: str = knowing) -> list[str]:
                return await by_hand(written)

            async def asked(tree: Any = checked.tree) -> list[str]:
                found = await loans_where(self.pool, tree, TODAY, book.NOW_AND_LATER)
                assert not found.to_decide
                return list(found.certain)

            found = self.runner.run(_awaited(asked))
            for by in (by_hand, by_hand_knowing):
                assert found and found == self.runner.run(_awaited(by)), f"{text}: not the same"
            yield Comparison(
                name=f"condition_{number}",
                title=f"Which of {LOANS:,} loans: {text} ({len(found):,} are)",
                unit="answers",
                ways=(
                    Way(
                        "SQL by hand that knows the newest are indexed", self.rate(by_hand_knowing)
                    ),
                    Way("SQL written by hand", self.rate(by_hand)),
                    Way("from the expression", self.rate(asked)),
                ),
                rounds=ROUNDS,
            )

    def portfolio(self) -> Comparison:
        """Sums by product, status and stage."""

        async def by_hand() -> int:
            rows = await self.pool.fetch(_TOTALS, TODAY, book.NOW_AND_LATER)
            return sum(int(row[4] + row[5]) for row in rows)

        async def asked() -> int:
            rows = await book.totals(self.pool, TODAY, book.NOW_AND_LATER)
            return sum(row.principal + row.interest for row in rows)

        assert self.runner.run(_awaited(asked)) == self.runner.run(_awaited(by_hand))
        return Comparison(
            name="portfolio",
            title=f"The portfolio of {LOANS:,} loans on a day",
            unit="answers",
            ways=(
                Way("SQL written by hand, one day count", self.rate(by_hand)),
                Way("any day count and rounding", self.rate(asked)),
            ),
            rounds=ROUNDS,
        )

    def list_of(self, asked: dict[str, Any]) -> Rate:
        """A page as the API and the admin read it."""
        return self.rate(lambda: loans(self.house, ACTOR, limit=25, **asked))


async def _awaited(work: Callable[[], Awaitable[Any]]) -> Any:
    return await work()
