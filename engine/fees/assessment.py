"""When a fee may be charged."""

from __future__ import annotations

from datetime import date, timedelta

from engine.fees.late_fee import Grace, LateFee
from engine.trace import explained
from engine.values.calendar import BusinessCalendar


@explained
def late_fee_day(fee: LateFee, due_date: date, calendar: BusinessCalendar) -> date:
    """The first day an unpaid installment is charged for: the day after its grace days."""
    if fee.grace is Grace.business:
        last = calendar.add_business_days(due_date, fee.grace_days)
    else:
        last = due_date + timedelta(days=fee.grace_days)
    return last + timedelta(days=1)
