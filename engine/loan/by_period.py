"""The interest timeline of a loan whose schedule fixes interest by installment period.

It is a function of the schedules set, the day money went out and the day principal came to nothing,
so that time that passes moves nothing and what is taken back leaves no trace.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date

from engine.interest.period_interest import PayoffInterest, PeriodPace, earned_at_pace
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.loan.events import PlannedInstallment
from engine.loan.loan import Loan, Plan
from engine.values.money import ZERO, Exact
from engine.values.rounding import Rounding, round_exact

Rows = tuple[PlannedInstallment, ...]

_HALF_A_MONTH = 15


def schedule_in_force(plans: Iterable[Plan]) -> Rows:
    """The installments set: later plans replace those from their first number on."""
    rows: Rows = ()
    for plan in plans:
        if plan.installments:
            kept = bisect_left(rows, plan.installments[0].number, key=number_of)
            rows = rows[:kept] + plan.installments
    return rows


def number_of(row: PlannedInstallment) -> int:
    """The installment's number."""
    return row.number


def last_period_end(loan: Loan) -> date | None:
    """The day the period of the last installment fallen due ended; of none, the loan's start."""
    if not loan.billed:
        return loan.started_on
    last = loan.billed[-1]
    rows = schedule_in_force(loan.plans)
    place = bisect_left(rows, last.number, key=number_of)
    known = place < len(rows) and rows[place].number == last.number
    return rows[place].ends_on if known else last.due_date


def scheduled_earned(loan: Loan, day: date) -> Exact:
    """Interest fixed by period and earned through a day, over the life of the loan here."""
    pace = pace_on(loan, day)
    return earned_at_pace(pace, day) if pace else Exact(0)


def pace_on(loan: Loan, day: date) -> PeriodPace | None:
    """The closed form in force on a day; None before money is out.

    Nothing more is earned from the day on which no principal is owed any more.
    """
    started = loan.started_on
    if started is None or day < started:
        return None
    ended = _ended_on(loan)
    if ended is None or day < ended:
        return _pace(loan, started, day)
    return PeriodPace(anchor=ended, earned=_earned_by_end(loan, started, ended), per_day=Exact(0))


def interest_to_close(loan: Loan, day: date) -> Exact:
    """Interest that must have been earned for the loan to be paid off on a day."""
    started, method = loan.started_on, loan.agreed.by_period
    assert started is not None and method is not None, "only a running loan can be paid off"
    if method.payoff is PayoffInterest.through_payoff_day:
        earned = earned_at_pace(_pace(loan, started, day), day)
    else:
        rows = schedule_in_force(loan.plans)
        ended = bisect_right(rows, day, key=_earned_on)
        begun = max(rows[ended - 1].ends_on, started) if ended else started
        counts = _counts_whole(method.payoff, (day - begun).days)
        earned = Exact(_interest(rows[: ended + counts]))
    if not isinstance(method, PrecomputedInterest) or not method.minimum_charge:
        return earned
    whole = _interest(schedule_in_force(loan.plans))
    return max(earned, Exact(min(method.minimum_charge.minor, whole)))


def _counts_whole(convention: PayoffInterest, days: int) -> bool:
    """Whether the period under way counts, so many days after it has begun."""
    match convention:
        case PayoffInterest.whole_period:
            return days > 0
        case PayoffInterest.fifteen_day_rule:
            return days > _HALF_A_MONTH
        case PayoffInterest.completed_periods | PayoffInterest.through_payoff_day:
            return False


def earned_in_period(loan: Loan, day: date) -> Exact:
    """Interest of the period under way that is earned through a day, in whole minor units."""
    rows = schedule_in_force(loan.plans)
    before = _interest(rows[: bisect_right(rows, day, key=_earned_on)])
    return Exact(round_exact(scheduled_earned(loan, day) - before, Rounding.half_up).minor)


def _pace(loan: Loan, started: date, day: date) -> PeriodPace:
    """The closed form on a day while principal is owed."""
    rows = schedule_in_force(loan.plans)
    place = bisect_right(rows, day, key=_earned_on)
    before = _interest(rows[:place])
    if place == len(rows):
        anchor = max(rows[-1].earned_on, started) if rows else started
        return PeriodPace(anchor=anchor, earned=Exact(before), per_day=Exact(0))
    number = rows[place].number
    begun = max(rows[place - 1].ends_on, started) if place else started
    if begun > day:  # the period before ends later than its installment fell due
        anchor = max(rows[place - 1].earned_on, started)
        return PeriodPace(anchor=anchor, earned=Exact(before), per_day=Exact(0))
    pace = PeriodPace(anchor=begun, earned=Exact(before), per_day=Exact(0))
    for plan in loan.plans:
        row = _row(plan, number)
        if row is None:
            continue
        since = max(plan.effective_on, begun)
        if since > day:
            break
        earned = Exact(round_exact(earned_at_pace(pace, since), Rounding.half_up).minor)
        left = before + row.interest.minor - earned
        pace = PeriodPace(anchor=since, earned=earned, per_day=left / (row.earned_on - since).days)
    return pace


def _ended_on(loan: Loan) -> date | None:
    """The day from which no principal is owed any more; None while some is."""
    if loan.principal_balance > ZERO:
        return None
    # Money lent and paid back on one day leaves no change of that day.
    return loan.principal_changes[-1][0] if loan.principal_changes else loan.started_on


def _earned_by_end(loan: Loan, started: date, ended: date) -> Exact:
    """What is earned once no principal is owed: what is due at a payoff, or was paid before it.

    Interest of an installment paid ahead of its day stays paid. A charge-off takes what was earned.
    """
    if loan.charged_off_on is not None:
        return earned_at_pace(_pace(loan, started, ended), ended)
    settled = loan.interest_settled.minor
    opened = loan.interest_opening - loan.interest_dropped
    return max(interest_to_close(loan, ended), settled - opened)


def _row(plan: Plan, number: int) -> PlannedInstallment | None:
    """A plan's installment of a number, if it sets one."""
    rows = plan.installments
    place = bisect_left(rows, number, key=number_of)
    return rows[place] if place < len(rows) and rows[place].number == number else None


def _earned_on(row: PlannedInstallment) -> date:
    return row.earned_on


def _interest(rows: Rows) -> int:
    """Interest of the installments' periods in minor units."""
    return sum(row.interest.minor for row in rows)
