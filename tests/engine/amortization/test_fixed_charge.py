"""Schedules of a charge fixed at the start."""

from __future__ import annotations

from datetime import date

import pytest

from engine.amortization.amortization import Amortization
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.fixed_charge import charge_parts, fixed_charge_columns
from engine.amortization.interest_periods import InterestPeriods, interest_periods
from engine.amortization.level_payment import LevelPayment
from engine.interest.precomputed_interest import ChargeParts, PrecomputedInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.rate import Rate

BY_PERIOD = PrecomputedInterest(parts=ChargeParts.by_period, day_count=DayCount.actual_365)
PERIODS = interest_periods(
    date(2025, 1, 1), due_dates(date(2025, 2, 1), Monthly(), 3), Rate.parse("0.07"),
    DayCount.actual_365,
)  # fmt: skip


def test_equal_parts_leave_the_odd_cent_to_the_last() -> None:
    assert charge_parts(100_000, PERIODS, PrecomputedInterest()) == [575, 575, 576]


def test_a_few_cents_over_many_installments_are_never_negative() -> None:
    five = InterestPeriods(PERIODS.start, PERIODS.due_dates, (1,) * 5, 100)
    assert charge_parts(60, five, PrecomputedInterest()) == [0, 0, 0, 0, 3]


def test_longer_months_carry_more() -> None:
    assert charge_parts(100_000, PERIODS, BY_PERIOD) == [595, 537, 595]


@pytest.mark.parametrize("amortization", [LevelPayment(), EqualPrincipal(), EqualInstallments()])
def test_payments_make_up_the_amount_lent_and_the_charge(amortization: Amortization) -> None:
    columns = fixed_charge_columns(100_000, PERIODS, amortization, BY_PERIOD)
    assert sum(columns.principal) == 100_000
    assert columns.balance[-1] == 0
    assert sum(columns.payment) == 100_000 + sum(columns.interest)
    spread = max(columns.payment) - min(columns.payment)
    assert spread <= (2 if isinstance(amortization, LevelPayment) else 60)
