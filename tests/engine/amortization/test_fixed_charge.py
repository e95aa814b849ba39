"""Schedules of a charge fixed at the start."""

from __future__ import annotations

from datetime import date

import pytest

from engine.amortization.amortization import Amortization
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.fixed_charge import charge_parts, fixed_charge_columns, whole_charge
from engine.amortization.interest_periods import InterestPeriods, interest_periods
from engine.amortization.level_payment import LevelPayment
from engine.interest.precomputed_interest import ChargeBasis, ChargeParts, PrecomputedInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.rate import Rate

RATE = Rate.parse("0.07")
BY_PERIOD = PrecomputedInterest(parts=ChargeParts.by_period, day_count=DayCount.actual_365)
PERIODS = interest_periods(
    date(2025, 1, 1), due_dates(date(2025, 2, 1), Monthly(), 3), RATE,
    DayCount.actual_365,
)  # fmt: skip


def test_equal_parts_leave_the_odd_cent_to_the_last() -> None:
    assert charge_parts(1_726, 100_000, 0, PERIODS, PrecomputedInterest()) == [575, 575, 576]


def test_a_few_cents_over_many_installments_are_never_negative() -> None:
    five = InterestPeriods(PERIODS.start, PERIODS.due_dates, (1,) * 5, 100)
    assert charge_parts(3, 60, 0, five, PrecomputedInterest()) == [0, 0, 0, 0, 3]


def test_longer_months_carry_more() -> None:
    assert charge_parts(1_727, 100_000, 0, PERIODS, BY_PERIOD) == [595, 537, 595]


@pytest.mark.parametrize("amortization", [LevelPayment(), EqualPrincipal(), EqualInstallments()])
def test_payments_make_up_the_amount_lent_and_the_charge(amortization: Amortization) -> None:
    columns = fixed_charge_columns(100_000, PERIODS, amortization, BY_PERIOD, RATE)
    assert sum(columns.principal) == 100_000
    assert columns.balance[-1] == 0
    assert sum(columns.payment) == 100_000 + sum(columns.interest)
    spread = max(columns.payment) - min(columns.payment)
    assert spread <= (2 if isinstance(amortization, LevelPayment) else 60)


TWELVE = InterestPeriods(
    date(2026, 1, 15), due_dates(date(2026, 2, 15), Monthly(), 12), (1,) * 12, 100
)
"""A year of months at one percent each."""


@pytest.mark.parametrize("parts", ChargeParts)
@pytest.mark.parametrize("charge", ChargeBasis)
def test_every_way_of_earning_earns_the_whole_charge(
    parts: ChargeParts, charge: ChargeBasis
) -> None:
    method = PrecomputedInterest(parts=parts, charge=charge)
    columns = fixed_charge_columns(120_000, TWELVE, LevelPayment(), method, Rate.parse("0.12"))
    assert sum(columns.interest) == 14_400
    lent = 105_600 if charge is ChargeBasis.discount else 120_000
    assert sum(columns.principal) == lent
    assert sum(columns.payment) == lent + 14_400


def test_the_rule_of_78_earns_twelve_parts_of_78_first() -> None:
    method = PrecomputedInterest(parts=ChargeParts.rule_of_78)
    assert charge_parts(7_800, 100_000, 0, TWELVE, method) == [
        1200, 1100, 1000, 900, 800, 700, 600, 500, 400, 300, 200, 100,
    ]  # fmt: skip


def test_a_flat_charge_knows_no_term() -> None:
    method = PrecomputedInterest(charge=ChargeBasis.flat)
    assert whole_charge(120_000, TWELVE, method, Rate.parse("0.05")) == 6_000


def test_a_discount_that_takes_everything_lends_nothing() -> None:
    method = PrecomputedInterest(charge=ChargeBasis.discount)
    dear = TWELVE._replace(numerators=(10,) * 12)
    with pytest.raises(ValueError, match="nothing to lend"):
        fixed_charge_columns(120_000, dear, LevelPayment(), method, Rate.parse("1.2"))


def test_an_actuarial_charge_needs_level_payments() -> None:
    method = PrecomputedInterest(parts=ChargeParts.actuarial)
    with pytest.raises(ValueError, match="level payments"):
        fixed_charge_columns(120_000, TWELVE, EqualPrincipal(), method, Rate.parse("0.12"))
