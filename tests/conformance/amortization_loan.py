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
from engine.amortization.stepped import PaymentStep, Stepped
from engine.interest.accrual import RateChange
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan.outcomes.rest_of_term import rest_of
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
from engine.values.money import Exact, Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact
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
    payment_rounding: Rounding = Rounding.half_up
    fine: int = 1
    """Units of the amounts in a printed one."""
    payment_caps: dict[int, Fraction] = field(default_factory=dict)
    """Installment number → how many times the payment before a new payment may be at most."""

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
        if self.payment_caps:
            return self._capped(rate, start, due, changes, terms)
        return recast_schedule(
            self.principal, rate, start, due, rate_changes=changes,
            amortization_after=lambda done: rest_of(self.amortization, done, self.principal),
            **terms,
        )  # fmt: skip

    def _capped(
        self,
        rate: Rate,
        start: date,
        due: tuple[date, ...],
        changes: list[RateChange],
        terms: dict[str, Any],
    ) -> Schedule:
        """Payments solved anew at each change of the rate and held below their caps.

        What a capped payment leaves of the interest is added to the principal.
        """
        payments: list[PaymentStep] = []
        given = {number: at for at, (number, _) in enumerate(self.rates, 1)}
        before = recast_schedule(self.principal, rate, start, due, rate_changes=(), **terms)
        payments.append(PaymentStep(from_installment=1, payment=before.regular_payment))
        for number, at in given.items():
            held = Stepped(steps=tuple(payments), negative_amortization=True)
            plan = schedule(
                self.principal, rate, start, due, rate_changes=changes[:at],
                **(terms | {"amortization": held}),
            )  # fmt: skip
            owed = plan.installments[number - 2].balance
            solved = schedule(
                owed, changes[at - 1].rate, due[number - 2], due[number - 1 :], **terms
            )
            last = payments[-1].payment
            assert last is not None
            payment = solved.regular_payment
            if factor := self.payment_caps.get(number):
                cap = self._printed(Exact(self._printed(Exact(last.minor)).minor * factor))
                payment = cap if cap < self._printed(Exact(payment.minor)) else payment
            payments.append(PaymentStep(from_installment=number, payment=payment))
        held = Stepped(steps=tuple(payments), negative_amortization=True)
        return schedule(
            self.principal, rate, start, due, rate_changes=changes,
            **(terms | {"amortization": held}),
        )  # fmt: skip

    def _printed(self, amount: Exact) -> Money:
        """A payment as it is printed: whole cents, in fractions of a cent where those are kept."""
        return round_exact(Exact(amount / self.fine), self.payment_rounding) * self.fine

    def _interest(self, per_year: int) -> SimpleInterest:
        """A rate that compounds with the payments is an ordinary one."""
        if self.interest.compounded_per_year == per_year:
            return msgspec.structs.replace(self.interest, compounded_per_year=None)
        return self.interest
