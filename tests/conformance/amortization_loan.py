"""A published loan in the words its publishers use, made into a schedule by the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

import msgspec

from engine.amortization.amortization import Amortization
from engine.amortization.installment import Schedule
from engine.amortization.level_payment import LevelPayment, PaymentBasis, Residual
from engine.amortization.recast import recast_schedule
from engine.amortization.schedule import schedule
from engine.interest.accrual import RateChange
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.values.day_count import DayCount, ReferencePeriods
from engine.values.due_dates import due_date, due_dates
from engine.values.frequency import (
    Annual,
    Biweekly,
    Frequency,
    Monthly,
    Quarterly,
    Semiannual,
    Semimonthly,
    Weekly,
)
from engine.values.money import Money
from engine.values.rate import Rate
from tests.conformance.verdict import Unsupported

_FREQUENCIES: dict[str, Frequency] = {
    "monthly": Monthly(),
    "quarterly": Quarterly(),
    "semi_annual": Semiannual(),
    "annual": Annual(),
    "biweekly": Biweekly(),
    "weekly": Weekly(),
    "semi_monthly": Semimonthly(),
}
LEVEL = LevelPayment(residual=Residual.formula, basis=PaymentBasis.equal_periods)
PERIODIC = SimpleInterest(day_count=DayCount.periods, remainders=Remainders.dropped)


@dataclass(frozen=True, kw_only=True)
class PublishedLoan:
    """Principal in minor units, a yearly rate in percent, a term in months."""

    principal: Money
    rate_percent: Fraction
    months: int
    frequency: str = "monthly"
    start: str = "2001-01-01"
    interest: SimpleInterest = PERIODIC
    amortization: Amortization = LEVEL
    payment: Money | None = None
    rates: tuple[tuple[int, Fraction], ...] = field(default=())
    """Installment number from which a rate in percent holds."""
    recast: bool = True

    PER_YEAR: ClassVar[dict[str, int]] = {
        "monthly": 12, "quarterly": 4, "semi_annual": 2, "annual": 1,
        "biweekly": 26, "weekly": 52, "semi_monthly": 24,
    }  # fmt: skip

    def schedule(self) -> Schedule:
        """Every installment as the engine has it."""
        if self.frequency not in _FREQUENCIES:
            raise Unsupported(f"payments {self.frequency}")
        frequency, start = _FREQUENCIES[self.frequency], date.fromisoformat(self.start)
        per_year = self.PER_YEAR[self.frequency]
        first = due_date(start, frequency, 2)
        due = due_dates(first, frequency, self.months * per_year // 12)
        terms: dict[str, Any] = {
            "interest": self._interest(per_year),
            "amortization": self.amortization,
            "periods": ReferencePeriods(dates=(start, *due), per_year=Fraction(per_year)),
        }
        rate = Rate(self.rate_percent / 100)
        changes = [
            RateChange(due[number - 2], Rate(percent / 100)) for number, percent in self.rates
        ]
        if not changes or not self.recast:
            return schedule(
                self.principal,
                rate,
                start,
                due,
                payment=self.payment,
                rate_changes=changes,
                **terms,
            )
        return recast_schedule(self.principal, rate, start, due, rate_changes=changes, **terms)

    def _interest(self, per_year: int) -> SimpleInterest:
        """A rate that compounds with the payments is an ordinary one."""
        if self.interest.compounded_per_year == per_year:
            return msgspec.structs.replace(self.interest, compounded_per_year=None)
        return self.interest
