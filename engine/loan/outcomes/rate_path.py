"""The rate of a contract by day: what its plan gives, decided so far and as it is projected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engine.catalog.terms_in_force import TermsInForce
from engine.interest.accrual import RateChange
from engine.interest.interest_method import rate_plan_of
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.index_linked import IndexLinked, ValueAt, reset_days
from engine.interest.rate_plan.rate_plan import rate_changes
from engine.interest.rate_plan.tiered_by_balance import TieredByBalance
from engine.loan.loan import Loan
from engine.loan.terms import LoanTerms
from engine.trace import explained
from engine.values.calendar import AccrualPeriod, BusinessDayAdjustment
from engine.values.due_dates import due_date, due_dates
from engine.values.rate import Rate

Adopted = Iterable[tuple[date, int, Rate]]
"""Day of a reset, number of the event, index value it goes by; the last of a day counts."""


def due_days(
    terms: LoanTerms, count: int, in_force: TermsInForce, before: int = 0
) -> tuple[date, ...]:
    """The days the installments fall due, moved to business days where the product says so.

    A first payment in advance falls due when the money goes out, whatever day that is.
    ``before`` is how many fell due before the first payment date of a boarded loan; they come on
    top of ``count``.
    """
    return _days(terms, count, in_force, before, in_force.product.due_dates.business_days)


def period_ends(
    terms: LoanTerms, count: int, in_force: TermsInForce, before: int = 0
) -> tuple[date, ...]:
    """The days the installments' periods of interest end: the due dates, or the regular days where
    a due date moves alone."""
    due = in_force.product.due_dates
    alone = due.accrual_period is AccrualPeriod.unadjusted
    moves = BusinessDayAdjustment.none if alone else due.business_days
    return _days(terms, count, in_force, before, moves)


def _days(
    terms: LoanTerms,
    count: int,
    in_force: TermsInForce,
    before: int,
    adjustment: BusinessDayAdjustment,
) -> tuple[date, ...]:
    calendar = in_force.calendar
    earlier = (
        due_date(terms.first_payment_date, terms.frequency, number)
        for number in range(1 - before, 1)
    )
    dates = due_dates(
        terms.first_payment_date,
        terms.frequency,
        count,
        calendar=calendar,
        adjustment=adjustment,
    )
    if terms.in_advance:
        dates = (terms.contract_date, *dates[1:])
    return (*(calendar.adjust(day, adjustment) for day in earlier), *dates)


def moves_by_date(in_force: TermsInForce) -> bool:
    """Whether the plan moves the rate on days of its own."""
    return not isinstance(rate_plan_of(in_force.product.interest), FixedRate | TieredByBalance)


@explained
def projected_rates(
    terms: LoanTerms, in_force: TermsInForce, adopted: Adopted = (), before: int = 0
) -> tuple[RateChange, ...]:
    """The rates of the contract by day, its index held at the value last known.

    Before any reset that is the value on the contract date, as Truth in Lending asks
    (12 CFR 1026.17(c)(1), comments 8 and 10): a discounted rate makes a composite.
    """
    known = sorted(adopted)

    def value_at(day: date) -> Rate | None:
        held = terms.index_value
        for reset_on, _, value in known:
            if reset_on <= day:
                held = value
        return held

    return _rates(terms, in_force, before, value_at)


def decided_rates(loan: Loan, in_force: TermsInForce) -> tuple[RateChange, ...]:
    """The rates of the loan's plan by day, up to the first reset whose index value is not there."""
    known = {day: value for day, _, value in sorted(loan.index_values)}
    return _rates(loan.agreed, in_force, installments_before(loan), known.get)


def next_reset_day(loan: Loan, in_force: TermsInForce) -> date | None:
    """The first reset that neither adopted an index value nor waits for one."""
    plan, started = rate_plan_of(in_force.product.interest), loan.started_on
    if not isinstance(plan, IndexLinked) or started is None:
        return None
    known = {day for day, _, _ in loan.index_values}.union(loan.resets_awaited)
    days = reset_days(plan, loan.agreed.contract_date, term_days(loan, in_force))
    return next((day for day in days if day >= started and day not in known), None)


def term_days(loan: Loan, in_force: TermsInForce) -> tuple[date, ...]:
    """Days on which the periods of all installments end, those before boarding too."""
    before = installments_before(loan)
    return period_ends(loan.agreed, loan.agreed.number_of_payments - before, in_force, before)


def installments_before(loan: Loan) -> int:
    """How many installments fell due before the loan was boarded; none of one booked here."""
    if loan.boarded_on is None or not loan.plans:
        return 0
    return loan.plans[0].installments[0].number - 1


def _rates(
    terms: LoanTerms, in_force: TermsInForce, before: int, value_at: ValueAt
) -> tuple[RateChange, ...]:
    plan = rate_plan_of(in_force.product.interest)
    if isinstance(plan, FixedRate):
        return (RateChange(terms.contract_date, terms.note_rate),)
    dates = period_ends(terms, terms.number_of_payments - before, in_force, before)
    return rate_changes(plan, terms.note_rate, terms.contract_date, dates, value_at)
