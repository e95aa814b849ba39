"""On which due dates unpaid interest is added to the principal."""

from __future__ import annotations

from datetime import date

from engine.interest.capitalization import (
    AtConversion,
    EveryDueDate,
    GivenMonths,
    capitalizing_installments,
)
from engine.values.due_dates import due_dates
from engine.values.frequency import Biweekly, Monthly

MONTHLY = due_dates(date(2026, 1, 15), Monthly(), 12)


def test_every_due_date_is_every_one() -> None:
    assert capitalizing_installments(EveryDueDate(), MONTHLY, 0) == frozenset(range(12))


def test_of_several_due_dates_in_a_month_the_last_counts() -> None:
    days = due_dates(date(2026, 6, 5), Biweekly(), 5)
    assert [str(day) for day in days[:3]] == ["2026-06-05", "2026-06-19", "2026-07-03"]
    assert capitalizing_installments(GivenMonths(months=(6,)), days, 0) == {1}
    assert capitalizing_installments(GivenMonths(months=(6, 7)), days, 0) == {1, 4}


def test_the_same_due_dates_count_however_many_lie_behind() -> None:
    months = GivenMonths(months=(3, 9))
    whole = {MONTHLY[place] for place in capitalizing_installments(months, MONTHLY, 0)}
    for done in range(12):
        rest = MONTHLY[done:]
        places = capitalizing_installments(months, rest, 0)
        assert {rest[place] for place in places} == {day for day in whole if day >= rest[0]}


def test_conversion_is_the_last_due_date_before_the_loan_amortizes() -> None:
    assert capitalizing_installments(AtConversion(), MONTHLY, 3) == {2}
    assert capitalizing_installments(AtConversion(), MONTHLY, 0) == frozenset()
