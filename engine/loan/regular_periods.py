"""The regular payment periods of a contract, for day counts that look at them.

A period runs from one unadjusted due date to the next, before the first and after the last too,
so that interest of a loan paid late is counted by the same periods.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from engine.loan.terms import LoanTerms
from engine.values.calendar import BusinessCalendar
from engine.values.day_count import NO_PERIODS, DayCount, ReferencePeriods
from engine.values.due_dates import due_date
from engine.values.frequency import ExplicitDates, Frequency, Single, periods_per_year

_BY_PERIOD: Final = frozenset({DayCount.actual_actual_icma, DayCount.periods})
_STEP: Final = 60


def regular_periods(terms: LoanTerms, through: date) -> ReferencePeriods:
    """The periods interest is counted by, from the contract date through a day.

    Contracts without a rhythm have none: there ``periods`` counts whole months.
    """
    if terms.day_count not in _BY_PERIOD or isinstance(terms.frequency, Single | ExplicitDates):
        return NO_PERIODS
    count = terms.number_of_payments
    while True:
        found = _periods(terms.first_payment_date, terms.frequency, terms.contract_date, count)
        if found.dates[-1] >= through:
            return found
        count += _STEP


def schedule_periods(
    terms: LoanTerms, through: date, calendar: BusinessCalendar
) -> ReferencePeriods:
    """What a schedule of the contract looks at: its periods, how many make a year, its end."""
    return replace(
        regular_periods(terms, through),
        per_year=periods_per_year(terms.frequency),
        maturity=through,
        calendar=calendar,
    )


@lru_cache(maxsize=4096)
def _periods(first: date, frequency: Frequency, contract: date, count: int) -> ReferencePeriods:
    """Periods from the contract date on, the last one ending with the payment of that number."""
    dates = [due_date(first, frequency, number) for number in range(1, count + 1)]
    number = 0
    while dates[0] > contract:
        dates.insert(0, due_date(first, frequency, number))
        number -= 1
    return ReferencePeriods(dates=tuple(dates), per_year=periods_per_year(frequency))
