"""Annual percentage rate: the yearly cost of credit by the actuarial method of Regulation Z.

Source: 12 CFR 1026.22(a)(1) and Appendix J. Alias: nominal actuarial APR; not the effective rate
of European consumer credit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from engine.disclosure.actuarial import Flow, periodic_rate
from engine.disclosure.unit_period import (
    UnitPeriod,
    series_day,
    unit_period,
    unit_periods_between,
    unit_periods_per_year,
)
from engine.trace import explained
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_decimal

DECIMALS: Final = 10
"""Decimals an APR is computed to; people are told two of the percentage."""


class DatedAmount(msgspec.Struct, frozen=True):
    """An advance to or a payment by the borrower on a day."""

    on: date
    amount: Money


@explained
def annual_percentage_rate(
    advances: Sequence[DatedAmount],
    payments: Sequence[DatedAmount],
    unit: UnitPeriod | None = None,
) -> Rate:
    """The APR at which the payments are worth the advances, to ten decimals.

    Without a ``unit`` the dates tell the unit period. Raises ValueError when no rate solves it.
    """
    assert advances and payments, "an APR needs an advance and a payment"
    advance_dates = [advance.on for advance in advances]
    payment_dates = [payment.on for payment in payments]
    unit = unit or unit_period(advance_dates, payment_dates)
    flows = _flows(advances, min(advance_dates), unit, -1, series_day(advance_dates))
    flows += _flows(payments, min(advance_dates), unit, 1, series_day(payment_dates))
    return flows_apr(flows, unit)


def flows_apr(flows: Sequence[Flow], unit: UnitPeriod) -> Rate:
    """The APR of flows whose unit periods are already counted."""
    rate = periodic_rate(flows) * unit_periods_per_year(unit)
    return Rate(round_decimal(rate, DECIMALS, Rounding.half_up))


def disclosed(apr: Rate) -> Rate:
    """The APR as people are told it: the percentage to two decimals."""
    return Rate(round_decimal(apr.exact, 4, Rounding.half_up))


def _flows(
    amounts: Sequence[DatedAmount], origin: date, unit: UnitPeriod, sign: int, series: int
) -> list[Flow]:
    return [
        Flow(sign * dated.amount.minor, *unit_periods_between(unit, origin, dated.on, series))
        for dated in amounts
    ]
