"""Annual percentage rate of charge of European consumer credit: the effective yearly rate.

Source: Directive 2008/48/EC (and (EU) 2023/2225) Annex, Directive 2014/17/EU Annex I. Aliases:
APRC, TAEG, effektiver Jahreszins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import Final, assert_never

import msgspec

from engine.disclosure.actuarial import Flow, periodic_rate
from engine.trace import explained
from engine.values.money import Money
from engine.values.months import add_months, leap_days, whole_months_back
from engine.values.powers import whole_power
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_decimal

DECIMALS: Final = 12


class TimedAmount(msgspec.Struct, frozen=True):
    """A drawdown or a payment at a time in years from the first drawdown."""

    years: Fraction
    amount: Money


@explained
def annual_percentage_rate_of_charge(
    drawdowns: Sequence[TimedAmount], payments: Sequence[TimedAmount]
) -> Rate:
    """The effective yearly rate at which the payments are worth the drawdowns.

    People are told it to one decimal of the percentage. Raises ValueError when no rate solves it.
    """
    timed = [*drawdowns, *payments]
    unit = lcm(*(flow.years.denominator for flow in timed))
    first = min(flow.years for flow in timed)
    flows = [
        Flow(sign * flow.amount.minor, int((flow.years - first) * unit), Fraction(0))
        for sign, amounts in ((-1, drawdowns), (1, payments))
        for flow in amounts
    ]
    yearly = whole_power(1 + periodic_rate(flows), unit) - 1
    return Rate(round_decimal(yearly, DECIMALS, Rounding.half_up))


class Interval(StrEnum):
    """The whole periods in which time is counted: those in which payments come."""

    week = "week"
    month = "month"
    year = "year"


def years_between(
    agreement: date, payment: date, counted_in: Interval = Interval.month
) -> Fraction:
    """Time from the agreement to a payment in years: whole periods and the odd days.

    Periods count back from the payment; a week is 1/52 of a year, a month 1/12. Odd days are over
    366 when a 29 February lies in the year that ends where they do, else over 365. Annex I,
    remark (c).
    """
    whole, ends = _whole_periods(agreement, payment, counted_in)
    days = (ends - agreement).days
    if days == 0:
        return whole
    basis = 366 if leap_days(add_months(ends, -12), ends) else 365
    return whole + Fraction(days, basis)


def _whole_periods(agreement: date, payment: date, counted_in: Interval) -> tuple[Fraction, date]:
    """Whole periods back from the payment, in years, and the day on which the first begins."""
    match counted_in:
        case Interval.week:
            weeks = (payment - agreement).days // 7
            return Fraction(weeks, 52), payment - timedelta(weeks=weeks)
        case Interval.month | Interval.year:
            months, _ = whole_months_back(agreement, payment)
            if counted_in is Interval.year:
                months -= months % 12
            return Fraction(months, 12), add_months(payment, -months)
        case _ as never:
            assert_never(never)
