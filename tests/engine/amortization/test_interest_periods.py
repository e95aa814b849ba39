"""Interest factors of dated periods over one denominator."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from engine.amortization.interest_periods import interest_periods
from engine.interest.accrual import Pause, RateChange
from engine.values.day_count import DayCount
from engine.values.rate import Rate

START = date(2023, 12, 1)
DUE = (date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1))
RATE = Rate.parse("0.12")


def factors(day_count: DayCount = DayCount.actual_365, **choices: Any) -> list[Fraction]:
    periods = interest_periods(START, DUE, RATE, day_count, **choices)
    return [Fraction(numerator, periods.denominator) for numerator in periods.numerators]


def test_each_period_by_its_days() -> None:
    assert factors() == [Fraction(12 * days, 36_500) for days in (31, 31, 29)]


def test_the_year_end_falls_in_the_period_of_the_day_that_earns() -> None:
    isda = DayCount.actual_actual_isda
    assert factors(isda)[0] == Fraction(12, 100) * Fraction(31, 365)
    shifted = factors(isda, day_one_accrues=False)[0]
    assert shifted == Fraction(12, 100) * (Fraction(30, 365) + Fraction(1, 366))


def test_a_regular_first_period_begins_where_it_would() -> None:
    assert factors(regular_start=date(2023, 12, 11))[0] == Fraction(12 * 21, 36_500)


def test_rates_and_pauses_inside_a_period() -> None:
    change = RateChange(date(2024, 1, 11), Rate.parse("0.24"))
    pause = Pause(date(2024, 1, 21), date(2024, 1, 25))
    with_both = factors(rate_changes=[change], pauses=[pause])
    assert with_both[0] == factors()[0]
    assert with_both[1] == Fraction(12 * 10 + 24 * (21 - 5), 36_500)


def test_rate_of_a_period_rounded_to_decimals() -> None:
    assert factors(DayCount.thirty_360, rate_decimals=3) == [Fraction(1, 100)] * 3
    assert factors(rate_decimals=4)[0] == Fraction(102, 10_000)


def test_the_tail_starts_where_the_head_ends() -> None:
    tail = interest_periods(START, DUE, RATE, DayCount.actual_365).tail(1)
    assert (tail.start, tail.due_dates) == (DUE[0], DUE[1:])
    assert len(tail.numerators) == 2


def test_a_schedule_without_due_dates_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        interest_periods(START, (), RATE, DayCount.actual_365)
