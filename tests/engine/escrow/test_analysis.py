"""Escrow analysis against the worked example of Appendix E to Part 1024."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.escrow.analysis import (
    EscrowDisbursement,
    collected_monthly,
    escrow_analysis,
    running_balance,
)
from engine.values.money import ZERO, Money
from engine.values.rate import Rate

JULY = date(2024, 7, 1)
TAXES = [
    EscrowDisbursement(on=date(2024, 9, 20), item="school taxes", amount=Money(36_000)),
    EscrowDisbursement(on=date(2024, 7, 25), item="county taxes", amount=Money(50_000)),
    EscrowDisbursement(on=date(2024, 12, 10), item="county taxes", amount=Money(70_000)),
]


def test_the_aggregate_example_of_appendix_e() -> None:
    analysis = escrow_analysis(TAXES, JULY)
    assert analysis.monthly_payment == Money(13_000)
    assert analysis.cushion == Money(26_000)
    assert analysis.starting_balance == Money(104_000)
    assert analysis.low_point == date(2024, 12, 1)
    balances = [month.balance.minor // 100 for month in analysis.months]
    assert balances == [1040, 670, 800, 570, 700, 830, 260, 390, 520, 650, 780, 910, 1040]


def test_the_first_trial_running_balance_starts_at_nothing() -> None:
    trial = running_balance(TAXES, JULY, Money(13_000), ZERO)
    assert [month.balance.minor // 100 for month in trial][:4] == [0, -370, -240, -470]


@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 900_000)), max_size=8),
    st.sampled_from(["0", "0.08", "0.1666"]),
)
def test_the_lowest_target_is_the_cushion(items: list[tuple[int, int]], share: str) -> None:
    disbursements = [
        EscrowDisbursement(
            on=date(2024 + (6 + at) // 12, (6 + at) % 12 + 1, 20), item="taxes", amount=Money(cents)
        )
        for at, cents in items
    ]
    analysis = escrow_analysis(disbursements, JULY, Rate.parse(share))
    assert min(month.balance for month in analysis.months) == analysis.cushion
    assert analysis.annual_disbursements == Money(sum(cents for _, cents in items))
    drift = analysis.months[-1].balance - analysis.starting_balance
    assert abs(drift.minor) <= 6


def test_a_larger_cushion_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        escrow_analysis(TAXES, JULY, Rate.parse("0.17"))


def test_what_falls_due_later_is_not_collected_this_year() -> None:
    later = EscrowDisbursement(on=date(2025, 7, 2), item="county taxes", amount=Money(50_000))
    assert escrow_analysis([*TAXES, later], JULY) == escrow_analysis(TAXES, JULY)


def test_a_three_year_premium_is_collected_in_36_parts() -> None:
    assert collected_monthly(Money(108_000), 3) == Money(3_000)
