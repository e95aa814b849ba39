"""The interest methods a product may choose. Adding a kind is one file and one name."""

from __future__ import annotations

from typing import TypeAlias

from engine.interest.default_rate import DefaultRate
from engine.interest.no_interest import NoInterest
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.rate_plan.rate_plan import FIXED, RatePlan
from engine.interest.scheduled_interest import ScheduledInterest
from engine.interest.simple_interest import SimpleInterest

InterestMethod: TypeAlias = SimpleInterest | ScheduledInterest | PrecomputedInterest | NoInterest
"""What a product may choose."""
InterestByPeriod: TypeAlias = ScheduledInterest | PrecomputedInterest
"""Methods under which the schedule fixes the interest of each period."""


def rate_plan_of(method: InterestMethod) -> RatePlan:
    """How the rate of the method moves; fixed where the method has no plan."""
    return method.rate_plan if isinstance(method, SimpleInterest | ScheduledInterest) else FIXED


def default_rate_of(method: InterestMethod) -> DefaultRate | None:
    """The rate in default, where the method has one."""
    return method.default_rate if isinstance(method, SimpleInterest) else None
