"""Simple interest: earned day by day on the interest-bearing balance.

Paying early or late changes what is earned; interest is never earned on unpaid interest unless it
is capitalized. Aliases: daily simple interest, DSI, interest-bearing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from engine.interest.capitalization import Capitalization
from engine.interest.default_rate import DefaultRate
from engine.interest.lifetime_cap import LifetimeCap
from engine.interest.period_interest import PayoffInterest
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.rate_plan import RatePlan
from engine.values.day_count import DayCount
from engine.values.rounding import Rounding


class FirstPeriod(StrEnum):
    """How the first installment's interest period is counted when it is longer or shorter."""

    actual = "actual"
    """From the day of disbursement, by its days: the odd days are paid for."""
    regular = "regular"
    """As one regular period, whatever its days."""


class Remainders(StrEnum):
    """What becomes of the part of a cent that rounding leaves."""

    carried = "carried"
    """Kept for the next installment: the rounded sum never drifts from the exact one."""
    dropped = "dropped"
    """Each installment's interest is rounded on its own."""
    dropped_at_changes = "dropped_at_changes"
    """The same, and interest is rounded too whenever a payment changes the balance."""


class InterestOnBalance(msgspec.Struct, frozen=True, kw_only=True):
    """How a period's interest on a balance is counted, whichever balance it is."""

    day_count: DayCount = DayCount.actual_365
    rounding: Rounding = Rounding.half_up
    """How the interest of an installment becomes whole cents."""
    remainders: Remainders = Remainders.carried
    first_period: FirstPeriod = FirstPeriod.actual
    day_one_accrues: bool = True
    """Whether the day of disbursement earns interest and the day of payment does not, or the
    other way round. The same number of days, weighed differently where years or months differ."""
    period_rate_decimals: Annotated[int, msgspec.Meta(ge=0, le=40)] | None = None
    """Decimals the rate of a period is rounded to before it meets a balance; exact when left out.
    Aliases: daily periodic rate rounding, rate factor precision."""
    compounded_per_year: Annotated[int, msgspec.Meta(ge=1, le=366)] | None = None
    """How often the quoted rate compounds where that is not with the payments: 2 for Canadian
    mortgages, 1 for an effective yearly rate."""


class SimpleInterest(
    InterestOnBalance, frozen=True, kw_only=True, tag_field="kind", tag="simple_interest"
):
    """Interest accrues daily on the balance that is really owed."""

    rate_plan: RatePlan = FixedRate()
    """How the yearly rate moves over the term."""
    default_rate: DefaultRate | None = None
    """The rate in default; left out, lateness never changes the rate."""
    capitalization: Capitalization | None = None
    """When unpaid interest is added to the principal; it waits and earns nothing when left out."""
    lifetime_cap: LifetimeCap | None = None
    """The most interest over the life of the loan; earning stops there. No cap when left out."""
    interest_free_installments: Annotated[int, msgspec.Meta(ge=0, le=600)] = 0
    """Installments at the start whose periods earn nothing. Alias: grace on interest charged."""
    payoff: PayoffInterest = PayoffInterest.through_payoff_day
    """Which interest of the period under way is due when the loan is paid off in it."""
