"""Installments after money went out in parts: due on what was paid out, not on what is planned."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from engine.amortization.disbursements import (
    Disbursement,
    TermsOfSchedule,
    installments_from,
    installments_of_part,
)
from engine.catalog.terms_in_force import TermsInForce
from engine.loan import observe
from engine.loan.events import LoanDisbursed, PlannedInstallment, ScheduleSet
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.free_times import pauses_from
from engine.loan.outcomes.reamortization import balance_to_amortize
from engine.loan.outcomes.rest_of_term import rest_of
from engine.loan.regular_periods import schedule_periods
from engine.loan.timeline import rate_on
from engine.product.disbursement import FurtherInstallments, SeveralDisbursements
from engine.trace import explained
from engine.values.money import ZERO, total


def set_for_part(draft: Draft, fact: LoanDisbursed) -> None:
    """Set the installments still to come for a part paid out, where the product pays out parts."""
    offered = draft.terms.product.disbursement
    if not isinstance(offered, SeveralDisbursements):
        return
    day, first = fact.effective_on, draft.loan.disbursed_on == fact.effective_on
    if first or offered.installments is FurtherInstallments.set_anew:
        rows = set_anew(draft.loan, day, draft.terms)
    else:
        rows = with_part_added(draft.loan, fact, draft.terms)
    if rows and rows != _coming(draft.loan, day):
        draft.record(
            ScheduleSet(
                effective_on=day,
                installments=rows,
                reason="disbursement",
                because=draft.because("/disbursement", drawn=draft.loan.drawn.text()),
            )
        )


@explained
def set_anew(loan: Loan, day: date, in_force: TermsInForce) -> tuple[PlannedInstallment, ...]:
    """Installments to come, solved from all that is owed over what is left of the term.

    Dollars already paid towards them are owed by them too, so they are part of what is solved:
    else the last installment would take what those paid ahead no longer bring in.
    """
    coming = _coming(loan, day)
    owed, accrued = balance_to_amortize(loan, day, in_force)
    if not coming or owed <= ZERO:
        return ()
    balance = owed + total(loan.paid_toward.get(row.number, ZERO) for row in coming)
    terms, done = _terms(loan, day, in_force), coming[0].number - 1
    rows = installments_from(
        balance, accrued, day, _period_begin(loan, day), [row.ends_on for row in coming], terms,
        terms.amortization_after(done, loan.drawn),
    )  # fmt: skip
    paid = [row.payment for row in rows] + [ZERO] * (len(coming) - len(rows))
    return tuple(replace(old, amount=amount) for old, amount in zip(coming, paid, strict=True))


@explained
def with_part_added(
    loan: Loan, part: LoanDisbursed, in_force: TermsInForce
) -> tuple[PlannedInstallment, ...]:
    """Installments to come as they stand, with those of the part alone on top."""
    day = part.effective_on
    coming = _coming(loan, day)
    if not coming:
        return ()
    own = installments_of_part(
        Disbursement(day, part.principal),
        _period_begin(loan, day),
        [row.ends_on for row in coming],
        _terms(loan, day, in_force),
        coming[0].number - 1,
    )
    return tuple(
        replace(row, amount=row.amount + amount) for row, amount in zip(coming, own, strict=True)
    )


def _coming(loan: Loan, day: date) -> tuple[PlannedInstallment, ...]:
    return tuple(row for row in observe.unbilled(loan) if row.earned_on > day)


def _period_begin(loan: Loan, day: date) -> date:
    """The day the period began that the day lies in."""
    before = [row.ends_on for row in observe.planned(loan) if row.ends_on <= day]
    return before[-1] if before else loan.disbursed_on or day


def _terms(loan: Loan, day: date, in_force: TermsInForce) -> TermsOfSchedule:
    product, agreed = in_force.product, loan.agreed
    return TermsOfSchedule(
        rate=rate_on(loan, day),
        interest=product.interest,
        amortization_after=lambda done, lent: rest_of(product.amortization, done, lent),
        pauses=pauses_from(loan, day),
        periods=schedule_periods(agreed, observe.planned(loan)[-1].ends_on, in_force.calendar),
    )
