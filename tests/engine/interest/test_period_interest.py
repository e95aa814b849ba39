"""Interest fixed by period is earned evenly by days."""

from __future__ import annotations

from datetime import date

import pytest

from engine.interest.period_interest import PeriodPace, earned_at_pace
from engine.values.money import Exact

PACE = PeriodPace(anchor=date(2026, 2, 15), earned=Exact(12_000), per_day=Exact(11_054, 28))


def test_so_much_by_the_anchor_and_so_much_each_day() -> None:
    assert earned_at_pace(PACE, date(2026, 2, 15)) == 12_000
    assert earned_at_pace(PACE, date(2026, 3, 1)) == 12_000 + 5_527
    assert earned_at_pace(PACE, date(2026, 3, 15)) == 12_000 + 11_054


def test_days_before_the_anchor_are_not_asked() -> None:
    with pytest.raises(AssertionError):
        earned_at_pace(PACE, date(2026, 2, 14))
