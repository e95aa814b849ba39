"""Interest fixed by installment period: what of it is earned by a day, and due at a payoff.

A period's interest is a whole amount; a part of the period earns it evenly, day by day. When a
period's interest is set anew inside the period, what was earned of it till then stays, in whole
minor units, and the rest is earned evenly over the days left.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from engine.trace import explained
from engine.values.money import Exact


class PayoffInterest(StrEnum):
    """Which interest of the period under way is due when a loan is paid off in it."""

    through_payoff_day = "through_payoff_day"
    """What is earned through the day of the payoff."""
    whole_period = "whole_period"
    """All of it, from the day after the period begins."""
    fifteen_day_rule = "fifteen_day_rule"
    """All of it when more than 15 days of the period have gone, else none of it."""
    completed_periods = "completed_periods"
    """None of it: only periods that have ended count."""


class PeriodPace(msgspec.Struct, frozen=True, kw_only=True):
    """The closed form of interest fixed by period: so much by a day, and so much each day."""

    anchor: date
    earned: Exact
    """Earned over the life of the loan up to the anchor."""
    per_day: Exact
    """Earned each day from the anchor until the period ends."""


@explained
def earned_at_pace(pace: PeriodPace, day: date) -> Exact:
    """Interest fixed by period and earned through a day: so much by the anchor, then evenly."""
    assert day >= pace.anchor, "interest is asked for a day before the anchor"
    return pace.earned + pace.per_day * (day - pace.anchor).days
