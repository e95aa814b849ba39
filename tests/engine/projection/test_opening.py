"""A loan taken over as it stood on a day."""

from __future__ import annotations

from fractions import Fraction

from engine.projection.contract import (
    Opening,
)
from engine.projection.opening import opened
from engine.values.money import Money
from tests.engine.projection.contracts import contract, day, rows


def test_a_loan_taken_over_earns_from_its_last_interest_date() -> None:
    opened = contract(opening=Opening(on=day("2024-02-25")))
    assert rows(opened, day("2024-03-15")) == [
        ("2024-03-15", "interest_paid", 1_000, 100_000, 0),
    ]
    settled = contract(opening=Opening(on=day("2024-02-25"), accrued=Fraction(0)))
    assert rows(settled, day("2024-03-15"))[0][2] == 667
    early = contract(opening=Opening(on=day("2024-01-20")))
    assert rows(early, day("2024-02-15"))[0][2] == 833
    before = contract(opening=Opening(on=day("2024-01-01")))
    assert rows(before) == rows(contract())


def test_before_the_first_day_nothing_is_owed_and_nothing_earned() -> None:
    before = opened(contract())
    assert (before.principal, before.point.balance, before.point.earned) == (Money(0), Money(0), 0)
    assert before.rate == contract().rate
