"""The level payment against exact fractions and published figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.amortization.annuity import annuity_payment, growth_of_payments, rounded_annuity
from engine.amortization.interest_periods import InterestPeriods, interest_periods
from engine.amortization.level_payment import LevelPayment, level_payment
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
    st.decimals("-0.5", "3", places=6),
    st.integers(1, 40),
    st.sampled_from([DayCount.actual_365, DayCount.thirty_360, DayCount.actual_actual_isda]),
    st.sampled_from(list(Rounding)),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
)
def test_fixed_point_agrees_with_exact_fractions(
    principal: int, rate: Decimal, count: int, day_count: DayCount, rounding: Rounding,
    carry: int, balloon: int,
) -> None:  # fmt: skip
    periods = monthly(str(rate), count, day_count)
    carried = Exact(carry, 365)
    exact = annuity_payment(principal, periods, carried, balloon)
    payment = rounded_annuity(principal, periods, rounding=rounding, carry=carried, balloon=balloon)
    assert Money(payment) == round_exact(exact, rounding)
    assert growth_of_payments(periods) >= count or rate < 0


def test_an_exact_half_cent_is_decided_exactly() -> None:
    free = InterestPeriods(START, due_dates(START, Monthly(), 8), (0,) * 8, 1)
    assert rounded_annuity(100_004, free, rounding=Rounding.half_up) == 12_501
    assert rounded_annuity(100_004, free, rounding=Rounding.half_even) == 12_500


def test_a_balloon_is_left_after_the_last_payment() -> None:
    payment = annuity_payment(1_000_000, monthly("0.12", 24), balloon=400_000)
    balance = Fraction(1_000_000)
    for _ in range(24):
        balance = balance * Fraction(101, 100) - payment
    assert balance == 400_000
