"""The level payment against exact fractions and published figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.amortization.interest_periods import InterestPeriods, interest_periods
from engine.amortization.level_payment import (
    LevelPayment,
    annuity_payment,
    level_payment,
    rounded_annuity,
)
from engine.amortization.roll import RollTerms
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Exact, Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact

START = date(2024, 1, 1)


def monthly(rate: str, count: int, day_count: DayCount = DayCount.periods) -> InterestPeriods:
    dates = due_dates(date(2024, 2, 1), Monthly(), count)
    return interest_periods(START, dates, Rate.parse(rate), day_count)


def test_a_thirty_year_mortgage_of_100000_at_nine_percent() -> None:
    # Comment 17(c)(1)-10.iii.A of Regulation Z states 804.62.
    payment = level_payment(Money(10_000_000), monthly("0.09", 360), LevelPayment(), RollTerms())
    assert payment == Money(80_462)


@given(
    st.integers(1, 10**9),
    st.decimals("0", "3", places=6),
    st.integers(1, 40),
    st.sampled_from([DayCount.actual_365, DayCount.thirty_360, DayCount.actual_actual_isda]),
    st.sampled_from(list(Rounding)),
    st.integers(0, 10**6),
)
def test_fixed_point_agrees_with_exact_fractions(
    principal: int, rate: object, count: int, day_count: DayCount, rounding: Rounding, carry: int
) -> None:
    periods = monthly(str(rate), count, day_count)
    carried = Exact(carry, 365)
    exact = annuity_payment(principal, periods, carried)
    payment, growth = rounded_annuity(principal, periods, rounding=rounding, carry=carried)
    assert Money(payment) == round_exact(exact, rounding)
    assert growth >= count


def test_an_exact_half_cent_is_decided_exactly() -> None:
    free = InterestPeriods(START, due_dates(START, Monthly(), 8), (0,) * 8, 1)
    assert rounded_annuity(100_004, free, rounding=Rounding.half_up)[0] == 12_501
    assert rounded_annuity(100_004, free, rounding=Rounding.half_even)[0] == 12_500


def test_a_balloon_is_left_after_the_last_payment() -> None:
    payment = annuity_payment(1_000_000, monthly("0.12", 24), balloon=400_000)
    balance = Fraction(1_000_000)
    for _ in range(24):
        balance = balance * Fraction(101, 100) - payment
    assert balance == 400_000
