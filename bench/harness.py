"""Side by side: the ways of doing one piece of work take turns, and their ratio is what counts.

A machine is faster or slower from one minute to the next; within one round it is the same for all
ways. So every round asks each way once, in turning order, and the claim is the median of the
ratios of the rounds.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

import msgspec
from rich.console import Console
from rich.table import Table

Rate = Callable[[], float]
"""Does the work for a while and tells how many units a second it came to."""


class Way(msgspec.Struct, frozen=True):
    """One way of doing the work."""

    name: str
    rate: Rate


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Ways of doing the same work; the first is what the others are measured against."""

    name: str
    title: str
    unit: str
    """What is counted: events, schedules, payments."""
    ways: tuple[Way, ...]
    rounds: int = 11


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What one way came to."""

    comparison: str
    unit: str
    way: str
    per_second: float
    """Median over the rounds; moves with the machine."""
    ratio: float
    """Median of the rounds' ratios to the first way; this is the claim."""


def timed(work: Callable[[], object], units: int = 1, seconds: float = 0.02) -> Rate:
    """A rate from a piece of work that does ``units``: repeated until it takes long enough."""

    def rate() -> float:
        times = 1
        while True:
            begun = perf_counter()
            for _ in range(times):
                work()
            took = perf_counter() - begun
            if took >= seconds:
                return units * times / took
            times *= 2 if took * 2 >= seconds or not took else max(2, int(seconds / took))

    return rate


def measure(comparison: Comparison) -> list[Figure]:
    """Every way asked once a round, each round beginning with another one."""
    ways = comparison.ways
    rates: dict[str, list[float]] = {way.name: [] for way in ways}
    assert len(rates) == len(ways), "two ways have one name"
    for way in ways:
        way.rate()  # once for nothing: caches fill, statements are prepared
    for number in range(comparison.rounds):
        turn = number % len(ways)
        for way in (*ways[turn:], *ways[:turn]):
            gc.collect()
            rates[way.name].append(way.rate())
    first = rates[ways[0].name]
    return [
        Figure(
            comparison=comparison.name,
            unit=comparison.unit,
            way=name,
            per_second=median(found),
            ratio=median(one / other for one, other in zip(found, first, strict=True)),
        )
        for name, found in rates.items()
    ]


def show(comparison: Comparison, figures: Sequence[Figure], console: Console) -> None:
    """The figures as a table."""
    table = Table(title=comparison.title, title_justify="left", title_style="bold")
    table.add_column("way")
    table.add_column(f"{comparison.unit} a second", justify="right")
    table.add_column("ratio", justify="right")
    for figure in figures:
        table.add_row(figure.way, f"{figure.per_second:,.0f}", f"{figure.ratio:.2f} ×")
    console.print(table)
