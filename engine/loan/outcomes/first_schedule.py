"""The installments a loan starts with: from its contract, or from what boarding tells."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from engine.amortization.disbursements import (
    Disbursement,
    TermsOfSchedule,
    disbursed_schedule,
)
from engine.amortization.installment import Installment, Schedule
from engine.amortization.schedule import schedule
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.interest_method import rate_plan_of
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.loan.events import LoanBoarded, PlannedInstallment
from engine.loan.loan import Loan
from engine.loan.outcomes.coming_schedule import WayDown, coming_schedule
from engine.loan.outcomes.free_times import interest_free
from engine.loan.outcomes.rate_path import due_days, period_ends, projected_rates
from engine.loan.outcomes.rest_of_term import rest_of
from engine.loan.regular_periods import schedule_periods
from engine.loan.terms import LoanTerms
from engine.product.disbursement import FurtherInstallments, SeveralDisbursements
from engine.trace import explained
from engine.values.calendar import AccrualPeriod
from engine.values.due_dates import due_date
from engine.values.frequency import ExplicitDates, Single
from engine.values.money import ZERO, Money, total
from engine.values.rounding import round_exact


@explained
def contract_schedule(terms: LoanTerms, in_force: TermsInForce) -> Schedule:
    """The schedule of the contract: amounts, due dates, interest and principal of each."""
    rows = _by_periods(terms, in_force)
    if in_force.product.due_dates.accrual_period is AccrualPeriod.adjusted:
        return rows
    falls = _due_dates(terms, len(rows.installments), in_force)
    moved = zip(rows.installments, falls, strict=True)
    return replace(rows, installments=tuple(replace(row, due_date=day) for row, day in moved))


def _due_dates(terms: LoanTerms, count: int, in_force: TermsInForce) -> tuple[date, ...]:
    """The due dates of a contract's first installments, a down payment's before them."""
    if not terms.down_payment:
        return due_days(terms, count, in_force)
    return (terms.contract_date, *due_days(terms, count - 1, in_force))


def _by_periods(terms: LoanTerms, in_force: TermsInForce) -> Schedule:
    """The same, each installment on the day its period of interest ends."""
    dates = period_ends(terms, terms.number_of_payments, in_force)
    regular = not isinstance(terms.frequency, Single | ExplicitDates)
    if terms.planned_disbursements:
        return _in_parts(terms, dates, in_force)
    rows = coming_schedule(
        terms.financed,
        projected_rates(terms, in_force),
        terms.contract_date,
        dates,
        way_down(terms, in_force, dates[-1]),
        pauses=interest_free(terms),
        interest_cap=terms.interest_cap,
        regular_start=due_date(terms.first_payment_date, terms.frequency, 0) if regular else None,
    )
    return _after_down_payment(rows, terms) if terms.down_payment else rows


def _after_down_payment(rows: Schedule, terms: LoanTerms) -> Schedule:
    """The schedule with the down payment before its installments."""
    down = terms.down_payment
    first = Installment(1, terms.contract_date, down, ZERO, down, terms.financed)
    later = [replace(row, number=row.number + 1) for row in rows.installments]
    return replace(rows, principal=terms.loan_amount, installments=(first, *later))


def _in_parts(terms: LoanTerms, dates: tuple[date, ...], in_force: TermsInForce) -> Schedule:
    """The schedule of a contract that plans several disbursements."""
    product = in_force.product
    offered = product.disbursement
    assert isinstance(offered, SeveralDisbursements), "parts are planned where they are offered"
    return disbursed_schedule(
        [Disbursement(part.on, part.amount) for part in terms.planned_disbursements],
        dates,
        TermsOfSchedule(
            rate=terms.note_rate,
            interest=product.interest,
            amortization_after=lambda done, lent: rest_of(product.amortization, done, lent),
            periods=schedule_periods(terms, dates[-1], in_force.calendar),
        ),
        added=offered.installments is FurtherInstallments.added,
    )


def way_down(terms: LoanTerms, in_force: TermsInForce, through: date) -> WayDown:
    """How the loan is paid down over installments that end on a day."""
    return WayDown(
        in_force.product.interest,
        in_force.product.amortization,
        terms.note_rate,
        terms.financed,
        schedule_periods(terms, through, in_force.calendar),
    )


def contract_installments(loan: Loan, in_force: TermsInForce) -> tuple[PlannedInstallment, ...]:
    """Number, due date and amount of every installment of the contract."""
    terms = loan.agreed
    fixed = terms.by_period is not None
    made = [
        PlannedInstallment(row.number, row.due_date, row.payment, row.interest if fixed else ZERO)
        for row in _by_periods(terms, in_force).installments
    ]
    if terms.minimum_payment is not None:
        # Minimum payments may pay the loan off sooner, but only if every one of them comes.
        later = period_ends(terms, terms.number_of_payments, in_force)[len(made) :]
        made += [
            PlannedInstallment(len(made) + place, day, ZERO) for place, day in enumerate(later, 1)
        ]
    falls = _due_dates(terms, len(made), in_force)
    return tuple(row.on_days(day, row.due_date) for row, day in zip(made, falls, strict=True))


def boarded_installments(
    loan: Loan, fact: LoanBoarded, in_force: TermsInForce
) -> tuple[PlannedInstallment, ...]:
    """The installments still to come at boarding, numbered on from those before.

    Amounts are the contract's level installment; the last one bills whatever is then owed.
    """
    terms = loan.agreed
    count = terms.number_of_payments - fact.installments_before
    falls, dates = due_days(terms, count, in_force), period_ends(terms, count, in_force)
    first = fact.installments_before + 1
    interest = _interest_to_come(loan, fact, dates, in_force)
    return tuple(
        PlannedInstallment(first + place, ends, fact.installment_amount, of_interest).on_days(
            due, ends
        )
        for place, (due, ends, of_interest) in enumerate(zip(falls, dates, interest, strict=True))
    )


def _interest_to_come(
    loan: Loan, fact: LoanBoarded, dates: tuple[date, ...], in_force: TermsInForce
) -> list[Money]:
    """Interest of each coming period where the schedule fixes it, from the day of boarding on."""
    terms, product = loan.agreed, in_force.product
    nothing = [ZERO] * len(dates)
    if terms.by_period is None:
        return nothing
    past_due = total(amount for _, amount in fact.past_due)
    opened = round_exact(fact.accrued_interest, product.rounding)
    balance = fact.principal_balance - max(past_due - opened, ZERO)
    if balance <= ZERO:
        return nothing
    before, plan = fact.installments_before, rate_plan_of(product.interest)
    rates = projected_rates(terms, in_force, before=before)
    begun = [change.rate for change in rates if change.on <= fact.effective_on]
    rows = schedule(
        balance,
        begun[-1] if begun and not isinstance(plan, FixedRate) else terms.note_rate,
        fact.effective_on,
        dates,
        interest=product.interest,
        amortization=product.amortization,
        rate_changes=[change for change in rates if change.on > fact.effective_on],
        payment=fact.installment_amount,
        periods=schedule_periods(terms, dates[-1], in_force.calendar),
    )
    interest = [row.interest for row in rows.installments]
    return interest + nothing[len(interest) :]
