"""Positions: the closed forms of a loan over the days between two changes, ready for SQL.

A portfolio as of any day is one statement over these: interest owed is
carry + balance × rate × days ÷ year, lateness is a difference of dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from engine.catalog.terms_in_force import TermsInForce
from engine.loan import observe
from engine.loan.boundaries import next_boundary
from engine.loan.events import Event, OutcomeUndone
from engine.loan.evolve import evolve, fold
from engine.loan.loan import Loan
from engine.loan.reapply import live
from engine.loan.status import LoanStatus
from engine.loan.versions import terms_now
from engine.values.day_count import DayCount
from engine.values.money import Money, total


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of a loan's closed forms from ``valid_from`` until the next position."""

    valid_from: date
    next_boundary: date | None
    """First day on which time decides something; beyond it the loan must be advanced."""
    status: LoanStatus
    principal: Money
    interest_bearing: Money
    """The balance that earns interest: principal, and fees that do."""
    carry_numerator: int
    carry_denominator: int
    """Interest unpaid at the anchor, exact minor units; may be a little below zero."""
    anchor: date
    day_count: DayCount
    rate_numerator: int
    rate_denominator: int
    per_day_numerator: int | None = None
    """Interest earned each day where the schedule fixes it by period, in minor units; None where
    the rate earns it on the principal."""
    per_day_denominator: int | None = None
    fees_owed: Money
    unapplied_funds: Money
    recovery_balance: Money
    past_due_first_day: Money
    """Unpaid installments due before ``valid_from`` itself."""
    past_due_after: Money
    """Unpaid installments due by ``valid_from``: past due from the day after."""
    past_due_fees_first_day: Money
    past_due_fees_after: Money
    """The same for fees that count towards past due."""
    all_past_due_after: date | None
    """Once the last installment has fallen due, all principal and interest is past due after it."""
    oldest_unpaid_due_date: date | None
    next_due_date: date | None
    next_due_amount: Money
    stage: str


def position(loan: Loan, valid_from: date, terms: TermsInForce) -> Position:
    """The closed forms of the loan as it stands at the end of a day."""
    rounding = terms.product.rounding
    active = loan.status is LoanStatus.active
    due = observe.installments_due(loan, valid_from, rounding)
    unpaid = [
        (row.due_date, observe.remaining_of(loan, row.number, row.amount))
        for row in loan.billed
        if active
    ]
    late_fees = [
        (fee.charged.assessed_on, fee.owed)
        for fee in observe.fees(loan)
        if active and fee.charged.counts_towards_past_due
    ]
    matured = bool(loan.billed) and not observe.unbilled(loan) and active
    point = loan.accrual
    per_day = observe.per_diem(loan, valid_from) if loan.agreed.by_period is not None else None
    anchor = point.anchor if point and per_day is None else valid_from
    rate = point.rate.exact if point else None
    carry = observe.accrued_interest(loan, anchor)
    return Position(
        valid_from=valid_from,
        next_boundary=next_boundary(loan, terms),
        status=loan.status,
        principal=loan.principal_balance,
        interest_bearing=loan.interest_bearing,
        carry_numerator=carry.numerator,
        carry_denominator=carry.denominator,
        anchor=anchor,
        day_count=loan.agreed.day_count,
        rate_numerator=rate.numerator if rate is not None else 0,
        rate_denominator=rate.denominator if rate is not None else 1,
        per_day_numerator=per_day.numerator if per_day is not None else None,
        per_day_denominator=per_day.denominator if per_day is not None else None,
        fees_owed=observe.fees_owed(loan),
        unapplied_funds=loan.unapplied_funds,
        recovery_balance=loan.recovery_balance,
        past_due_first_day=total(left for on, left in unpaid if on < valid_from),
        past_due_after=total(left for on, left in unpaid if on <= valid_from),
        past_due_fees_first_day=total(left for on, left in late_fees if on < valid_from),
        past_due_fees_after=total(left for on, left in late_fees if on <= valid_from),
        all_past_due_after=loan.billed[-1].due_date if matured else None,
        oldest_unpaid_due_date=due[0].due_date if due else None,
        next_due_date=observe.next_due_date(loan, valid_from),
        next_due_amount=observe.next_due_amount(loan, valid_from, rounding),
        stage=observe.delinquency_stage(loan),
    )


def positions(
    loan_before: Loan | None,
    events: Iterable[tuple[int, Event]],
    terms: TermsInForce,
    *,
    loan_id: str,
    history: Iterable[tuple[int, Event]] = (),
) -> tuple[Position, ...]:
    """The positions that new events bring, one per day on which something changed.

    They replace whatever was held from the first of those days on. A correction reaches into the
    past, so it needs the whole history.
    """
    new, history = list(events), list(history)
    if not new:
        return ()
    first = min(event.effective_on for _, event in new)
    corrects = any(isinstance(event, OutcomeUndone) for _, event in new)
    backdated = (
        loan_before is not None
        and loan_before.last_effective_on is not None
        and first < loan_before.last_effective_on
    )
    if corrects or backdated:
        standing = live([*history, *new])
        loan = fold(loan_id, [item for item in standing if item[1].effective_on < first])
        changes = [item for item in standing if item[1].effective_on >= first]
    else:
        loan, changes = loan_before or Loan(loan_id=loan_id), new
    days = sorted({event.effective_on for _, event in changes})
    result: list[Position] = []
    for day in days:
        for seq, event in changes:
            if event.effective_on == day:
                loan = evolve(loan, seq, event)
        if loan.terms is not None:
            result.append(position(loan, day, terms_now(loan, terms, [*history, *new])))
    return tuple(result)
