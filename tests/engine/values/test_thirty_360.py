"""The six ways to treat month ends in a year of thirty-day months."""

from __future__ import annotations

from datetime import date

import pytest

from engine.values import thirty_360

LEAP_FEBRUARY, AUGUST = date(2024, 2, 29), date(2024, 8, 31)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (thirty_360.bond_basis_days, 182),
        (thirty_360.us_days, 180),
        (thirty_360.psa_days, 180),
        (thirty_360.eurobond_days, 181),
        (thirty_360.eurobond_plus_days, 182),
    ],
)
def test_end_of_february_to_the_31st(count: object, expected: int) -> None:
    assert callable(count)
    assert count(LEAP_FEBRUARY, AUGUST) == expected


def test_two_februaries_under_the_us_rule_are_a_year_apart() -> None:
    assert thirty_360.us_days(date(2023, 2, 28), date(2024, 2, 29)) == 360
    assert thirty_360.psa_days(date(2023, 2, 28), date(2024, 2, 29)) == 359
