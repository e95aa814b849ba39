"""The lifetime cap on interest: the day it is reached, and what stops then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from engine.loan import observe
from engine.loan.events import InterestCapReached
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.rates import reset_rate

_FAR: Final = 200 * 366
"""Days ahead beyond which no cap is looked for: no loan runs so long."""


def next_cap_day(loan: Loan) -> date | None:
    """First day by which the cap is earned if nothing changes; None where it never is.

    What is earned is a closed form of the day and never falls, so the day is found by halving.
    """
    most, point = loan.agreed.interest_cap, loan.accrual
    if most is None or point is None or loan.interest_capped_on is not None:
        return None
    first = max(point.anchor, loan.started_on or point.anchor)
    if observe.interest_earned_to(loan, first) >= most.minor:
        return first
    if point.balance.minor <= 0 or point.rate.exact <= 0:
        return None
    ahead = min(_FAR, (date.max - first).days - 1)
    if observe.interest_earned_to(loan, first + timedelta(days=ahead)) < most.minor:
        return None
    before, by = 0, ahead
    while by - before > 1:
        middle = (before + by) // 2
        if observe.interest_earned_to(loan, first + timedelta(days=middle)) < most.minor:
            before = middle
        else:
            by = middle
    return first + timedelta(days=by)


def reach_cap(draft: Draft, day: date) -> None:
    """Stop earning on the day; what it went beyond the cap is not earned."""
    most = draft.loan.agreed.interest_cap
    assert most is not None, "a cap is reached where there is one"
    beyond = observe.interest_earned_to(draft.loan, day) - most.minor
    draft.record(
        InterestCapReached(
            effective_on=day,
            amount=most,
            interest_dropped=beyond,
            because=draft.because("/interest/lifetime_cap"),
        )
    )
    reset_rate(draft, day)
