"""How a projected loan stands: what is owed, what earns, at which rate, and what is earned."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec
from msgspec.structs import replace

from engine.interest.accrual import AccrualPoint, earned_through
from engine.interest.simple_interest import Remainders
from engine.values.day_count import NO_PERIODS, DayCount, ReferencePeriods
from engine.values.money import ZERO, Exact, Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact


class Earning(msgspec.Struct, frozen=True, kw_only=True):
    """How days become interest and interest whole minor units."""

    day_count: DayCount
    periods: ReferencePeriods = NO_PERIODS
    rounding: Rounding = Rounding.half_up
    remainders: Remainders = Remainders.carried


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The state between two steps; interest is a closed form of the day from the last change on."""

    principal: Money
    point: AccrualPoint
    """What earns from when, and the interest unpaid by then."""
    follows: bool
    """Whether what earns follows the principal."""
    payment: Money | None = None
    waiting: Money = ZERO
    """Interest fixed by a call, due with the settlement."""
    interest_factor: Fraction = Fraction(1)
    principal_factor: Fraction = Fraction(1)

    @property
    def rate(self) -> Rate:
        """The yearly rate in force."""
        return self.point.rate

    def accrued(self, earning: Earning, day: date) -> Exact:
        """Interest earned and unpaid through a day, unrounded."""
        return earned_through(self.point, earning.day_count, day, earning.periods)

    def move_principal(self, delta: Money, earning: Earning, day: date) -> Standing:
        """More or less principal from a day on."""
        moved = replace(self, principal=self.principal + delta)
        return moved.earn_on(moved.principal, earning, day) if self.follows else moved

    def earn_on(self, base: Money, earning: Earning, day: date) -> Standing:
        """Another amount earns from a day on."""
        return self._from(day, earning, base=base, rate=self.rate)

    def earn_at(self, rate: Rate, earning: Earning, day: date) -> Standing:
        """Another rate holds from a day on."""
        return self._from(day, earning, base=self.point.balance, rate=rate)

    def take_interest(self, earning: Earning, day: date) -> tuple[Standing, Money]:
        """The interest earned through a day in whole minor units, no longer accrued."""
        earned = self.accrued(earning, day)
        taken = round_exact(earned, earning.rounding)
        kept = self.point.earned - taken.minor
        if earning.remainders is Remainders.dropped:
            kept = self.point.earned - earned
        return replace(self, point=replace(self.point, earned=kept)), taken

    def without_principal(self) -> Standing:
        """Nothing is owed any more, and no part of a unit is left accrued."""
        return replace(self, principal=ZERO, point=replace(self.point, earned=Exact(0)))

    def _from(self, day: date, earning: Earning, *, base: Money, rate: Rate) -> Standing:
        if base == self.point.balance and rate == self.rate:
            return self
        earned = self.accrued(earning, day)
        return replace(self, point=AccrualPoint(anchor=day, earned=earned, balance=base, rate=rate))
