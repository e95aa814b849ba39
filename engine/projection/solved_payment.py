"""The level payment of a projected loan, solved on the dates that are left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.amortization.annuity import rounded_annuity
from engine.amortization.interest_periods import interest_periods
from engine.projection.contract import Contract
from engine.projection.event_dates import event_date
from engine.projection.maturity import maturity
from engine.projection.repayment import SolvedPayment
from engine.projection.standing import Earning
from engine.trace import explained
from engine.values.money import Exact, Money
from engine.values.rate import Rate
from engine.values.recurrence import dates_before
from engine.values.rounding import Rounding


def payment_dates(contract: Contract, terms: SolvedPayment) -> tuple[date, ...]:
    """The days interest is counted to for each payment of the amortization, the last one too."""
    end = maturity(contract)
    assert end is not None, "a solved payment has a last day"
    last, counts_to = end.regular, end.date.counts_to
    if terms.amortized_to is not None:
        last = terms.amortized_to
        counts_to = event_date(last, contract.business_days).counts_to
    regular = dates_before(terms.dates, last)
    moved = [event_date(day, contract.business_days).counts_to for day in regular]
    return (*(day for day in moved if day < counts_to), counts_to)


@explained
def solved_payment(
    principal: Money,
    accrued: Exact,
    rate: Rate,
    day: date,
    dates: Sequence[date],
    earning: Earning,
    rounding: Rounding,
) -> Money:
    """The equal payment that repays principal and accrued interest on the dates left."""
    periods = interest_periods(day, dates, rate, earning.day_count, periods=earning.periods)
    payment = rounded_annuity(principal.minor, periods, rounding=rounding, carry=accrued)
    return Money(payment)
