"""The interest timeline of a loan: balance and rate by day, and the closed form they come to.

Interest is counted from the last day on which balance or rate really changed, so time that passes
moves nothing and a change that is taken back leaves no trace.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from msgspec.structs import replace

from engine.interest.accrual import (
    AccrualPoint,
    BalanceChange,
    RateChange,
    accrual_points,
    earned_through,
)
from engine.interest.accrual import per_diem as day_of_interest
from engine.interest.compounding import equivalent_rate
from engine.interest.rate_plan.tiered_by_balance import TieredByBalance, tiered_rate
from engine.loan.loan import Loan
from engine.loan.regular_periods import regular_periods
from engine.loan.terms import LoanTerms
from engine.trace import explained
from engine.values.day_count import ReferencePeriods
from engine.values.frequency import periods_per_year
from engine.values.money import ZERO, Exact, Money
from engine.values.months import next_day
from engine.values.rate import Rate

PrincipalChanges = tuple[tuple[date, Money], ...]
RateChanges = tuple[tuple[date, int, Rate], ...]
_NO_RATE = Rate(Exact(0))
_ONE_DAY = timedelta(days=1)


@explained
def earned_from(point: AccrualPoint, terms: LoanTerms, day: date) -> Exact:
    """Interest earned from a last change of balance or rate through a day, and all before."""
    if day == point.anchor:
        return point.earned  # some conventions count a month end as later than itself
    if terms.day_one_accrues:
        return earned_through(point, terms.day_count, day, regular_periods(terms, day))
    later = replace(point, anchor=next_day(point.anchor))
    return earned_through(later, terms.day_count, next_day(day), _periods(terms, day))


def earned_over(loan: Loan, day: date) -> Exact:
    """Interest earned through a day, worked out from the whole timeline."""
    assert loan.terms is not None
    points = _points(loan.principal_changes, loan.rate_changes, loan.terms, day)
    return earned_from(points[-1], loan.terms, day) if points else Exact(0)


def at_least_settled(loan: Loan, earned: Exact, day: date) -> Exact:
    """What is earned; of a payoff that owes its whole period, all that was paid."""
    closed = loan.paid_off_on is not None and day >= loan.paid_off_on
    whole = closed and loan.agreed.whole_period_at_payoff
    return max(earned, Exact(loan.interest_settled.minor)) if whole else earned


def per_diem(loan: Loan, day: date) -> Exact:
    """One day's interest at the balance and rate of the day, unrounded."""
    terms, rate = loan.agreed, earning_rate(loan.agreed, rate_on(loan, day))
    if terms.day_one_accrues:
        periods = regular_periods(terms, next_day(day))
        return day_of_interest(loan.interest_bearing, rate, terms.day_count, day, periods)
    periods = _periods(terms, next_day(day))
    return day_of_interest(loan.interest_bearing, rate, terms.day_count, next_day(day), periods)


def principal_moved(loan: Loan, on: date, delta: Money, fees: Money = ZERO) -> dict[str, Any]:
    """The principal balance moved from a day on; a day whose changes cancel is forgotten.

    ``fees`` is by how much fees that earn interest moved.
    """
    if not delta and not fees:
        return {}
    moved = delta + fees
    balances = {
        "principal_balance": loan.principal_balance + delta,
        "bearing_fees": loan.bearing_fees + fees,
    }
    if not moved:
        return balances
    changes, balance = _merged(loan.principal_changes, on, moved), loan.interest_bearing + moved
    point = _continued(loan, on, changes, balance)
    return balances | {
        "principal_changes": changes,
        "accrual": point or closed_form(loan, changes, loan.rate_changes),
    }


def closed_form(loan: Loan, principal: PrincipalChanges, rates: RateChanges) -> AccrualPoint | None:
    """The closed form after the latest change, worked out from the whole timeline."""
    if not principal or loan.terms is None:
        return None
    latest = max([day for day, _ in principal] + [day for day, _, _ in rates])
    points = _points(principal, rates, loan.terms, latest)
    return points[-1] if points else None


def rate_on(loan: Loan, day: date) -> Rate:
    """The yearly rate the balance of the day earns."""
    in_force = rate_in_force(loan, day)
    bands = loan.terms.rate_bands if loan.terms else None
    if bands is None or loan.terms is None:
        return in_force
    return rate_of_balance(bands, loan.terms.note_rate, loan.principal_balance, in_force)


def earning_rate(terms: LoanTerms, rate: Rate) -> Rate:
    """The yearly rate a balance earns where the contract's rate compounds at its own rhythm."""
    per_year = terms.compounded_per_year
    if per_year is None:
        return rate
    return _equivalent(rate, per_year, periods_per_year(terms.frequency))


@lru_cache(maxsize=1024)
def _equivalent(rate: Rate, per_year: int, payments: Fraction) -> Rate:
    return equivalent_rate(rate, per_year, payments)


def rate_in_force(loan: Loan, day: date) -> Rate:
    """The yearly rate last set by a day; where it follows the balance, the most it may come to."""
    return _last_before(loan.rate_changes, day)


def rate_of_balance(
    bands: TieredByBalance, note_rate: Rate, balance: Money, in_force: Rate
) -> Rate:
    """The yearly rate a balance earns by bands, at most the rate in force."""
    return min(tiered_rate(bands, note_rate, balance), in_force)


def _last_before(changes: RateChanges, day: date) -> Rate:
    for from_day, _, rate in reversed(changes):
        if from_day <= day:
            return rate
    return _NO_RATE


def _merged(changes: PrincipalChanges, on: date, delta: Money) -> PrincipalChanges:
    """The changes by day with one more."""
    if not changes or on > changes[-1][0]:
        return (*changes, (on, delta))
    sums = dict(changes)
    sums[on] = sums.get(on, ZERO) + delta
    return tuple(sorted((day, amount) for day, amount in sums.items() if amount))


def _continued(
    loan: Loan, on: date, changes: PrincipalChanges, balance: Money
) -> AccrualPoint | None:
    """The closed form carried on from the one that stands, where the change is the latest."""
    point, terms = loan.accrual, loan.terms
    if point is None or terms is None or on < point.anchor or point.rate != _earned_at(loan, on):
        return None
    if loan.rate_changes[-1][0] > on:
        return None  # it changed nothing while nothing was owed
    moved = replace(loan, principal_balance=balance)
    rate = _earned_at(moved, on) if terms.rate_bands else point.rate
    if on > point.anchor:
        earned = earned_from(point, terms, on)
        return AccrualPoint(anchor=on, earned=earned, balance=balance, rate=rate)
    still_a_change = bool(changes) and changes[-1][0] == on
    return replace(point, balance=balance, rate=rate) if still_a_change else None


def _earned_at(loan: Loan, day: date) -> Rate:
    """The yearly rate the balance of the day earns, compounding with the payments."""
    return earning_rate(loan.agreed, rate_on(loan, day))


def _points(
    principal: PrincipalChanges, rates: RateChanges, terms: LoanTerms, through: date
) -> tuple[AccrualPoint, ...]:
    """Every real change of balance or rate up to a day, by calendar day."""
    shift = timedelta(0) if terms.day_one_accrues else _ONE_DAY
    bands = terms.rate_bands
    points = accrual_points(
        [BalanceChange(day + shift, delta) for day, delta in principal],
        [RateChange(day + shift, earning_rate(terms, rate)) for day, _, rate in rates],
        (),
        terms.day_count,
        through + shift,
        periods=_periods(terms, through),
        rate_of=partial(rate_of_balance, bands, terms.note_rate) if bands else None,
    )
    if not shift:
        return points
    return tuple(replace(point, anchor=point.anchor - shift) for point in points)


def _periods(terms: LoanTerms, through: date) -> ReferencePeriods:
    """The regular periods on the loan's own timeline, which may begin a day later."""
    found = regular_periods(terms, through)
    if terms.day_one_accrues or not found.dates:
        return found
    return replace(found, dates=tuple(map(next_day, found.dates)))
