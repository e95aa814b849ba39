"""The harness: ways take turns, and ratios are taken inside a round."""

from __future__ import annotations

import gc
import io
import itertools
import json
import sys
from collections.abc import Iterator

import pytest
from rich.console import Console

from bench import __main__ as bench
from bench.harness import Comparison, Way, measure, show, timed


@pytest.fixture(autouse=True)
def swept_once() -> Iterator[None]:
    """The harness sweeps before each way; what other tests left is not looked through each time."""
    gc.freeze()
    yield
    gc.unfreeze()


def comparison(*ways: Way, rounds: int = 4) -> Comparison:
    return Comparison(name="one", title="One thing", unit="things", ways=ways, rounds=rounds)


def test_a_machine_that_slows_down_leaves_the_ratio_alone() -> None:
    speed = itertools.chain.from_iterable(itertools.repeat(s, 2) for s in (9, 100, 50, 10, 1))
    drawn: list[float] = []

    def machine(factor: int) -> float:
        drawn.append(next(speed))
        return drawn[-1] * factor

    first, other = measure(
        comparison(Way("first", lambda: machine(1)), Way("other", lambda: machine(3)))
    )
    assert (first.ratio, other.ratio) == (1.0, 3.0)
    assert first.per_second == 30.0


def test_ways_take_turns_and_each_begins_a_round() -> None:
    asked: list[str] = []

    def way(name: str) -> Way:
        return Way(name, lambda: asked.append(name) or 1.0)

    measure(comparison(way("a"), way("b"), rounds=3))
    assert asked == ["a", "b", "a", "b", "b", "a", "a", "b"]


def test_two_ways_of_one_name_are_a_mistake() -> None:
    with pytest.raises(AssertionError):
        measure(comparison(Way("a", lambda: 1.0), Way("a", lambda: 1.0)))


def test_a_rate_counts_the_units_of_its_work() -> None:
    calls: list[int] = []
    rate = timed(lambda: calls.append(1), units=10, seconds=0.001)()
    assert rate > 0 and len(calls) > 10
    assert timed(lambda: None, units=20, seconds=0.001)() > 1000


def test_the_table_shows_ratios() -> None:
    compared = comparison(Way("slow", lambda: 2.0), Way("fast", lambda: 5.0))
    out = io.StringIO()
    show(compared, measure(compared), Console(file=out, width=100))
    assert "things a second" in out.getvalue() and "2.50 ×" in out.getvalue()


def test_json_is_one_array_of_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    compared = comparison(Way("slow", lambda: 2.0), Way("fast", lambda: 5.0))
    monkeypatch.setattr(bench, "ALL", {"one": lambda: iter((compared,))})
    monkeypatch.setattr(sys, "argv", ["bench", "--json", "--only", "one"])
    assert bench.main() == 0
    figures = json.loads(capsys.readouterr().out)
    assert [(figure["way"], figure["ratio"]) for figure in figures] == [
        ("slow", 1.0),
        ("fast", 2.5),
    ]
