"""What is wrong in a contract written down: amounts, days and rhythms that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.errors import Problem
from engine.product.frequency_soundness import frequency_problems
from engine.product.meaning import wrong
from engine.projection.contract import Contract
from engine.projection.document import ContractDocument
from engine.projection.event_dates import BusinessDays
from engine.projection.maturity import NeverRepaid, maturity
from engine.projection.repayment import (
    AtMaturity,
    GivenPayment,
    PrincipalParts,
    PrincipalPlan,
    SolvedPayment,
)
from engine.values.day_count import DayCount
from engine.values.money import ZERO, Money
from engine.values.recurrence import Recurrence

_NEEDS_DATES = frozenset({DayCount.actual_actual_icma, DayCount.actual_365l})


def contract_problems(document: ContractDocument) -> Iterator[Problem]:
    """Every fault of a contract, each at its place in the document."""
    terms = document.terms
    rhythms = [*_rhythms(terms), *_reset_rhythms(document)]
    faults = [
        fault
        for path, rhythm in rhythms
        for fault in frequency_problems(rhythm.frequency, f"{path}/frequency")
    ]
    faults += [*_amounts(terms), *_days(terms), *_counting(terms)]
    yield from faults
    if not faults:
        yield from _end(document)


def _rhythms(terms: Contract) -> Iterator[tuple[str, Recurrence]]:
    for at, rhythm in enumerate(terms.interest_dates):
        yield f"/terms/interest_dates/{at}", rhythm
    for at, rhythm in enumerate(terms.earns_on.looked_at):
        yield f"/terms/earns_on/looked_at/{at}", rhythm
    match terms.repayment:
        case AtMaturity():
            return
        case PrincipalParts(dates=dates) | GivenPayment(dates=dates) | SolvedPayment(dates=dates):
            yield "/terms/repayment/dates", dates
        case PrincipalPlan(moves=moves):
            for at, move in enumerate(moves):
                yield f"/terms/repayment/moves/{at}/dates", move.dates


def _reset_rhythms(document: ContractDocument) -> Iterator[tuple[str, Recurrence]]:
    for at, rhythm in enumerate(document.resets.on if document.resets else ()):
        yield f"/resets/on/{at}", rhythm


def _amounts(terms: Contract) -> Iterator[Problem]:
    if terms.principal <= ZERO:
        yield wrong("/terms/principal", "nothing is lent", "write an amount above zero")
    match terms.repayment:
        case GivenPayment(payment=Money(minor=minor)) if minor <= 0:
            yield wrong("/terms/repayment/payment", "nothing is paid", "write more than zero")
        case PrincipalParts(part=Money(minor=minor)) if minor <= 0:
            yield wrong("/terms/repayment/part", "nothing is repaid", "write more than zero")
        case SolvedPayment(days_ahead=ahead) if ahead < 0:
            yield wrong("/terms/repayment/days_ahead", f"{ahead} is below zero", "write 0 or more")
        case _:
            return


def _days(terms: Contract) -> Iterator[Problem]:
    start = terms.disbursed_on
    ends: list[tuple[str, date]] = []
    if terms.maturity is not None:
        ends.append(("/terms/maturity/on", terms.maturity.on))
    if terms.termination is not None:
        ends.append(("/terms/termination/on", terms.termination.on))
    if terms.call is not None:
        ends.append(("/terms/call/settled_on", terms.call.settled_on))
        if terms.call.settled_on < terms.call.on:
            message = f"{terms.call.settled_on} is before the call"
            yield wrong("/terms/call/settled_on", message, "settle on the day of the call or later")
    for path, day in ends:
        if day < start:
            message = f"{day} is before the disbursement on {start}"
            yield wrong(path, message, "end on that day or later")


def _counting(terms: Contract) -> Iterator[Problem]:
    day_count, periods = terms.earning.day_count, terms.earning.periods
    path = "/terms/earning/periods"
    if day_count in _NEEDS_DATES and not periods.dates:
        yield wrong(path, f"{day_count} needs the regular period dates", "list them under dates")
    if day_count is DayCount.business_252 and periods.calendar is None:
        yield wrong(path, f"{day_count} needs a business calendar", "give one under calendar")
    yield from _weekend(terms.business_days)


def _weekend(business_days: BusinessDays) -> Iterator[Problem]:
    if len(business_days.calendar.weekend) > 6:
        path = "/terms/business_days/calendar/weekend"
        yield wrong(path, "no day of the week is one of business", "leave a day out")


def _end(document: ContractDocument) -> Iterator[Problem]:
    try:
        end = maturity(document.terms)
    except NeverRepaid as never:
        yield wrong("/terms/repayment", str(never), "give a maturity, or pay more")
        return
    if end is None and document.through is None:
        yield wrong("/through", "the contract has no end", "say through which day to look")
    if end is not None:
        yield from _after(document.terms, end.date.on)


def _after(terms: Contract, end: date) -> Iterator[Problem]:
    """What would come when the contract is over and so never happen."""
    happening = (
        ("/terms/opening/on", terms.opening),
        ("/terms/purchase/on", terms.purchase),
        ("/terms/termination/on", terms.termination),
    )
    for path, event in happening:
        if event is not None and event.on > end:
            message = f"{event.on} is after the end of the contract on {end}"
            yield wrong(path, message, "write that day or an earlier one")
