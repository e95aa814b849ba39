"""What is compared does the same work: the ways agree before they are timed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bench import batch, effect, expressions, reading, schedules
from bench.harness import Comparison
from bench.loans import lived, personal_terms
from bench.pgbench import Script
from engine.loan.evolve import fold


def test_a_loan_to_measure_with_is_one_of_the_products_and_its_law() -> None:
    life = lived(3)
    assert life.loan is not None and len(life.loan.payments) == 3
    assert fold("loan_bench", life.history) == life.loan
    assert personal_terms().rules is not None
    assert len(life.history) == life.loan.seq


@pytest.mark.parametrize(
    "comparisons",
    [each.comparisons for each in (batch, effect, expressions, reading, schedules)],
)
def test_every_way_runs_and_none_is_named_twice(
    comparisons: Callable[[], Iterator[Comparison]],
) -> None:
    for comparison in comparisons():
        assert len({way.name for way in comparison.ways}) == len(comparison.ways) > 1


def test_the_script_of_a_payment_reads_once_and_writes_once() -> None:
    reads = [("SELECT s.a FROM (SELECT 1) AS one LEFT JOIN s ON s.id = $1", ("loan",))]
    writes = [("UPDATE s SET a = $1, b = $2::date", (7, None))]
    assert Script(reads, writes).text().splitlines()[2:] == [
        "SELECT b.w1 AS w1, s.a FROM bench_payment AS b LEFT JOIN s ON s.id = b.r1"
        " WHERE b.n = :row \\gset",
        "UPDATE s SET a = :w1, b = NULL::date;",
    ]
