"""Numbers of a loan for a day, as closed forms over its state: nothing here is looked up or stored.

Each function takes the loan with everything that counts by that day already folded in (``advance``
brings outcomes of time up to the day) and answers for the end of the day.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

import msgspec

from engine.amortization.percent_of_balance import minimum_payment
from engine.loan import by_period
from engine.loan.events import PlannedInstallment
from engine.loan.loan import BilledInstallment, FeeCharged, Loan
from engine.loan.timeline import at_least_settled, earned_from, earned_over
from engine.loan.timeline import per_diem as per_diem_of
from engine.trace import explained
from engine.values.money import ZERO, Exact, Money, total
from engine.values.rounding import Rounding, round_exact


class FeeOwed(msgspec.Struct, frozen=True, kw_only=True):
    """A fee with what was paid and forgiven of it."""

    charged: FeeCharged
    paid: Money
    waived: Money

    @property
    def owed(self) -> Money:
        return self.charged.amount - self.paid - self.waived


class InstallmentStanding(msgspec.Struct, frozen=True, kw_only=True):
    """An installment fallen due, with what is still unpaid of it."""

    number: int
    due_date: date
    remaining: Money


# --- interest ----------------------------------------------------------------------------------


@explained
def interest_earned_to(loan: Loan, day: date) -> Exact:
    """Interest earned over the life of the loan through a day, unrounded.

    Parts of a cent that the product drops when they are rounded away are not earned.
    """
    if loan.terms is not None and loan.terms.by_period is not None:
        return _before(loan) + by_period.scheduled_earned(loan, day)
    point = loan.accrual
    if point is None or loan.terms is None:
        return loan.interest_opening
    if day < point.anchor:
        return interest_of_timeline(loan, day)
    return at_least_settled(loan, _before(loan) + earned_from(point, loan.terms, day), day)


def interest_of_timeline(loan: Loan, day: date) -> Exact:
    """The same, worked out from every change of balance and rate since the loan began."""
    if loan.terms is not None and loan.terms.by_period is not None:
        return interest_earned_to(loan, day)
    earned = earned_over(loan, day) if loan.terms else 0
    return at_least_settled(loan, _before(loan) + earned, day)


def _before(loan: Loan) -> Exact:
    """Interest brought in at boarding, less what rounding dropped."""
    opening, dropped = loan.interest_opening, loan.interest_dropped
    return opening - dropped if dropped else opening


@explained
def accrued_interest(loan: Loan, day: date) -> Exact:
    """Interest earned through the day and not yet paid or capitalized, unrounded."""
    return interest_earned_to(loan, day) - loan.interest_settled.minor


@explained
def interest_owed(loan: Loan, day: date, rounding: Rounding) -> Money:
    """Accrued interest as owed: rounded to whole cents, never below zero."""
    return rounded_interest(accrued_interest(loan, day), rounding)


def rounded_interest(accrued: Exact, rounding: Rounding) -> Money:
    """Interest in whole cents, never below zero."""
    return max(round_exact(accrued, rounding), ZERO)


@explained
def per_diem(loan: Loan, day: date) -> Exact:
    """One day's interest at the balance of the day, unrounded."""
    if loan.terms is not None and loan.terms.by_period is not None:
        pace = by_period.pace_on(loan, day)
        return pace.per_day if pace else Exact(0)
    return per_diem_of(loan, day) if loan.terms else Exact(0)


# --- fees --------------------------------------------------------------------------------------


def fees(loan: Loan) -> tuple[FeeOwed, ...]:
    """Every fee with what was paid and forgiven of it, in the order charged."""
    return tuple(
        FeeOwed(
            charged=fee,
            paid=loan.fee_paid.get(fee.fee_id, ZERO),
            waived=loan.fee_waived.get(fee.fee_id, ZERO),
        )
        for fee in loan.fees
    )


@explained
def fees_owed(loan: Loan) -> Money:
    """Fees charged and neither paid nor forgiven; nothing after charge-off."""
    if loan.charged_off_on:
        return ZERO
    return total(fee.owed for fee in fees(loan))


# --- installments ------------------------------------------------------------------------------


def planned(loan: Loan) -> tuple[PlannedInstallment, ...]:
    """The schedule in force: later plans replace installments from their first number on."""
    return by_period.schedule_in_force(loan.plans)


def unbilled(loan: Loan) -> tuple[PlannedInstallment, ...]:
    """Installments of the schedule that have not fallen due yet, in order."""
    rows = planned(loan)
    if not loan.billed:
        return rows
    return rows[bisect_right(rows, loan.billed[-1].number, key=by_period.number_of) :]


@explained
def remaining_of(loan: Loan, number: int, amount: Money) -> Money:
    """What is still to be paid of an installment's amount."""
    return max(amount - loan.paid_toward.get(number, ZERO), ZERO)


def amount_to_come(loan: Loan, row: PlannedInstallment, rounding: Rounding) -> Money:
    """An installment's amount on its due date as things stand: agreed, or a minimum payment."""
    terms = loan.agreed.minimum_payment
    if terms is None:
        return row.amount
    day = row.due_date
    due = total(standing.remaining for standing in installments_due(loan, day, rounding))
    interest = max(interest_owed(loan, day, rounding) - due, ZERO)
    return minimum_payment(terms, loan.principal_balance, interest)


@explained
def total_owed(loan: Loan, day: date, rounding: Rounding) -> Money:
    """Principal, interest earned to the day and fees, before money held."""
    if loan.charged_off_on:
        return loan.recovery_balance
    return principal_owed(loan) + interest_owed(loan, day, rounding) + fees_owed(loan)


@explained
def principal_owed(loan: Loan) -> Money:
    """Principal lent and not yet paid back."""
    return loan.principal_balance


@explained
def undrawn(loan: Loan) -> Money:
    """Principal of the contract that is not paid out; nothing of a loan taken over or closed."""
    if loan.terms is None or loan.boarded_on or loan.paid_off_on or loan.charged_off_on:
        return ZERO
    return ZERO if loan.cancelled_on else loan.terms.amount_to_lend - loan.drawn


def installments_due(loan: Loan, day: date, rounding: Rounding) -> tuple[InstallmentStanding, ...]:
    """Installments billed and not fully paid, oldest first, with what remains of each.

    After the last one has fallen due it stands for everything still owed, so that interest earned
    by paying late is not forgotten.
    """
    if loan.charged_off_on or loan.paid_off_on:
        return ()
    rows, last = unpaid(loan), matured(loan)
    if not rows:
        return ()
    owed = loan.principal_balance + interest_owed(loan, day, rounding)
    standing: list[InstallmentStanding] = []
    spoken_for = ZERO
    for row in rows:
        left = owed - spoken_for
        if not (last and row is loan.billed[-1]):
            left = min(left, remaining_of(loan, row.number, row.amount))
        if left > ZERO:
            spoken_for = spoken_for + left
            standing.append(
                InstallmentStanding(number=row.number, due_date=row.due_date, remaining=left)
            )
    return tuple(standing)


def unpaid(loan: Loan) -> list[BilledInstallment]:
    """Installments fallen due that payments have not reached; the last one stays open."""
    paid = loan.paid_toward
    rows = [row for row in loan.billed if paid.get(row.number, ZERO).minor < row.amount.minor]
    if matured(loan) and (not rows or rows[-1] is not loan.billed[-1]):
        rows.append(loan.billed[-1])
    return rows


def matured(loan: Loan) -> bool:
    """Whether the last installment has fallen due, so that everything owed is."""
    if not loan.billed:
        return False
    rows = planned(loan)
    return not rows or loan.billed[-1].number >= rows[-1].number


def oldest_due_date(loan: Loan, day: date, rounding: Rounding) -> date | None:
    """Due date of the oldest installment with something unpaid, fallen due or due that day."""
    if loan.principal_balance > ZERO and not (loan.charged_off_on or loan.paid_off_on):
        rows = unpaid(loan)  # principal alone leaves something of the first of them
        return rows[0].due_date if rows else None
    due = installments_due(loan, day, rounding)
    return due[0].due_date if due else None


# --- lateness ----------------------------------------------------------------------------------


@explained
def oldest_unpaid_due_date(loan: Loan, day: date, rounding: Rounding) -> date | None:
    """Due date of the oldest installment that fell due before the day and is not fully paid."""
    oldest = oldest_due_date(loan, day, rounding)
    return oldest if oldest is not None and oldest < day else None


@explained
def days_past_due(loan: Loan, day: date, rounding: Rounding) -> int:
    """Days since the oldest unpaid due date; 0 when nothing is past due."""
    oldest = oldest_unpaid_due_date(loan, day, rounding)
    return (day - oldest).days if oldest else 0


@explained
def amount_past_due(loan: Loan, day: date, rounding: Rounding) -> Money:
    """What remains of installments due before the day, and of fees that count as past due."""
    late = [row.remaining for row in installments_due(loan, day, rounding) if row.due_date < day]
    if loan.charged_off_on or loan.paid_off_on:
        return ZERO
    late += [
        fee.owed
        for fee in fees(loan)
        if fee.charged.counts_towards_past_due and fee.charged.assessed_on < day
    ]
    return total(late)


@explained
def next_due_amount(loan: Loan, day: date, rounding: Rounding) -> Money:
    """What must be paid by the next due date: all that fell due, the next installment, fees."""
    due = [row.remaining for row in installments_due(loan, day, rounding)]
    if loan.charged_off_on or loan.paid_off_on:
        return ZERO
    coming = unbilled(loan)
    if coming:
        first = coming[0]
        owed = loan.principal_balance + interest_owed(loan, first.due_date, rounding)
        amount = amount_to_come(loan, first, rounding)
        left = min(remaining_of(loan, first.number, amount), owed - total(due))
        due.append(max(left, ZERO))
    return total(due) + fees_owed(loan)


def next_due_date(loan: Loan, day: date) -> date | None:
    """Due date of the next installment that wants money; None when none is to come."""
    if loan.charged_off_on or loan.paid_off_on or loan.cancelled_on:
        return None
    for row in unbilled(loan):
        if loan.agreed.minimum_payment is not None and loan.principal_balance > ZERO:
            return row.due_date
        if remaining_of(loan, row.number, row.amount) > ZERO:
            return row.due_date
    return None


def delinquency_stage(loan: Loan) -> str:
    """The stage of lateness last decided; "current" before any."""
    return loan.stages[-1][2] if loan.stages else "current"
