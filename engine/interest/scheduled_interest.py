"""Scheduled interest: earned by installment period on the scheduled balance.

Whatever day the money comes, the interest of a period already scheduled stays what it is: paying
late costs no interest, paying early saves none. A part of a period is earned evenly by its days.
Aliases: contractual interest, non-recalculated interest, interest by period.
"""

from __future__ import annotations

from enum import StrEnum

from engine.interest.period_interest import PayoffInterest
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.rate_plan import RatePlan
from engine.interest.simple_interest import InterestOnBalance


class LaterInterest(StrEnum):
    """What principal paid beyond what is due does to periods that have not begun."""

    stays = "stays"
    """Their interest stays as scheduled while the loan lasts."""
    set_anew = "set_anew"
    """Their interest is set anew on the lower balance; the period under way keeps its own."""


class ScheduledInterest(
    InterestOnBalance, frozen=True, kw_only=True, tag_field="kind", tag="scheduled_interest"
):
    """Interest is earned by installment period on the scheduled balance."""

    rate_plan: RatePlan = FixedRate()
    """How the yearly rate moves over the term: with due dates, so that a period has one rate."""
    payoff: PayoffInterest = PayoffInterest.through_payoff_day
    """Which interest of the period under way is due when the loan is paid off in it."""
    after_prepayment: LaterInterest = LaterInterest.set_anew
