"""What rows cover is told exactly: every answer is compared with asking every value."""

from __future__ import annotations

import random
from itertools import product

import pytest

from engine.compliance.cells import ReadCell, read_cell
from engine.compliance.table_space import Space, TooLarge, space_of
from engine.facts.fact import FactType

COLUMNS = {
    "term_months": FactType.number,
    "fee_kind": FactType.text,
    "covered_borrower": FactType.flag,
}
KINDS = ("late_fee", "nsf", "anything else")


def random_rows(chance: random.Random) -> list[dict[str, ReadCell]]:
    rows = []
    for _ in range(chance.randint(1, 5)):
        low = chance.randint(0, 4)
        cells = {
            "term_months": f">= {low} and <= {low + chance.randint(0, 4)}",
            "fee_kind": chance.choice(["late_fee", "nsf", "late_fee, nsf", "not nsf"]),
            "covered_borrower": chance.choice([True, False]),
        }
        chosen = [name for name in COLUMNS if chance.random() < 0.7]
        rows.append(
            {
                name: read_cell(name, COLUMNS[name], cells[name], "USD", frozenset())
                for name in chosen
            }
        )
    return rows


def holds(row: dict[str, ReadCell], months: int, kind: str, covered: bool) -> bool:
    """The row asked of one case in the plainest way."""
    compared = row["term_months"].compared if "term_months" in row else ()
    bounds = {one.operator: int(one.bound) for one in compared}
    if not bounds.get(">=", 0) <= months <= bounds.get("<=", months):
        return False
    if "fee_kind" in row and (kind in row["fee_kind"].listed) is row["fee_kind"].negated:
        return False
    return "covered_borrower" not in row or covered in row["covered_borrower"].listed


@pytest.mark.parametrize("seed", range(300))
def test_gaps_overlaps_and_rows_never_reached_are_those_of_every_case(seed: int) -> None:
    rows = random_rows(random.Random(seed))
    space = space_of(COLUMNS, rows, "USD", {})
    cases = list(product(range(12), KINDS, (True, False)))
    hits = [[at for at, row in enumerate(rows) if holds(row, *case)] for case in cases]
    assert (space.uncovered() is not None) == any(not hit for hit in hits)
    for at in range(len(rows)):
        first = any(hit and hit[0] == at for hit in hits)
        assert (space.never_reached(at) is None) == first
    pairs = {(one, other) for one, other, _ in space.overlaps()}
    wanted = {(a, b) for hit in hits for a in hit for b in hit if a < b}
    assert pairs == wanted


def brackets(*cells: str, type: FactType = FactType.money) -> Space:
    rows = [
        {"loan_amount": read_cell("loan_amount", type, cell, "USD", frozenset())} for cell in cells
    ]
    return space_of({"loan_amount": type}, rows, "USD", {})


def test_brackets_that_do_not_meet_show_the_amount_between() -> None:
    space = brackets("<= 500.00", ">= 501.00")
    ((below, above, hole),) = space.holes()
    assert (below, above, space.witness(hole)) == (0, 1, "loan_amount 500.01")
    assert list(brackets("<= 500.00", "> 500.00").holes()) == []
    assert brackets("<= 500.00", ">= 500.01").uncovered() is None


def test_rates_have_values_between_any_two() -> None:
    space = brackets("<= 0.10", ">= 0.11", type=FactType.rate)
    ((_, _, hole),) = space.holes()
    assert space.witness(hole) == "loan_amount 0.105"


def test_what_lies_below_every_row_is_no_hole_but_is_not_covered() -> None:
    space = brackets(">= 100.00")
    left = space.uncovered()
    assert left is not None and space.witness(left) == "loan_amount 99.99"
    assert list(space.holes()) == []


def test_a_table_that_falls_into_too_many_pieces_is_not_looked_over() -> None:
    chance = random.Random(7)
    facts = [f"f{number}" for number in range(12)]
    rows = [
        {
            fact: read_cell(fact, FactType.number, f"> {chance.randint(1, 9)}", "USD", frozenset())
            for fact in facts
        }
        for _ in range(60)
    ]
    space = space_of(dict.fromkeys(facts, FactType.number), rows, "USD", {})
    with pytest.raises(TooLarge):
        space.uncovered()
