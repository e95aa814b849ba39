"""Interest of periods that have not begun, set anew when principal is paid beyond what is due."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import Final

from msgspec.structs import replace

from engine.amortization.roll import by_payment
from engine.amortization.schedule import interest_factors, payment_rate, roll_terms
from engine.interest.accrual import RateChange
from engine.interest.scheduled_interest import LaterInterest, ScheduledInterest
from engine.loan import observe
from engine.loan.by_period import last_period_end
from engine.loan.events import PlannedInstallment, ScheduleSet
from engine.loan.loan import Loan
from engine.loan.outcomes.coming_schedule import coming_schedule
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.first_schedule import way_down
from engine.loan.outcomes.parts_due import principal_beyond, unpaid_through, unpaid_to_come
from engine.loan.outcomes.reamortization import begins_on, coming_rates
from engine.loan.regular_periods import schedule_periods
from engine.trace import explained
from engine.values.money import ZERO, Money

_TERMS: Final = {"prepayment": "/interest/after_prepayment"}
"""Reason of the installments set → the term they rest on, where it is not the rate plan."""


def set_later_interest(
    draft: Draft, day: date, *, lower_payment: bool = False, reason: str = "prepayment"
) -> None:
    """Set the interest of later periods on the lower balance, or at other rates, where the product
    says so.

    Installments keep their amounts, so the loan ends sooner; or the product's amortization sets
    them anew over the rest of the term.
    """
    method = draft.loan.agreed.by_period
    if not isinstance(method, ScheduledInterest) or draft.loan.principal_balance <= ZERO:
        return
    if method.after_prepayment is LaterInterest.stays:
        return
    coming = observe.unbilled(draft.loan)
    rows = coming[_under_way(draft.loan, coming, day) :]
    installments = rows_on_lower_balance(draft, method, rows, day, lower_payment=lower_payment)
    if installments != rows:
        draft.record(
            ScheduleSet(
                effective_on=day,
                installments=installments,
                reason=reason,
                because=draft.because(_TERMS.get(reason, "/interest/rate_plan")),
            )
        )


def _under_way(loan: Loan, coming: tuple[PlannedInstallment, ...], day: date) -> int:
    """How many coming installments keep their interest: the period has begun, or money came."""
    begun = last_period_end(loan)
    count = 0
    for place, row in enumerate(coming, start=1):
        assert begun is not None, "a loan that takes money has started"
        if begun < day or row.number in loan.paid_toward:
            count = place
        begun = row.ends_on
    return count


@explained
def rows_on_lower_balance(
    draft: Draft,
    method: ScheduledInterest,
    rows: tuple[PlannedInstallment, ...],
    day: date,
    *,
    lower_payment: bool,
) -> tuple[PlannedInstallment, ...]:
    """Later installments with the interest their periods earn on what will be left by then."""
    if not rows:
        return rows
    loan, rounding = draft.loan, draft.terms.product.rounding
    done = rows[0].number - 1
    before = [row for row in observe.unbilled(loan) if row.number <= done]
    wanted = unpaid_through(loan, day, rounding) + unpaid_to_come(loan, day, done)
    balance = principal_beyond(loan, wanted, day, rounding)
    begin = before[-1].ends_on if before else begins_on(loan, day)
    periods = schedule_periods(loan.agreed, rows[-1].ends_on, draft.terms.calendar)
    rates = coming_rates(loan, day, draft.terms)
    if lower_payment:
        way = way_down(loan.agreed, draft.terms, rows[-1].ends_on)
        lower = coming_schedule(
            balance, rates, begin, [row.ends_on for row in rows], way, done=done
        ).installments
        return tuple(
            replace(row, amount=new.payment, interest=new.interest)
            if new
            else replace(row, amount=ZERO, interest=ZERO)
            for row, new in zip_longest(rows, lower)
        )
    earning = [RateChange(c.on, payment_rate(c.rate, method, periods)) for c in rates]
    factors = interest_factors(
        max((change for change in earning if change.on <= begin), key=lambda c: c.on).rate,
        begin,
        [row.ends_on for row in rows],
        method,
        rate_changes=[change for change in earning if change.on > begin],
        periods=periods,
    )
    columns = by_payment(
        balance.minor, factors, [row.amount.minor for row in rows], roll_terms(method)
    )
    return tuple(
        replace(row, amount=Money(payment or 0), interest=Money(interest or 0))
        for row, payment, interest in zip_longest(rows, columns.payment, columns.interest)
    )
