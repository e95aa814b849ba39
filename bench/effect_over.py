"""The effect of a draft over a whole book in PostgreSQL, by this process and by a crew."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter

from app.house import open_house
from app.settings import read_settings
from bench.effect_book import TODAY, candidate_text, fill
from bench.harness import Comparison, Rate, Way
from servicing.clock import SetClock
from servicing.publishing import effect
from servicing.publishing.candidate import draft_of_file
from servicing.publishing.effect import Sum
from store.embedded import EmbeddedPostgres

LOANS = int(os.environ.get("LOANS", "2000"))


def comparisons() -> Iterator[Comparison]:
    """Every loan of the book decided anew twice, the sums told at the end."""
    home = tempfile.mkdtemp(prefix="lw-bench-")
    server = EmbeddedPostgres(home)
    try:
        with server, asyncio.Runner() as runner:
            book = _Book(runner, server.start(), Path(home))
            yield Comparison(
                name="effect_over",
                title=f"The effect of five more days of grace over {LOANS:,} loans",
                unit="loans",
                ways=(Way("in this process", book.alone), Way("by a crew", book.crew)),
                rounds=3,
            )
            book.close()
    finally:
        EmbeddedPostgres(home).forget()
        shutil.rmtree(home, ignore_errors=True)


class _Book:
    """The book, its candidate, and what the first way came to."""

    def __init__(self, runner: asyncio.Runner, url: str, home: Path) -> None:
        self.runner, self.open = runner, AsyncExitStack()
        settings = read_settings({"LOANWRIGHT_HOME": str(home), "LOANWRIGHT_DATABASE_URL": url})
        opened = open_house(settings, url, clock=SetClock(TODAY))
        self.house = runner.run(self.open.enter_async_context(opened))
        runner.run(fill(self.house, url, LOANS))
        file = home / "v9.yaml"
        file.write_text(runner.run(candidate_text(self.house)))
        self.row = draft_of_file(self.house, file)
        self.told: Sum | None = None
        self.alone: Rate = lambda: self._rate(with_crew=False)
        self.crew: Rate = lambda: self._rate(with_crew=True)

    def _rate(self, *, with_crew: bool) -> float:
        terms, catalog = effect.candidate_terms(self.house, self.row)
        row = self.row if with_crew else None
        begun = perf_counter()
        told, moved = self.runner.run(effect.over(self.house, terms, catalog, TODAY, row=row))
        took = perf_counter() - begun
        assert told.done >= LOANS and moved, "the book has loans that more grace concerns"
        assert self.told in (None, told), "both ways come to the same"
        self.told = told
        return told.done / took

    def close(self) -> None:
        """Close the house."""
        self.runner.run(self.open.aclose())
