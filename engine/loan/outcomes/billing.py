"""Billing: on its due date an installment becomes owed, for an amount that is then a fact."""

from __future__ import annotations

from datetime import date

from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan import installments, observe
from engine.loan.dollars import InstallmentParts
from engine.loan.events import InstallmentBilled, PlannedInstallment
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.trace import explained
from engine.values.money import ZERO, Exact, Money, total
from engine.values.rounding import Rounding


def bill(draft: Draft, day: date) -> None:
    """Bill every installment whose due date is the day."""
    for row in observe.unbilled(draft.loan):
        if row.due_date > day:
            return
        if draft.loan.agreed.by_installment:
            draft.record(_billed_in_parts(draft, row))
            continue
        amount = billed_amount(draft.loan, row, draft.terms.product.rounding)
        draft.record(
            InstallmentBilled(
                effective_on=row.due_date,
                number=row.number,
                amount=amount,
                interest=min(_scheduled(draft, row), amount),
                interest_dropped=_dropped(draft, row.due_date),
            )
        )


def _scheduled(draft: Draft, row: PlannedInstallment) -> Money:
    """Interest of the period where the schedule fixes it; nothing where it does not."""
    if draft.loan.agreed.by_period is None:
        return ZERO
    return installments.scheduled_interest(draft.loan, draft.terms.product.rounding)[row.number]


def _dropped(draft: Draft, day: date) -> Exact:
    """What rounding the interest of a period leaves, where the product drops it."""
    method = draft.terms.product.interest
    if not isinstance(method, SimpleInterest) or method.remainders is Remainders.carried:
        return Exact(0)
    accrued = observe.accrued_interest(draft.loan, day)
    return accrued - observe.rounded_interest(accrued, draft.terms.product.rounding).minor


def _billed_in_parts(draft: Draft, row: PlannedInstallment) -> InstallmentBilled:
    """An installment with the interest of its period."""
    loan, product = draft.loan, draft.terms.product
    earned = observe.interest_earned_to(loan, row.due_date)
    of_period = installments.interest_of_period(earned, loan.interest_billed, product)
    dropped = earned - (loan.interest_billed + of_period).minor
    billed = billed_parts(loan, row, of_period)
    return InstallmentBilled(
        effective_on=row.due_date,
        number=row.number,
        amount=billed.amount,
        interest=billed.interest,
        interest_earned=of_period,
        interest_dropped=Exact(0) if installments.carries_remainders(product) else dropped,
    )


@explained
def billed_parts(loan: Loan, row: PlannedInstallment, earned: Money) -> InstallmentParts:
    """An installment's interest and principal on its due date, from interest its period earned."""
    waiting = installments.interest_not_asked(loan) + earned
    left = installments.principal_not_due(loan)
    final = row.number == installments.last_unpaid(loan)
    return installments.parts_of(loan, row, waiting, left, final=final)


@explained
def billed_amount(loan: Loan, row: PlannedInstallment, rounding: Rounding) -> Money:
    """An installment's amount on its due date: as planned, at most what is owed, all at the end."""
    interest = observe.interest_owed(loan, row.due_date, rounding)
    others = total(r.remaining for r in observe.installments_due(loan, row.due_date, rounding))
    # Once the last installment is billed it stands for all that is owed, so nothing else does.
    left = max(loan.principal_balance + interest - others, ZERO)
    paid = loan.paid_toward.get(row.number, ZERO)
    final = observe.unbilled(loan)[-1].number == row.number
    whole = left + paid
    return whole if final else min(observe.amount_to_come(loan, row, rounding), whole)
