"""Due dates of every frequency, and that any is reached without stepping to it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.calendar import WEEKENDS_ONLY, BusinessDayAdjustment
from engine.values.due_dates import due_date, due_dates
from engine.values.frequency import (
    Annual,
    Biweekly,
    EveryDays,
    EveryMonths,
    EveryWeeks,
    ExplicitDates,
    Frequency,
    Monthly,
    Quarterly,
    Semiannual,
    Semimonthly,
    Single,
    Weekly,
    days_between,
    months_between,
    periods_per_year,
)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("frequency", "first", "expected"),
    [
        (Monthly(), "2024-01-31", days("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30")),
        (Monthly(day=31), "2024-02-29", days("2024-02-29", "2024-03-31", "2024-04-30")),
        (Monthly(day=1), "2024-02-15", days("2024-02-15", "2024-03-01", "2024-04-01")),
        (
            Monthly(skip_months=(6, 7, 8)),
            "2024-05-10",
            days("2024-05-10", "2024-09-10", "2024-10-10"),
        ),
        (Weekly(), "2024-02-26", days("2024-02-26", "2024-03-04", "2024-03-11")),
        (Biweekly(), "2024-02-26", days("2024-02-26", "2024-03-11", "2024-03-25")),
        (EveryWeeks(weeks=4), "2024-02-26", days("2024-02-26", "2024-03-25")),
        (EveryDays(days=10), "2024-02-26", days("2024-02-26", "2024-03-07")),
        (
            Semimonthly(days=(15, 31)),
            "2024-01-31",
            days("2024-01-31", "2024-02-15", "2024-02-29", "2024-03-15", "2024-03-31"),
        ),
        (Semimonthly(days=(1, 15)), "2024-01-20", days("2024-01-20", "2024-02-01", "2024-02-15")),
        (EveryMonths(months=2), "2023-12-31", days("2023-12-31", "2024-02-29", "2024-04-30")),
        (Quarterly(), "2023-11-30", days("2023-11-30", "2024-02-29", "2024-05-30")),
        (Semiannual(), "2023-08-31", days("2023-08-31", "2024-02-29", "2024-08-31")),
        (Annual(), "2024-02-29", days("2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28")),
        (Single(), "2024-02-29", days("2024-02-29")),
    ],
)
def test_installments_fall_due(frequency: Frequency, first: str, expected: list[date]) -> None:
    first_payment_date = date.fromisoformat(first)
    assert list(due_dates(first_payment_date, frequency, len(expected))) == expected


def test_explicit_dates_are_the_contracts_own() -> None:
    listed = ExplicitDates(dates=(date(2024, 3, 1), date(2024, 7, 1)))
    assert due_dates(date(2024, 3, 1), listed, 2) == listed.dates
    with pytest.raises(IndexError):
        due_date(date(2024, 3, 1), listed, 3)
    with pytest.raises(IndexError):
        due_date(date(2024, 3, 1), Single(), 2)


@pytest.mark.parametrize(
    ("frequency", "first", "regular_start"),
    [
        (Monthly(), date(2024, 2, 29), date(2024, 1, 29)),
        (Monthly(day=31), date(2024, 2, 29), date(2024, 1, 31)),
        (Biweekly(), date(2024, 2, 15), date(2024, 2, 1)),
        (Semimonthly(days=(1, 15)), date(2024, 2, 15), date(2024, 2, 1)),
        (Semimonthly(days=(1, 15)), date(2024, 2, 20), date(2024, 2, 15)),
        (Monthly(skip_months=(7, 8)), date(2024, 9, 5), date(2024, 6, 5)),
    ],
)
def test_number_zero_starts_a_regular_first_period(
    frequency: Frequency, first: date, regular_start: date
) -> None:
    assert due_date(first, frequency, 0) == regular_start


@given(
    st.sampled_from([Monthly(), Weekly(), Biweekly(), Quarterly(), Semimonthly(days=(5, 20))]),
    st.dates(date(2020, 1, 1), date(2025, 12, 31)),
    st.integers(1, 80),
)
def test_due_dates_only_go_forward(frequency: Frequency, first: date, number: int) -> None:
    assert due_date(first, frequency, number) < due_date(first, frequency, number + 1)


@given(
    st.sampled_from([
        Monthly(), Monthly(day=31), Monthly(skip_months=(2,)), EveryMonths(months=5, day=15),
        EveryMonths(months=2), Quarterly(), Semiannual(), Annual(), Weekly(),
    ]),
    st.dates(date(2020, 1, 1), date(2025, 12, 31)),
    st.integers(0, 80),
)  # fmt: skip
def test_many_due_dates_are_those_asked_one_by_one(
    frequency: Frequency, first: date, count: int
) -> None:
    one_by_one = tuple(due_date(first, frequency, number) for number in range(1, count + 1))
    assert due_dates(first, frequency, count) == one_by_one


def test_a_date_on_a_weekend_moves_and_the_next_is_counted_from_the_contract() -> None:
    moved = due_dates(
        date(2024, 5, 31),
        Monthly(),
        3,
        calendar=WEEKENDS_ONLY,
        adjustment=BusinessDayAdjustment.modified_following,
    )
    assert list(moved) == days("2024-05-31", "2024-06-28", "2024-07-31")


def test_installments_in_a_year() -> None:
    yearly = {
        12: Monthly(),
        9: Monthly(skip_months=(6, 7, 8)),
        24: Semimonthly(),
        26: Biweekly(),
        52: Weekly(),
        13: EveryWeeks(weeks=4),
        4: Quarterly(),
        2: Semiannual(),
        1: Annual(),
    }
    assert all(periods_per_year(frequency) == count for count, frequency in yearly.items())
    assert periods_per_year(EveryDays(days=10)) == Fraction(73, 2)


def test_steps_of_fixed_length() -> None:
    assert (days_between(Biweekly()), days_between(Monthly())) == (14, None)
    assert (months_between(Annual()), months_between(Weekly())) == (12, None)
    assert months_between(Monthly(skip_months=(7,))) is None
    first = date(2024, 1, 5)
    assert due_date(first, EveryDays(days=3), 5) == first + timedelta(days=12)
