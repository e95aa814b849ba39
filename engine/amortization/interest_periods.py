"""Interest periods: what one unit of balance earns between one due date and the next, exactly.

All shares stand over one common denominator, so that a schedule is whole-number arithmetic:
multiply first, divide last, round once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from engine.interest.accrual import BalanceChange, Pause, RateChange, interest_earned
from engine.values.day_count import (
    NO_PERIODS,
    DayCount,
    ReferencePeriods,
    over_one_denominator,
    year_shares,
)
from engine.values.money import Money
from engine.values.months import next_day
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_ratio

_ONE = Money(1)


class InterestPeriods(NamedTuple):
    """Due dates and the interest factor of the period that ends on each."""

    start: date
    due_dates: tuple[date, ...]
    numerators: tuple[int, ...]
    """Interest on a balance b over period k is b × numerators[k] / denominator."""
    denominator: int

    def tail(self, count: int) -> InterestPeriods:
        """The periods after the first ``count``."""
        start = self.due_dates[count - 1] if count else self.start
        return InterestPeriods(
            start, self.due_dates[count:], self.numerators[count:], self.denominator
        )


def interest_periods(
    start: date,
    due_dates: Sequence[date],
    rate: Rate,
    day_count: DayCount,
    *,
    rate_changes: Iterable[RateChange] = (),
    pauses: Iterable[Pause] = (),
    regular_start: date | None = None,
    day_one_accrues: bool = True,
    rate_decimals: int | None = None,
    periods: ReferencePeriods = NO_PERIODS,
) -> InterestPeriods:
    """Interest factors of the periods from ``start`` over the due dates.

    ``rate`` holds from the start until the first of ``rate_changes``. A ``regular_start`` makes
    the first period count as if it had begun there. Without ``day_one_accrues`` the day of
    disbursement earns nothing and the day of payment does. With ``rate_decimals`` the rate of each
    period is rounded to so many decimals before it meets a balance.
    """
    assert due_dates, "a schedule needs at least one due date"
    changes, windows = tuple(rate_changes), tuple(pauses)
    bounds = (regular_start or start, *due_dates)
    if not day_one_accrues:
        bounds = tuple(map(next_day, bounds))
        periods = replace(periods, dates=tuple(map(next_day, periods.dates)))
    if changes or windows:
        path = (RateChange(min(start, bounds[0]), rate), *changes)
        shares, common = over_one_denominator(
            [
                interest_earned(
                    (BalanceChange(begin, _ONE),), path, windows, day_count, end, periods=periods
                ).as_integer_ratio()
                for begin, end in pairwise(bounds)
            ]
        )
    else:
        by_year = rate.exact.numerator
        years, common = year_shares(day_count, bounds, periods)
        shares, common = [by_year * part for part in years], common * rate.exact.denominator
    if rate_decimals is not None:
        scale = 10**rate_decimals
        shares = [round_ratio(part * scale, common, Rounding.half_even) for part in shares]
        common = scale
    return InterestPeriods(start, tuple(due_dates), tuple(shares), common)
