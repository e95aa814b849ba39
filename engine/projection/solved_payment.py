"""The level payment of a projected loan, solved on the dates that are left."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
from engine.values.recurrence import dates_before, joined_dates
from engine.values.rounding import Rounding


def payment_dates(contract: Contract, terms: SolvedPayment) -> tuple[date, ...]:
    """The days interest is counted to for each payment of the amortization, the last one too."""
    last, counts_to = _amortized_to(contract, terms)
    regular = dates_before(terms.dates, last)
    moved = [event_date(day, contract.business_days).counts_to for day in regular]
    return (*(day for day in moved if day < counts_to), counts_to)


def interest_days(contract: Contract, terms: SolvedPayment) -> frozenset[date]:
    """The days to which interest is paid apart from the payments."""
    if contract.capitalized:
        return frozenset()
    last, _ = _amortized_to(contract, terms)
    until = contract.capitalized_until
    return frozenset(
        event_date(day, contract.business_days).counts_to
        for day in joined_dates(contract.interest_dates, last)
        if until is None or day > until
    )


def _amortized_to(contract: Contract, terms: SolvedPayment) -> tuple[date, date]:
    """The last regular day of the amortization and the day interest is counted to."""
    if terms.amortized_to is not None:
        moved = event_date(terms.amortized_to, contract.business_days)
        return terms.amortized_to, moved.counts_to
    end = maturity(contract)
    assert end is not None, "a solved payment has a last day"
    return end.regular, end.date.counts_to


@explained
def solved_payment(
    principal: Money,
    accrued: Exact,
    rate: Rate,
    day: date,
    dates: Sequence[date],
    earning: Earning,
    rounding: Rounding,
    paid_between: Collection[date] = (),
) -> Money:
    """The equal payment that repays principal and accrued interest on the dates left.

    A payment covers the interest since the last day it was paid: interest that is paid on days
    between the payments is not in them.
    """
    days = sorted({*dates, *(paid for paid in paid_between if day < paid < dates[-1])})
    whole = interest_periods(day, days, rate, earning.day_count, periods=earning.periods)
    wanted = set(dates)
    numerators = tuple(
        numerator for due, numerator in zip(days, whole.numerators, strict=True) if due in wanted
    )
    periods = whole._replace(due_dates=tuple(dates), numerators=numerators)
    carry = accrued if days[0] == dates[0] else Exact(0)
    payment = rounded_annuity(principal.minor, periods, rounding=rounding, carry=carry)
    return Money(payment)
