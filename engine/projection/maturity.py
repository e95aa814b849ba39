"""When a contract ends: as it is written, or when its repayments are done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count, islice
from typing import Final, NamedTuple

from engine.projection.contract import Contract
from engine.projection.event_dates import EventDate, event_date
from engine.projection.repayment import (
    AtMaturity,
    GivenPayment,
    PrincipalParts,
    PrincipalPlan,
    SolvedPayment,
)
from engine.trace import explained
from engine.values.day_count import year_fraction
from engine.values.due_dates import due_date
from engine.values.money import Exact
from engine.values.months import next_day
from engine.values.recurrence import Recurrence, dates_before
from engine.values.rounding import round_exact

LATEST: Final = date(2200, 1, 1)
"""No contract runs longer."""
_TOO_FEW: Final = "there are fewer dates than payments needed, or it would take until after 2199"


class NeverRepaid(ValueError):
    """The payments of a contract without maturity never repay it."""


class End(NamedTuple):
    """The last day: as all regular dates come before it, and where it falls."""

    regular: date
    date: EventDate


def maturity(contract: Contract) -> End | None:
    """The last day of the contract; None for one that runs for ever.

    A day that is written down stands; one that follows from the repayments is one of their dates
    and moves to a business day as they do. Raises NeverRepaid where the contract should end with
    its repayments and they do not suffice.
    """
    if (call := contract.call) is not None:
        return End(call.settled_on, EventDate(call.settled_on, call.settled_on))
    if (last := contract.maturity) is not None:
        counts_to = next_day(last.on) if last.earns else last.on
        return End(last.on, EventDate(last.on, counts_to))
    repaid = _repaid_on(contract)
    return None if repaid is None else End(repaid, event_date(repaid, contract.business_days))


def _repaid_on(contract: Contract) -> date | None:
    match contract.repayment:
        case AtMaturity():
            return None
        case PrincipalParts(dates=dates, part=part):
            if part is None:
                raise NeverRepaid("equal parts of the principal need a maturity")
            return _date_of(dates, contract, -(-contract.principal.minor // part.minor))
        case GivenPayment(dates=dates, payment=payment):
            return _date_of(dates, contract, payments_needed(contract, dates, payment.minor))
        case SolvedPayment(dates=dates, payment=given, amortized_to=to):
            if to is not None:
                return to
            if given is None:
                raise NeverRepaid("a payment is solved for a known last day")
            return _date_of(dates, contract, payments_needed(contract, dates, given.minor))
        case PrincipalPlan() as plan:
            return _plan_done(contract, plan)


@explained
def payments_needed(contract: Contract, dates: Recurrence, payment: int) -> int:
    """How many payments repay the principal at the rate of the contract's first day.

    The term is fixed with the contract: rates that change later leave a smaller or larger last
    payment, not another last day.
    """
    balance, earning = contract.principal.minor, contract.earning
    begin = _regular(dates, 0)
    if begin is None:
        raise NeverRepaid(_TOO_FEW)
    for number, end in enumerate(_dates(dates), 1):
        share = year_fraction(earning.day_count, begin, end, earning.periods)
        owed = Exact(balance * (1 + contract.rate.exact * share))
        if owed <= payment:
            return number
        # Whole units keep the fractions small over a long term.
        balance, begin = round_exact(owed - payment, earning.rounding).minor, end
        if balance >= contract.principal.minor:
            break
    raise NeverRepaid("the payments do not cover the interest")


def _date_of(dates: Recurrence, contract: Contract, number: int) -> date:
    """The date of the payment so many payments after the opening of the loan."""
    opened = contract.opening.on if contract.opening else date.min
    later = (day for day in _dates(dates) if day > opened)
    found = next(islice(later, number - 1, None), None)
    if found is None:
        raise NeverRepaid(_TOO_FEW)
    return found


def _plan_done(contract: Contract, plan: PrincipalPlan) -> date:
    """The date on which the planned repayments have used up the principal."""
    balance = contract.principal.minor
    opened = contract.opening.on if contract.opening else date.min
    for at, move in enumerate(plan.moves):
        following = plan.moves[at + 1].dates.first if at + 1 < len(plan.moves) else None
        days = _dates(move.dates) if following is None else dates_before(move.dates, following)
        for day in days:
            balance -= move.amount.minor if day > opened else 0
            if balance <= 0:
                return day
    raise NeverRepaid("the planned repayments are less than the principal")


def _dates(dates: Recurrence) -> Iterator[date]:
    """The dates one after another, as long as there are and contracts run."""
    for number in count(1):
        day = _regular(dates, number)
        if day is None or day > LATEST:
            return
        yield day


def _regular(dates: Recurrence, number: int) -> date | None:
    try:
        return due_date(dates.first, dates.frequency, number)
    except IndexError:
        return None
