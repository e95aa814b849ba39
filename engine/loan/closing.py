"""What closes a loan on a day: a payoff may owe other interest than is earned by then."""

from __future__ import annotations

from datetime import date

from engine.interest.precomputed_interest import PrecomputedInterest
from engine.loan import observe
from engine.loan.by_period import interest_to_close, last_period_end
from engine.loan.loan import Loan
from engine.trace import explained
from engine.values.money import ZERO, Money
from engine.values.rounding import Rounding


@explained
def payoff_interest(loan: Loan, day: date, rounding: Rounding) -> Money:
    """Interest that must be paid to close the loan on a day, in whole cents, never below zero."""
    terms = loan.terms
    if terms is None or loan.principal_balance <= ZERO:
        return observe.interest_owed(loan, day, rounding)
    if terms.by_period is None:
        through = _end_of_period(loan, day) if terms.whole_period_at_payoff else day
        return observe.interest_owed(loan, through, rounding)
    before = loan.interest_opening - loan.interest_dropped - loan.interest_settled.minor
    return observe.rounded_interest(before + interest_to_close(loan, day), rounding)


@explained
def owed_at_payoff(loan: Loan, day: date, rounding: Rounding) -> Money:
    """What closes the loan on a day, before money held: principal, interest due then, and fees."""
    if loan.charged_off_on:
        return loan.recovery_balance
    interest = payoff_interest(loan, day, rounding) - given_back(loan, day, rounding)
    return max(observe.principal_owed(loan) + interest, ZERO) + observe.fees_owed(loan)


@explained
def given_back(loan: Loan, day: date, rounding: Rounding) -> Money:
    """Precomputed interest paid ahead that is unearned when the loan is paid off on a day.

    It goes towards the principal. Source: 15 U.S.C. 1615(a).
    """
    method = loan.agreed.by_period
    if not isinstance(method, PrecomputedInterest) or loan.started_on is None:
        return ZERO
    earned = loan.interest_opening - loan.interest_dropped + interest_to_close(loan, day)
    beyond = loan.interest_settled - observe.rounded_interest(earned, rounding)
    return min(max(beyond, ZERO), loan.interest_paid)


@explained
def interest_due_to_close(loan: Loan, day: date, rounding: Rounding, money: Money) -> Money:
    """Interest that money meant to close the loan meets: what a payoff owes, if it covers that.

    Where a payoff owes a whole period of daily interest or a least charge, less is no payoff.
    """
    method = loan.agreed.by_period
    least = isinstance(method, PrecomputedInterest) and bool(method.minimum_charge)
    short = money < owed_at_payoff(loan, day, rounding)
    if short and (loan.agreed.whole_period_at_payoff or least):
        return observe.interest_owed(loan, day, rounding)
    return payoff_interest(loan, day, rounding)


def _end_of_period(loan: Loan, day: date) -> date:
    """The end of the period under way; the day itself where none is, or one begins that day."""
    begun = last_period_end(loan)
    for row in observe.unbilled(loan):
        if day < row.ends_on:
            return row.ends_on if begun is not None and begun < day else day
        begun = row.ends_on
    return day
