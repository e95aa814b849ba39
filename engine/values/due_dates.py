"""Due dates: the date of any installment from the first payment date, without stepping to it.

Steps count from the first date, so a loan due on the 31st is due on the last day of short months
and goes back to the 31st.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import assert_never

from engine.values.calendar import BusinessCalendar, BusinessDayAdjustment
from engine.values.frequency import (
    Annual,
    Biweekly,
    EveryDays,
    EveryMonths,
    EveryWeeks,
    ExplicitDates,
    Frequency,
    Monthly,
    Quarterly,
    Semiannual,
    Semimonthly,
    Single,
    Weekly,
    months_between,
)
from engine.values.months import month_index, on_day_of_month


def due_date(first_payment_date: date, frequency: Frequency, number: int) -> date:
    """The unadjusted due date of an installment, numbered from 1.

    Number 0 and below are the regular dates before the first: the start of the regular first
    period is number 0. Raises IndexError for a number that explicit dates or a single payment lack.
    """
    steps = number - 1
    match frequency:
        case EveryDays(days=days):
            return first_payment_date + timedelta(days=days * steps)
        case Weekly():
            return first_payment_date + timedelta(days=7 * steps)
        case Biweekly():
            return first_payment_date + timedelta(days=14 * steps)
        case EveryWeeks(weeks=weeks):
            return first_payment_date + timedelta(days=7 * weeks * steps)
        case Semimonthly(days=days):
            return _semimonthly(first_payment_date, days, steps)
        case Monthly(day=day, skip_months=skipped):
            if skipped:
                return _skipping(first_payment_date, day, skipped, steps)
            return _monthly(first_payment_date, day, steps)
        case EveryMonths(months=months, day=day):
            return _monthly(first_payment_date, day, months * steps)
        case Quarterly():
            return _monthly(first_payment_date, None, 3 * steps)
        case Semiannual():
            return _monthly(first_payment_date, None, 6 * steps)
        case Annual():
            return _monthly(first_payment_date, None, 12 * steps)
        case Single():
            if steps:
                raise IndexError(f"a single payment has no installment {number}")
            return first_payment_date
        case ExplicitDates(dates=dates):
            if not 1 <= number <= len(dates):
                raise IndexError(f"the contract lists {len(dates)} due dates, not {number}")
            return dates[steps]
        case _ as never:
            assert_never(never)


def due_dates(
    first_payment_date: date,
    frequency: Frequency,
    count: int,
    *,
    calendar: BusinessCalendar | None = None,
    adjustment: BusinessDayAdjustment = BusinessDayAdjustment.none,
) -> tuple[date, ...]:
    """The due dates of the first ``count`` installments, moved to business days if asked."""
    months = months_between(frequency)
    if months is None:
        dates = tuple(due_date(first_payment_date, frequency, n) for n in range(1, count + 1))
    else:
        day = frequency.day if isinstance(frequency, Monthly | EveryMonths) else None
        dates = _month_by_month(first_payment_date, day, months, count)
    if calendar is None or adjustment is BusinessDayAdjustment.none:
        return dates
    return tuple(calendar.adjust(day, adjustment) for day in dates)


def _month_by_month(first: date, day: int | None, months: int, count: int) -> tuple[date, ...]:
    """What ``_monthly`` gives for each step, all at once."""
    kept, begin = day or first.day, month_index(first)
    indexes = range(begin + months, begin + months * count, months)
    if kept > 28:
        return (first, *(on_day_of_month(index, kept) for index in indexes))[:count]
    return (first, *(date(index // 12, index % 12 + 1, kept) for index in indexes))[:count]


def _monthly(first: date, day: int | None, months: int) -> date:
    if months == 0:
        return first
    return on_day_of_month(month_index(first) + months, day or first.day)


def _skipping(first: date, day: int | None, skipped: tuple[int, ...], steps: int) -> date:
    """Months of the year that are not skipped, in turn; the first payment's month counts."""
    kept = [month for month in range(12) if month + 1 not in skipped]
    assert kept, "every month of the year is skipped"
    year, month = first.year, first.month - 1
    if steps == 0:
        return first
    position = sum(1 for other in kept if other < month)
    if month not in kept and steps > 0:
        position -= 1
    years, place = divmod(position + steps, len(kept))
    return on_day_of_month(12 * (year + years) + kept[place], day or first.day)


def _semimonthly(first: date, days: tuple[int, int], steps: int) -> date:
    """Two slots a month; a first payment between them is followed by the next slot."""
    if steps == 0:
        return first
    month = month_index(first)
    early, late = sorted(days)
    if first >= on_day_of_month(month, late):
        slot = 2 * month + 1
    elif first >= on_day_of_month(month, early):
        slot = 2 * month
    else:
        slot = 2 * month - 1
    if steps < 0 and first > on_day_of_month(slot // 2, late if slot % 2 else early):
        slot += 1
    months, second = divmod(slot + steps, 2)
    return on_day_of_month(months, late if second else early)
