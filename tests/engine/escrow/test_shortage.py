"""Surplus, shortage and deficiency under 12 CFR 1024.17(f)."""

from __future__ import annotations

import pytest

from engine.escrow.shortage import EscrowPosition, Remedy, escrow_position, spread_evenly
from engine.values.money import Money

TARGET, MONTHLY = Money(104_000), Money(13_000)


def position(dollars: int, *, current: bool = True) -> EscrowPosition:
    return escrow_position(Money(dollars * 100), TARGET, MONTHLY, borrower_is_current=current)


@pytest.mark.parametrize(
    ("dollars", "current", "remedies"),
    [
        (1090, True, (Remedy.refund_within_30_days,)),
        (1089, True, (Remedy.refund_or_credit,)),
        (1200, False, (Remedy.retain,)),
        (1040, True, ()),
    ],
)
def test_a_surplus_of_fifty_dollars_goes_back(
    dollars: int, current: bool, remedies: tuple[Remedy, ...]
) -> None:
    found = position(dollars, current=current)
    assert found.surplus == Money(dollars * 100) - TARGET
    assert found.surplus_remedies == remedies


def test_a_shortage_of_a_month_may_not_be_asked_for_at_once() -> None:
    small, large = position(911), position(910)
    assert Remedy.pay_within_30_days in small.shortage_remedies
    assert large.shortage_remedies == (Remedy.nothing, Remedy.spread_12_months)
    assert spread_evenly(large.shortage) == Money(1_083)


def test_a_negative_balance_is_a_deficiency_on_top_of_the_shortage() -> None:
    found = position(-130)
    assert (found.shortage, found.deficiency) == (TARGET, Money(13_000))
    assert found.deficiency_remedies == (Remedy.nothing, Remedy.spread_2_months)
    assert Remedy.pay_within_30_days in position(-129).deficiency_remedies
