"""The installments to come under a rate that moves.

They are worked out again at each change, or once over all of them, as the rate plan says.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from engine.amortization.amortization import Amortization
from engine.amortization.installment import Installment, Schedule
from engine.amortization.roll import charged
from engine.amortization.schedule import interest_factors, payment_rate, roll_terms, rows, schedule
from engine.amortization.tiered import BalanceRate, as_tiered, tiered_columns
from engine.interest.accrual import Pause, RateChange
from engine.interest.interest_method import InterestMethod, rate_plan_of
from engine.interest.rate_plan.rate_change_effect import PaymentAtChange
from engine.interest.rate_plan.rate_plan import payment_at_change
from engine.interest.rate_plan.tiered_by_balance import TieredByBalance
from engine.interest.scheduled_interest import ScheduledInterest
from engine.loan.outcomes.rest_of_term import rest_of
from engine.loan.timeline import rate_of_balance
from engine.trace import explained
from engine.values.day_count import ReferencePeriods
from engine.values.money import Exact, Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact

_NO_INTEREST = Exact(0)
_WHOLE = Rate(Exact(1))


class WayDown(NamedTuple):
    """How a loan is paid down: interest method, amortization and contract figures."""

    interest: InterestMethod
    amortization: Amortization
    note_rate: Rate
    lent: Money
    """Principal at disbursement."""
    periods: ReferencePeriods
    pauses: tuple[Pause, ...] = ()

    def rest(self, done: int) -> Amortization:
        """The amortization of the installments after the first ``done``."""
        return rest_of(self.amortization, done, self.lent) if done else self.amortization

    def pauses_from(self, day: date) -> tuple[Pause, ...]:
        """The pauses that lie ahead of a day, or what is left of them."""
        return tuple(
            Pause(max(pause.first_day, day), pause.last_day)
            for pause in self.pauses
            if pause.last_day >= day
        )


@explained
def coming_schedule(
    principal: Money,
    rates: Sequence[RateChange],
    start: date,
    due_dates: Sequence[date],
    way: WayDown,
    *,
    done: int = 0,
    carry: Exact = _NO_INTEREST,
    regular_start: date | None = None,
    pauses: tuple[Pause, ...] = (),
    interest_cap: Money | None = None,
) -> Schedule:
    """Every installment from a day on, at rates that hold from the start and from later days.

    ``done`` installments of the contract lie behind. Where the plan sets payments anew, each
    change works out the rest of the term at the rate then, as if that stayed. An ``interest_cap``
    goes with a fixed rate alone.
    """
    plan, way = rate_plan_of(way.interest), way._replace(pauses=pauses)
    rate = max((change for change in rates if change.on <= start), key=lambda c: c.on).rate
    ahead = moves([RateChange(start, rate), *(c for c in rates if start < c.on < due_dates[-1])])
    if isinstance(plan, TieredByBalance):
        return _tiered(principal, plan, rate, start, due_dates, way, done, carry)
    if ahead and payment_at_change(plan) is PaymentAtChange.set_anew:
        steps = [RateChange(start, rate), *ahead]
        return _anew(principal, steps, due_dates, way, done, carry, regular_start)
    return schedule(
        principal,
        rate,
        start,
        due_dates,
        interest=way.interest,
        amortization=way.rest(done),
        regular_start=regular_start,
        rate_changes=ahead,
        pauses=pauses,
        carry=carry,
        lent=way.lent,
        interest_cap=interest_cap,
        periods=way.periods,
    )


def moves(rates: Sequence[RateChange]) -> list[RateChange]:
    """The later of the rates, where they differ from the one before."""
    return [now for before, now in pairwise(rates) if now.rate != before.rate]


def _anew(
    principal: Money,
    rates: Sequence[RateChange],
    due_dates: Sequence[date],
    way: WayDown,
    done: int,
    carry: Exact,
    regular_start: date | None,
) -> Schedule:
    """Each rate's installments of a schedule made for the rest of the term at that rate."""
    kept: list[Installment] = []
    balance = principal
    for change, following in zip(rates, [*rates[1:], None], strict=True):
        past = len(kept)
        made = schedule(
            balance,
            change.rate,
            change.on,
            due_dates[past:],
            interest=way.interest,
            amortization=way.rest(done + past),
            regular_start=regular_start,
            pauses=way.pauses_from(change.on),
            carry=carry,
            lent=way.lent,
            periods=way.periods,
        )
        until = following.on if following else due_dates[-1]
        part = [row for row in made.installments if row.due_date <= until]
        kept += [replace(row, number=past + at) for at, row in enumerate(part, 1)]
        if following is None or len(part) == len(made.installments):
            break
        carry = _unpaid(change, following.on, balance, part, way, carry)
        if isinstance(way.interest, ScheduledInterest):
            # Interest by period is whole: what rounding left does not outlive a change.
            carry = Exact(round_exact(carry, Rounding.half_up).minor)
        balance = part[-1].balance if part else balance
        regular_start = None if part else regular_start
    return Schedule(start=rates[0].on, principal=principal, installments=tuple(kept))


def _unpaid(
    change: RateChange,
    until: date,
    balance: Money,
    part: Sequence[Installment],
    way: WayDown,
    carry: Exact,
) -> Exact:
    """Interest earned by a day and not paid by the installments up to it, unrounded."""
    days = [row.due_date for row in part]
    ends = days if days and days[-1] == until else [*days, until]
    factors = interest_factors(
        payment_rate(change.rate, way.interest, way.periods),
        change.on,
        ends,
        way.interest,
        pauses=way.pauses_from(change.on),
        periods=way.periods,
    )
    roll = roll_terms(way.interest)
    earned, owed = carry, balance.minor
    for numerator, row in zip(factors.numerators, part, strict=False):
        earned += Exact(owed * numerator, factors.denominator)
        if not roll.carried:
            earned = Exact(charged(earned.numerator, earned.denominator, roll.rounding, numerator))
        earned -= row.interest.minor
        owed = row.balance.minor
    if len(ends) > len(part):
        earned += Exact(owed * factors.numerators[-1], factors.denominator)
    return earned


def _tiered(
    principal: Money,
    plan: TieredByBalance,
    most: Rate,
    start: date,
    due_dates: Sequence[date],
    way: WayDown,
    done: int,
    carry: Exact,
) -> Schedule:
    way_down = as_tiered(way.rest(done))
    assert way_down is not None, "a check of products refuses other ways down"
    shares = interest_factors(
        _WHOLE, start, due_dates, way.interest, pauses=way.pauses, periods=way.periods
    )
    rate = BalanceRate(partial(rate_of_balance, plan, way.note_rate), most)
    roll = roll_terms(way.interest, carry)
    columns = tiered_columns(principal.minor, shares, way_down, roll, rate)
    return Schedule(start=start, principal=principal, installments=rows(shares, columns))
