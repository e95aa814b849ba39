"""Interest earned: the closed form, its anchors, and what must not change it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.interest.accrual import (
    AccrualPoint,
    BalanceChange,
    Pause,
    RateChange,
    accrual_points,
    earned_through,
    interest_earned,
    per_diem,
)
from engine.values.day_count import DayCount
from engine.values.money import Money
from engine.values.rate import Rate

START = date(2024, 1, 30)
LENT = BalanceChange(START, Money(1_000_000))
AT_12_PERCENT = RateChange(START, Rate.parse("0.12"))
ADDITIVE = [DayCount.actual_365, DayCount.actual_360, DayCount.actual_actual_isda]
NON_ADDITIVE = [DayCount.thirty_360, DayCount.actual_365_actual, DayCount.periods]

OFFSETS = st.integers(0, 900)
MOVES = st.lists(st.tuples(OFFSETS, st.integers(-5000, 5000)), max_size=6)


def changes(moves: list[tuple[int, int]]) -> list[BalanceChange]:
    return [LENT, *(BalanceChange(START + timedelta(days=at), Money(cents)) for at, cents in moves)]


def earned(
    balance_changes: list[BalanceChange],
    day_count: DayCount,
    through: date,
    pauses: tuple[Pause, ...] = (),
    rates: tuple[RateChange, ...] = (AT_12_PERCENT,),
) -> Fraction:
    return interest_earned(balance_changes, rates, pauses, day_count, through)


def test_a_month_of_thirty_days_at_twelve_percent_is_one_percent() -> None:
    assert earned([LENT], DayCount.thirty_360, date(2024, 2, 29)) == Fraction(29 * 1_000_000, 3000)
    assert earned([LENT], DayCount.thirty_360, date(2024, 3, 30)) == 20_000


def test_seventy_three_days_are_a_fifth_of_a_year_exactly() -> None:
    assert earned([LENT], DayCount.actual_365, START + timedelta(days=73)) == 24_000


def test_a_payment_lowers_what_is_earned_from_its_day_on() -> None:
    paid = BalanceChange(START + timedelta(days=10), Money(-500_000))
    through = START + timedelta(days=30)
    expected = Fraction(1_000_000 * 10 + 500_000 * 20) * Fraction(12, 100) / 365
    assert earned([LENT, paid], DayCount.actual_365, through) == expected


def test_a_rate_counts_from_its_day_and_the_later_of_two_wins() -> None:
    day = START + timedelta(days=10)
    rates = (
        AT_12_PERCENT,
        RateChange(day, Rate.parse("0.20")),
        RateChange(day, Rate.parse("0.06")),
    )
    through = START + timedelta(days=20)
    expected = 1_000_000 * (Fraction(12, 100) + Fraction(6, 100)) * 10 / 365
    assert earned([LENT], DayCount.actual_365, through, rates=rates) == expected


def test_a_pause_takes_out_both_its_days() -> None:
    pause = Pause(START + timedelta(days=3), START + timedelta(days=11))
    through = START + timedelta(days=30)
    whole = earned([LENT], DayCount.actual_360, through)
    assert earned([LENT], DayCount.actual_360, through, (pause,)) == whole * 21 / 30
    assert earned([LENT], DayCount.actual_360, pause.first_day, (pause,)) == whole * 3 / 30


def test_overlapping_pauses_count_once_and_the_rate_that_changed_inside_holds_after() -> None:
    first, second = (
        Pause(START + timedelta(days=a), START + timedelta(days=b)) for a, b in ((5, 14), (10, 19))
    )
    rates = (AT_12_PERCENT, RateChange(START + timedelta(days=12), Rate.parse("0.24")))
    through = START + timedelta(days=30)
    expected = 1_000_000 * (Fraction(12, 100) * 5 + Fraction(24, 100) * 10) / 360
    assert earned([LENT], DayCount.actual_360, through, (first, second), rates) == expected


@given(MOVES, OFFSETS, OFFSETS, st.sampled_from(ADDITIVE))
def test_looking_in_between_changes_nothing(
    moves: list[tuple[int, int]], first: int, second: int, day_count: DayCount
) -> None:
    middle, end = (START + timedelta(days=offset) for offset in sorted((first, second)))
    history = changes(moves)
    points = accrual_points(history, [AT_12_PERCENT], [], day_count, middle)
    at_middle = earned_through(points[-1], day_count, middle)
    balance = Money(sum(change.delta.minor for change in history if change.on <= middle))
    resumed = [BalanceChange(middle, balance), *(c for c in history if c.on > middle)]
    rest = earned(resumed, day_count, end, rates=(RateChange(middle, AT_12_PERCENT.rate),))
    assert at_middle + rest == earned(history, day_count, end)


@given(MOVES, OFFSETS, st.integers(1, 9000), OFFSETS, st.sampled_from(NON_ADDITIVE))
def test_a_payment_that_came_back_earns_as_if_it_had_never_come(
    moves: list[tuple[int, int]], at: int, cents: int, through: int, day_count: DayCount
) -> None:
    day = START + timedelta(days=at)
    returned = [BalanceChange(day, Money(-cents)), BalanceChange(day, Money(cents))]
    end = START + timedelta(days=through)
    history = changes(moves)
    assert earned(history + returned, day_count, end) == earned(history, day_count, end)
    assert accrual_points(
        history + returned, [AT_12_PERCENT], [], day_count, end
    ) == accrual_points(history, [AT_12_PERCENT], [], day_count, end)


@given(st.permutations(changes([(5, 100), (5, -300), (90, -4000), (400, 250)])), OFFSETS)
def test_the_order_of_recording_does_not_matter(history: list[BalanceChange], at: int) -> None:
    end = START + timedelta(days=at)
    assert earned(history, DayCount.thirty_360, end) == earned(
        sorted(history, key=lambda change: change.on), DayCount.thirty_360, end
    )


def test_a_rate_repeated_is_no_breakpoint() -> None:
    again = RateChange(date(2024, 2, 28), AT_12_PERCENT.rate)
    end = date(2024, 3, 31)
    points = accrual_points([LENT], [AT_12_PERCENT, again], [], DayCount.thirty_360, end)
    assert [point.anchor for point in points] == [START]


def test_the_last_point_tells_every_later_day() -> None:
    paid = BalanceChange(date(2024, 2, 28), Money(-400_000))
    points = accrual_points([LENT, paid], [AT_12_PERCENT], [], DayCount.thirty_360, paid.on)
    assert points[-1].anchor == paid.on
    assert points[-1].balance == Money(600_000)
    for end in (paid.on, date(2024, 2, 29), date(2024, 3, 31)):
        assert earned_through(points[-1], DayCount.thirty_360, end) == earned(
            [LENT, paid], DayCount.thirty_360, end
        )


def test_nothing_is_earned_before_anything_is_lent() -> None:
    assert earned([LENT], DayCount.actual_365, START) == 0
    assert earned([], DayCount.actual_365, START) == 0


def test_a_day_before_the_anchor_is_a_bug() -> None:
    point = AccrualPoint(
        anchor=START, earned=Fraction(0), balance=Money(1), rate=AT_12_PERCENT.rate
    )
    with pytest.raises(AssertionError):
        earned_through(point, DayCount.actual_365, START - timedelta(days=1))


def test_one_days_interest() -> None:
    balance, rate = Money(1_000_000), Rate.parse("0.0365")
    assert per_diem(balance, rate, DayCount.actual_365, START) == 100
    assert per_diem(balance, rate, DayCount.thirty_360, date(2024, 1, 30)) == Fraction(36500, 360)
    leap = per_diem(balance, rate, DayCount.actual_actual_isda, START)
    assert leap == Fraction(36500, 366)
