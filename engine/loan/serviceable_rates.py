"""Which rates that move loans are serviced by: a schedule can be made for more of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from engine.amortization.amortization import Amortization
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.stepped import Stepped
from engine.amortization.tiered import as_tiered
from engine.errors import Problem
from engine.interest.interest_method import rate_plan_of
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.introductory_rate import IntroductoryRate
from engine.interest.rate_plan.rate_plan import RatePlan
from engine.interest.rate_plan.span import MonthSpan, Span
from engine.interest.rate_plan.stepped_rate import SteppedRate
from engine.interest.rate_plan.tiered_by_balance import TieredByBalance
from engine.interest.scheduled_interest import LaterInterest, ScheduledInterest
from engine.interest.simple_interest import FirstPeriod, SimpleInterest
from engine.product.disbursement import SeveralDisbursements
from engine.product.product import Product


def rate_plans(product: Product) -> Iterator[Problem]:
    """A rate that moves goes with plain schedules only."""
    plan, method = rate_plan_of(product.interest), product.interest
    if isinstance(plan, FixedRate):
        return
    if isinstance(method, ScheduledInterest):
        yield from _scheduled_rate_plan(method)
        if product.due_dates.in_advance and isinstance(plan, IndexLinked):
            message = "a reset with the first payment in advance would come as the loan is made"
            yield unserviced("/interest/rate_plan", message, "pay in arrears, or fix the rate")
        return
    if not isinstance(method, SimpleInterest):
        return
    if isinstance(plan, TieredByBalance) and method.compounded_per_year is not None:
        message = "bands of a rate are yearly rates that compound with the payments"
        yield unserviced("/interest/compounded_per_year", message, "leave it out")
    if isinstance(plan, TieredByBalance) and as_tiered(product.amortization) is None:
        message = "a rate that follows the balance is scheduled by level payments, by equal "
        message += "principal, or with all principal at the end"
        yield unserviced("/amortization/kind", message)
    if isinstance(product.disbursement, SeveralDisbursements):
        message = "a rate that moves is not serviced where money goes out in parts"
        yield unserviced("/interest/rate_plan", message, "leave one of the two out")
    if _grows(method, product.amortization):
        message = "a rate that moves is not serviced where interest is added to the principal"
        yield unserviced("/interest/rate_plan", message, "leave one of the two out")
    if method.period_rate_decimals is not None or method.first_period is FirstPeriod.regular:
        message = "a rate that moves is exact, and counts the first period by its days"
        yield unserviced("/interest/rate_plan", message, "leave out how else the rate is read")


def _scheduled_rate_plan(method: ScheduledInterest) -> Iterator[Problem]:
    """A rate that moves with due dates alone: each period's interest is fixed at one rate."""
    plan, path = method.rate_plan, "/interest/rate_plan"
    if isinstance(plan, TieredByBalance):
        message = "a schedule fixes interest before the balance it would follow is known"
        yield unserviced(path, message)
        return
    if any(isinstance(span, MonthSpan) for span in _spans(plan)):
        message = "a period whose interest is fixed has one rate, so rates move on due dates"
        yield unserviced(path, message, "count installments, not months")
    if method.after_prepayment is LaterInterest.stays:
        message = "interest that stays as scheduled cannot follow a rate"
        yield unserviced("/interest/after_prepayment", message, 'write "set_anew"')
    if method.period_rate_decimals is not None or method.first_period is FirstPeriod.regular:
        message = "a rate that moves is exact, and counts the first period by its days"
        yield unserviced(path, message, "leave out how else the rate is read")


def _spans(plan: RatePlan) -> tuple[Span, ...]:
    """Every span by which a plan says when its rate moves."""
    match plan:
        case SteppedRate(steps=steps):
            return tuple(step.after for step in steps)
        case IntroductoryRate(lasts=lasts):
            return (lasts,)
        case IndexLinked(first_reset_after=first, reset_every=every):
            return (first, every)
        case FixedRate() | TieredByBalance():
            return ()
        case _ as never:
            assert_never(never)


def _grows(method: SimpleInterest, amortization: Amortization) -> bool:
    """Whether unpaid interest may be added to the principal."""
    match amortization:
        case Deferred(interest=interest) if interest is not DeferredInterest.waits:
            return True
        case InterestDeferred(interest=InterestFallsDue.capitalized):
            return True
        case Stepped(negative_amortization=True):
            return True
        case _:
            return method.capitalization is not None


def unserviced(path: str, message: str, mend: str = "choose another") -> Problem:
    return Problem(message=message, path=path, mend=mend, code="not_serviced")
