"""Whether, when and for how much the note lets a fee be charged; law has its say afterwards."""

from __future__ import annotations

from datetime import date, timedelta

from engine.facts.fact import FactType
from engine.facts.facts import Facts
from engine.fees.amount import checked, fee_amount
from engine.fees.fee_terms import FeeTerms
from engine.fees.late_fee import Grace, LateFee
from engine.trace import explained
from engine.values.calendar import BusinessCalendar
from engine.values.money import ZERO, Money
from engine.values.rounding import Rounding


@explained
def late_fee_day(fee: LateFee, due_date: date, calendar: BusinessCalendar) -> date:
    """The first day an unpaid installment is charged for: the day after its grace days."""
    if fee.grace is Grace.business:
        last = calendar.add_business_days(due_date, fee.grace_days)
    else:
        last = due_date + timedelta(days=fee.grace_days)
    return last + timedelta(days=1)


def fee_charge(fee: FeeTerms, facts: Facts, rounding: Rounding, currency: str) -> Money:
    """What the note lets a fee come to: its amount where its condition holds, else nothing."""
    if fee.charged_when is not None and not condition_holds(fee.charged_when, facts, currency):
        return ZERO
    return fee_amount(fee.amount, facts, rounding, currency)


@explained
def condition_holds(condition: str, facts: Facts, currency: str) -> bool:
    """Whether the fee's own condition holds."""
    return checked(condition, FactType.flag, currency).is_true(facts)


@explained
def within_count(charged: int, maximum: int | None) -> bool:
    """Whether the fee's limit of so many in twelve months leaves room for one more."""
    return maximum is None or charged < maximum
