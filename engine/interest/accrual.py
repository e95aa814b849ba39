"""Interest earned on a balance that changes over time, at a rate that may change and pause.

The whole system rests on this closed form: between two changes the interest is balance × rate ×
share of a year, an exact number, and time that merely passes moves nothing. Changes that cancel
are no breakpoint, so a payment that came back earns exactly what it would had it never come, under
30/360 too. A day's interest is what is earned from that day to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeAlias

import msgspec

from engine.trace import explained
from engine.values.day_count import (
    NO_PERIODS,
    DayCount,
    ReferencePeriods,
    days_in_year,
    year_ratio,
)
from engine.values.money import Exact, Money
from engine.values.rate import Rate

_NO_RATE = Rate(Fraction(0))
_ONE_DAY = timedelta(days=1)


class BalanceChange(msgspec.Struct, frozen=True):
    """The interest-bearing balance moves by ``delta`` from ``on``: up when money is lent."""

    on: date
    delta: Money


class RateChange(msgspec.Struct, frozen=True):
    """The yearly rate is ``rate`` from ``on``."""

    on: date
    rate: Rate


RateOf: TypeAlias = Callable[[Money, Rate], Rate]
"""The rate a balance earns where that follows the balance, given the rate in force."""


class Pause(msgspec.Struct, frozen=True):
    """No interest is earned from ``first_day`` to ``last_day``, both included."""

    first_day: date
    last_day: date


class AccrualPoint(msgspec.Struct, frozen=True, kw_only=True):
    """Everything needed to say what is earned on any later day, until the next change."""

    anchor: date
    """The day of the last change of balance or rate."""
    earned: Exact
    """Interest earned over the life of the loan up to the anchor."""
    balance: Money
    """Interest-bearing balance from the anchor on."""
    rate: Rate
    """Yearly rate from the anchor on; zero during a pause."""


@explained
def interest_earned(
    balance_changes: Iterable[BalanceChange],
    rate_changes: Iterable[RateChange],
    pauses: Iterable[Pause],
    day_count: DayCount,
    through: date,
    *,
    periods: ReferencePeriods = NO_PERIODS,
) -> Exact:
    """Interest earned from the first change through a day, unrounded."""
    points = accrual_points(
        balance_changes, rate_changes, pauses, day_count, through, periods=periods
    )
    return earned_through(points[-1], day_count, through, periods) if points else Exact(0)


def accrual_points(
    balance_changes: Iterable[BalanceChange],
    rate_changes: Iterable[RateChange],
    pauses: Iterable[Pause],
    day_count: DayCount,
    through: date,
    *,
    periods: ReferencePeriods = NO_PERIODS,
    rate_of: RateOf | None = None,
) -> tuple[AccrualPoint, ...]:
    """The breakpoints up to a day: one wherever balance or rate in force really changes."""
    deltas = _by_day(balance_changes, through)
    rates = _rates_in_force(rate_changes, pauses, through)
    points: list[AccrualPoint] = []
    balance, rate, in_force = 0, _NO_RATE, _NO_RATE
    for day in sorted(deltas.keys() | rates.keys()):
        new_balance = balance + deltas.get(day, 0)
        in_force = rates.get(day, in_force)
        new_rate = rate_of(Money(new_balance), in_force) if rate_of else in_force
        if new_balance == balance and (new_rate == rate or balance == 0):
            rate = new_rate
            continue
        earned = earned_through(points[-1], day_count, day, periods) if points else Exact(0)
        balance, rate = new_balance, new_rate
        points.append(AccrualPoint(anchor=day, earned=earned, balance=Money(balance), rate=rate))
    return tuple(points)


@explained
def earned_through(
    point: AccrualPoint, day_count: DayCount, day: date, periods: ReferencePeriods = NO_PERIODS
) -> Exact:
    """Interest earned over the life of the loan through a day with no change since the anchor."""
    assert day >= point.anchor, "interest is asked for a day before the anchor"
    numerator, denominator = year_ratio(day_count, point.anchor, day, periods)
    rate = point.rate.exact
    grown = Fraction(
        point.balance.minor * rate.numerator * numerator, rate.denominator * denominator
    )
    return point.earned + grown


@explained
def per_diem(
    balance: Money,
    rate: Rate,
    day_count: DayCount,
    day: date,
    periods: ReferencePeriods = NO_PERIODS,
) -> Exact:
    """One day's interest on the balance, unrounded.

    Where the year has a fixed length it is one day of it, on the 31st too; else it is what is
    earned from the day to the next.
    """
    year = days_in_year(day_count)
    numerator, denominator = (
        (1, year) if year is not None else year_ratio(day_count, day, day + _ONE_DAY, periods)
    )
    return Exact(
        balance.minor * rate.exact.numerator * numerator, rate.exact.denominator * denominator
    )


def _by_day(changes: Iterable[BalanceChange], through: date) -> dict[date, int]:
    """Balance changes up to the day, merged by date; those that net to zero are dropped."""
    deltas: dict[date, int] = {}
    for change in changes:
        if change.on <= through:
            deltas[change.on] = deltas.get(change.on, 0) + change.delta.minor
    return {day: delta for day, delta in deltas.items() if delta}


def _rates_in_force(
    changes: Iterable[RateChange], pauses: Iterable[Pause], through: date
) -> dict[date, Rate]:
    """The rate in force from each day on which it changes; zero inside a pause.

    Of two changes on one day the later in the list counts.
    """
    contract = {change.on: change.rate for change in sorted(changes, key=lambda c: c.on)}
    windows = [(pause.first_day, pause.last_day + _ONE_DAY) for pause in pauses]
    if not windows:
        return {day: rate for day, rate in contract.items() if day <= through}
    steps = list(contract.items())
    days = contract.keys() | {edge for window in windows for edge in window}
    return {
        day: _NO_RATE
        if any(first <= day < after for first, after in windows)
        else _rate_on(steps, day)
        for day in sorted(days)
        if day <= through
    }


def _rate_on(steps: Sequence[tuple[date, Rate]], day: date) -> Rate:
    rate = _NO_RATE
    for from_day, step in steps:
        if from_day > day:
            break
        rate = step
    return rate
