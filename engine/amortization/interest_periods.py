"""Interest periods: what one unit of balance earns between one due date and the next, exactly.

All shares stand over one common denominator, so that a schedule is whole-number arithmetic:
multiply first, divide last, round once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from fractions import Fraction
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
    unmoved: Set[int] = frozenset(),
    periods: ReferencePeriods = NO_PERIODS,
) -> InterestPeriods:
    """Interest factors of the periods from ``start`` over the due dates.

    ``rate`` holds from the start until the first of ``rate_changes``. A ``regular_start`` makes
    the first period count as if it had begun there. Without ``day_one_accrues`` the day of
    disbursement earns nothing and the day of payment does. With ``rate_decimals`` the rate of each
    period is rounded to so many decimals before it meets a balance. After an installment in
    ``unmoved`` (by its place) the balance is what it was, and interest goes on being counted from
    where it began: months of thirty days are not the sum of their parts.
    """
    assert due_dates, "a schedule needs at least one due date"
    changes, windows = tuple(rate_changes), tuple(pauses)
    bounds = (regular_start or start, *due_dates)
    if not day_one_accrues:
        bounds = tuple(map(next_day, bounds))
        periods = replace(periods, dates=tuple(map(next_day, periods.dates)))
        changes = tuple(RateChange(next_day(change.on), change.rate) for change in changes)
        windows = tuple(Pause(next_day(w.first_day), next_day(w.last_day)) for w in windows)
    if changes or windows or unmoved:
        path = (RateChange(min(start, bounds[0]), rate), *changes)

        def earned(begin: date, end: date) -> Fraction:
            unit = (BalanceChange(begin, _ONE),)
            return interest_earned(unit, path, windows, day_count, end, periods=periods)

        shares, common = over_one_denominator(
            [
                (earned(began, end) - earned(began, begin)).as_integer_ratio()
                for began, begin, end in _spans(bounds, unmoved)
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


def _spans(bounds: Sequence[date], unmoved: Set[int]) -> Iterator[tuple[date, date, date]]:
    """Each period as (where its balance began, where the period begins, where it ends)."""
    began = bounds[0]
    for place, (begin, end) in enumerate(pairwise(bounds)):
        if place - 1 not in unmoved:
            began = begin
        yield began, begin, end
