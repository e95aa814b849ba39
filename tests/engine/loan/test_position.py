"""Positions: the closed forms say what observing the loan says, on every day of a segment."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.loan import observe
from engine.loan.boundaries import next_boundary
from engine.loan.evolve import fold
from engine.loan.position import Position, position, positions
from engine.values.day_count import year_fraction
from engine.values.money import ZERO, Money
from engine.values.rounding import Rounding, round_exact
from tests.engine.loan.life import PERSONAL, Life, a_loan

HALF_UP = Rounding.half_up


def interest(of: Position, day: date) -> Money:
    """Interest owed by the closed form."""
    grown = Fraction(of.carry_numerator, of.carry_denominator) + of.principal.minor * Fraction(
        of.rate_numerator, of.rate_denominator
    ) * year_fraction(of.day_count, of.anchor, day)
    owed = round_exact(grown, HALF_UP)
    return owed if owed > ZERO else ZERO


def past_due(of: Position, day: date) -> Money:
    """Amount past due by the closed form."""
    first = day == of.valid_from
    fees = of.past_due_fees_first_day if first else of.past_due_fees_after
    owed = of.principal + interest(of, day)
    if of.all_past_due_after is not None and day > of.all_past_due_after:
        return owed + fees
    return min(of.past_due_first_day if first else of.past_due_after, owed) + fees


def check(life: Life, through: date) -> None:
    numbered = [(item.seq, item.event) for item in life.history]
    rows = positions(None, numbered, PERSONAL, loan_id="loan_test")
    ends = [*[row.valid_from for row in rows[1:]], through + timedelta(days=1)]
    for row, end in zip(rows, ends, strict=True):
        day = row.valid_from
        loan = fold("loan_test", [n for n in numbered if n[1].effective_on <= day])
        while day < end and (row.next_boundary is None or day < row.next_boundary):
            assert interest(row, day) == observe.interest_owed(loan, day, HALF_UP)
            if not loan.charged_off_on and not loan.paid_off_on:
                assert past_due(row, day) == observe.amount_past_due(loan, day, HALF_UP)
                oldest = row.oldest_unpaid_due_date
                days = (day - oldest).days if oldest and oldest < day else 0
                assert days == observe.days_past_due(loan, day, HALF_UP)
            day += timedelta(days=1)


@given(
    st.lists(st.tuples(st.integers(0, 45), st.integers(100, 300_000)), max_size=6),
    st.integers(2, 12),
)
@settings(max_examples=25)
def test_closed_forms_equal_observation_on_every_day(
    drawn: list[tuple[int, int]], payments: int
) -> None:
    life = a_loan(payments=payments)
    day = date(2026, 1, 16)
    for days, cents in drawn:
        day += timedelta(days=days)
        if not life.at(day).paid_off_on:
            life.pays(Money(cents).text(), day)
    end = day + timedelta(days=100)
    life.until(end)
    check(life, end)


def test_a_correction_replaces_positions_from_its_own_day_on() -> None:
    life = a_loan()
    first = life.pays("892.87", date(2026, 2, 15))
    life.until(date(2026, 4, 1))
    before, decision = life.loan, None
    history = [(item.seq, item.event) for item in life.history]
    decision = life.comes_back(first, date(2026, 4, 1), "R10")
    rows = positions(before, decision.events, PERSONAL, loan_id="loan_test", history=history)
    assert rows[0].valid_from == date(2026, 2, 15)
    assert rows[0].principal == Money(1_000_000)
    assert rows[-1] == position(life.at(rows[-1].valid_from), rows[-1].valid_from, PERSONAL)


def test_the_next_boundary_is_the_next_thing_time_decides() -> None:
    life = a_loan()
    seen = []
    for _ in range(5):
        assert life.loan is not None
        day = next_boundary(life.loan, PERSONAL)
        assert day is not None
        seen.append(day)
        life.until(day)
    assert seen == [
        date(2026, 2, 15),  # billed
        date(2026, 2, 16),  # late
        date(2026, 2, 26),  # late fee
        date(2026, 3, 15),  # the second is billed
        date(2026, 3, 17),  # thirty days late
    ]
