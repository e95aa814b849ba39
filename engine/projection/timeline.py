"""The timeline of a contract: every step it makes, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.projection.contract import Contract, EarningAmount
from engine.projection.event_dates import EventDate, event_date
from engine.projection.maturity import End, maturity
from engine.projection.repayment import (
    AtMaturity,
    GivenPayment,
    PrincipalParts,
    PrincipalPlan,
    SolvedPayment,
)
from engine.projection.steps import (
    Buy,
    CapitalizeInterest,
    DatedStep,
    Disburse,
    GiveNotice,
    Index,
    LookAtPrincipal,
    Mature,
    MovePrincipal,
    PayInstallment,
    PayInterest,
    ResetRate,
    SolvePayment,
    Step,
    Terminate,
    Turn,
)
from engine.values.money import Money
from engine.values.months import next_day
from engine.values.recurrence import dates_before, joined_dates
from engine.values.rounding import round_ratio


def timeline(contract: Contract, through: date) -> tuple[DatedStep, ...]:
    """The steps up to a day, both ends included, as they follow each other."""
    end = maturity(contract)
    before = next_day(through) if end is None else end.regular
    steps = [
        *_beginning(contract),
        *_moved(contract, _interest(contract, before), before),
        *_moved(contract, _principal(contract, before, end), before),
        *_moved(contract, _looks(contract, before), before),
        *_rates(contract, before),
        *_ending(contract, end),
    ]
    after, since = opened_on(contract), contract.disbursed_on
    kept = [
        step for step in steps if after < step.date.on <= through and step.date.counts_to >= since
    ]
    kept.sort(key=lambda step: step.place)
    return tuple(_cut_short(kept, end))


def opened_on(contract: Contract) -> date:
    """The day nothing is projected up to: before the loan, unless it was taken over later."""
    opening = contract.opening
    return opening.on if opening and opening.on >= contract.disbursed_on else date.min


def _moved(
    contract: Contract, steps: Iterator[tuple[date, Turn, Step]], before: date
) -> Iterator[DatedStep]:
    """Regular dates where business days put them; one that would reach the end gives way."""
    for day, turn, step in steps:
        moved = event_date(day, contract.business_days)
        if moved.on < before:
            yield DatedStep(moved, turn, step)


def _beginning(contract: Contract) -> Iterator[DatedStep]:
    day = contract.disbursed_on
    accrued = contract.accrued_at_start
    lent = Disburse(contract.principal, contract.discount, accrued)
    yield DatedStep(EventDate(day, day), Turn.disbursement, lent)
    if (bought := contract.purchase) is not None:
        counts = next_day(bought.on) if bought.earns else bought.on
        yield DatedStep(EventDate(bought.on, counts), Turn.purchase, Buy(bought.price))


def _interest(contract: Contract, before: date) -> Iterator[tuple[date, Turn, Step]]:
    until = contract.capitalized_until
    days = set(joined_dates(contract.interest_dates, before))
    if until is not None and until < before:
        days.add(until)
    for day in days:
        capitalized = contract.capitalized or (until is not None and day <= until)
        yield day, Turn.interest, CapitalizeInterest() if capitalized else PayInterest()


def _principal(
    contract: Contract, before: date, end: End | None
) -> Iterator[tuple[date, Turn, Step]]:
    match contract.repayment:
        case AtMaturity():
            return
        case PrincipalParts(dates=dates, part=part, rounding=rounding):
            days = dates_before(dates, before)
            if part is None:
                count = len(days) + (end is not None)
                part = Money(round_ratio(contract.principal.minor, count, rounding))
            yield from ((day, Turn.principal, MovePrincipal(part)) for day in days)
        case GivenPayment(dates=dates) | SolvedPayment(dates=dates):
            days = dates_before(dates, before)
            yield from ((day, Turn.principal, PayInstallment()) for day in days)
        case PrincipalPlan(moves=moves):
            for at, move in enumerate(moves):
                following = moves[at + 1].dates.first if at + 1 < len(moves) else before
                days = joined_dates((move.dates,), min(following, before))
                yield from ((day, Turn.principal, MovePrincipal(move.amount)) for day in days)


def _looks(contract: Contract, before: date) -> Iterator[tuple[date, Turn, Step]]:
    if contract.earns_on.kind is EarningAmount.lagged and contract.earns_on.looked_at:
        for day in joined_dates(contract.earns_on.looked_at, before):
            yield day, Turn.look, LookAtPrincipal()
    if (link := contract.index_link) is not None:
        for level in link.levels:
            yield level.on, Turn.look, Index(level.level / link.base)


def _rates(contract: Contract, before: date) -> Iterator[DatedStep]:
    """New rates, each followed by a new payment where that is solved."""
    repayment = contract.repayment
    solved = isinstance(repayment, SolvedPayment)
    if isinstance(repayment, SolvedPayment) and repayment.payment is None:
        day = repayment.dates.first - timedelta(days=repayment.days_ahead)
        if contract.disbursed_on <= day < before:
            yield DatedStep(EventDate(day, day), Turn.payment, SolvePayment())
    for change in contract.rate_changes:
        moved = event_date(change.on, contract.business_days)
        if moved.on < before:
            yield DatedStep(moved, Turn.rate, ResetRate(change.rate))
            if solved:
                yield DatedStep(moved, Turn.payment, SolvePayment())


def _ending(contract: Contract, end: End | None) -> Iterator[DatedStep]:
    if (call := contract.call) is not None:
        stops = call.on < call.settled_on and not call.earns_meanwhile
        yield DatedStep(EventDate(call.on, call.on), Turn.call, GiveNotice(stops))
    if end is not None:
        yield DatedStep(end.date, Turn.interest, PayInterest())
        yield DatedStep(end.date, Turn.maturity, Mature())
    if (ended := contract.termination) is not None:
        counts = next_day(ended.on) if ended.earns else ended.on
        yield DatedStep(EventDate(ended.on, counts), Turn.termination, Terminate(ended.price))


def _cut_short(steps: list[DatedStep], end: End | None) -> Iterator[DatedStep]:
    """Nothing follows a termination, and nothing but the settlement a call that stops interest."""
    stopped = False
    for step in steps:
        if stopped and end is not None and step.date.on < end.date.on:
            continue
        yield step
        if step.turn in (Turn.maturity, Turn.termination):
            return
        stopped = stopped or (isinstance(step.step, GiveNotice) and step.step.interest_stops)
