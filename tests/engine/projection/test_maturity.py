"""When contracts end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.projection.event_dates import BusinessDays, EventDate, event_date
from engine.projection.maturity import NeverRepaid, maturity
from engine.projection.repayment import (
    GivenPayment,
    PrincipalMove,
    PrincipalParts,
    PrincipalPlan,
    Repayment,
    SolvedPayment,
)
from engine.values.calendar import AccrualPeriod, BusinessDayAdjustment
from engine.values.money import Money
from engine.values.recurrence import Recurrence
from tests.engine.projection.contracts import contract, day, monthly, rows

FOLLOWING = BusinessDays(adjustment=BusinessDayAdjustment.following)
MONTHLY = monthly("2024-02-15")


def ends(repayment: Repayment, **terms: Any) -> date | None:
    end = maturity(contract(repayment=repayment, maturity=None, **terms))
    return end.date.on if end else None


@pytest.mark.parametrize(
    ("repayment", "last"),
    [
        (PrincipalParts(dates=MONTHLY, part=Money(30_000)), "2024-05-15"),
        (GivenPayment(dates=MONTHLY, payment=Money(25_000)), "2024-06-15"),
        (GivenPayment(dates=MONTHLY, payment=Money(25_629)), "2024-05-15"),
        (SolvedPayment(dates=MONTHLY, payment=Money(101_000)), "2024-02-15"),
        (SolvedPayment(dates=MONTHLY, amortized_to=day("2024-09-03")), "2024-09-03"),
    ],
)
def test_it_ends_when_it_is_repaid(repayment: Repayment, last: str) -> None:
    assert ends(repayment) == day(last)


@pytest.mark.parametrize(
    "repayment",
    [
        GivenPayment(dates=MONTHLY, payment=Money(1_000)),
        GivenPayment(dates=Recurrence(first=day("2024-02-15")), payment=Money(1_000)),
        PrincipalParts(dates=Recurrence(first=day("2024-02-15")), part=Money(1_000)),
        PrincipalParts(dates=MONTHLY),
        SolvedPayment(dates=MONTHLY),
        PrincipalPlan(
            moves=(PrincipalMove(dates=Recurrence(first=day("2024-02-15")), amount=Money(1)),)
        ),
    ],
)
def test_what_never_repays_has_no_end(repayment: Repayment) -> None:
    with pytest.raises(NeverRepaid):
        ends(repayment)


def test_a_last_day_that_follows_moves_with_the_dates_and_a_written_one_stands() -> None:
    """15 June 2024 is a Saturday."""
    parts = PrincipalParts(dates=MONTHLY, part=Money(20_000))
    assert ends(parts, business_days=FOLLOWING) == day("2024-06-17")
    given = contract(interest_dates=(monthly("2024-06-15"),), business_days=FOLLOWING)
    assert rows(given)[1][0] == "2024-06-17"
    sunday = contract(maturity=None, repayment=parts, business_days=FOLLOWING)
    assert [row[0] for row in rows(sunday)].count("2024-06-17") == 2


def test_interest_is_counted_to_the_day_moved_to_or_from() -> None:
    saturday = day("2024-06-15")
    assert event_date(saturday, FOLLOWING) == EventDate(day("2024-06-17"), day("2024-06-17"))
    unadjusted = BusinessDays(
        adjustment=BusinessDayAdjustment.preceding, accrual_period=AccrualPeriod.unadjusted
    )
    assert event_date(saturday, unadjusted) == EventDate(day("2024-06-14"), saturday)
    given = contract(interest_dates=(monthly("2024-06-15"),), business_days=unadjusted)
    assert rows(given)[1] == ("2024-06-14", "interest_paid", 5_000, 100_000, 0)
