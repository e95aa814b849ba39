"""Times that earn nothing: installments free of interest, pauses, and all that follows a cap."""

from __future__ import annotations

from datetime import date, timedelta

from engine.interest.accrual import Pause
from engine.loan import observe
from engine.loan.loan import InterestPause, Loan
from engine.loan.terms import LoanTerms
from engine.values.money import ZERO, Money


def interest_free(terms: LoanTerms) -> tuple[Pause, ...]:
    """The time at the start that earns nothing, where the contract has one."""
    until = terms.interest_free_until
    if until is None or until <= terms.contract_date:
        return ()
    return (Pause(terms.contract_date, until - timedelta(days=1)),)


def free_times(loan: Loan) -> tuple[InterestPause, ...]:
    """Times that earn nothing: installments free of interest at the start, and pauses."""
    free = interest_free(loan.agreed)
    return (
        *(InterestPause(first_day=first.first_day, last_day=first.last_day) for first in free),
        *loan.interest_pauses,
    )


def paused_on(loan: Loan, day: date) -> bool:
    """Whether the day lies in a time that earns nothing."""
    return any(time.holds_on(day) for time in free_times(loan))


def pauses_from(loan: Loan, day: date) -> tuple[Pause, ...]:
    """What lies ahead of the times that earn nothing, as schedules count it."""
    return tuple(
        Pause(max(time.first_day, day), time.last_day)
        for time in free_times(loan)
        if time.last_day >= day
    )


def capped_on(loan: Loan, day: date) -> bool:
    """Whether all interest the loan may ever earn is earned by the day."""
    return loan.interest_capped_on is not None and loan.interest_capped_on <= day


def interest_left(loan: Loan, day: date) -> Money | None:
    """Whole minor units of interest the loan may still earn from a day on; None without a cap."""
    most = loan.agreed.interest_cap
    if most is None:
        return None
    return max(Money(int(most.minor - observe.interest_earned_to(loan, day))), ZERO)
