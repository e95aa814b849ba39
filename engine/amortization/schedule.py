"""The schedule of a loan: from its terms and dates to every installment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from datetime import date
from itertools import count
from typing import assert_never

from engine.amortization.amortization import Amortization
from engine.amortization.amortize import amortize, converts_after, growth_limit
from engine.amortization.capped import within_cap
from engine.amortization.fixed_charge import fixed_charge_columns
from engine.amortization.installment import Installment, Schedule
from engine.amortization.interest_periods import InterestPeriods, interest_periods
from engine.amortization.negative_amortization import pay_within_limit
from engine.amortization.roll import Columns, RollTerms
from engine.interest.accrual import Pause, RateChange
from engine.interest.capitalization import capitalizing_installments
from engine.interest.compounding import equivalent_rate
from engine.interest.interest_method import InterestMethod
from engine.interest.no_interest import NoInterest
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.simple_interest import (
    FirstPeriod,
    InterestOnBalance,
    Remainders,
    SimpleInterest,
)
from engine.trace import explained
from engine.values.day_count import NO_PERIODS, DayCount, ReferencePeriods, is_additive
from engine.values.money import Exact, Money
from engine.values.rate import Rate

_NO_INTEREST = Exact(0)
_ROUNDS = 4
"""Which installments leave the balance alone is known after the first; it rarely changes again."""


@explained
def schedule(
    principal: Money,
    rate: Rate,
    start: date,
    due_dates: Sequence[date],
    *,
    interest: InterestMethod,
    amortization: Amortization,
    regular_start: date | None = None,
    rate_changes: Iterable[RateChange] = (),
    pauses: Iterable[Pause] = (),
    carry: Exact = _NO_INTEREST,
    payment: Money | None = None,
    capitalized_on: Collection[date] = (),
    lent: Money | None = None,
    interest_cap: Money | None = None,
    periods: ReferencePeriods = NO_PERIODS,
) -> Schedule:
    """Every installment of the loan from a day on.

    ``start`` is the day the balance begins to earn, disbursement or any later day of the loan's
    life; ``carry`` is interest earned and unpaid by then. ``regular_start`` is where a regular
    first period would begin, needed by ``first_period: regular`` alone. A ``payment`` given is
    kept instead of solved; the schedule then ends when the balance does, and the last installment
    takes the rest. On the due dates in ``capitalized_on``, besides those the interest method
    names, interest the installment does not pay is added to the principal. ``lent`` is the
    principal at disbursement, of which a limit on that growth is a share, where ``principal`` is
    what is left of it. No more than ``interest_cap`` is earned from the start on.
    """
    rate = payment_rate(rate, interest, periods)
    changes = tuple(
        RateChange(change.on, payment_rate(change.rate, interest, periods))
        for change in rate_changes
    )
    windows, unmoved = tuple(pauses), frozenset[int]()
    roll = roll_terms(interest, carry)
    roll = _growing(roll, interest, amortization, due_dates, capitalized_on, lent or principal)
    for _ in range(_ROUNDS):
        factors = interest_factors(
            rate,
            start,
            due_dates,
            interest,
            regular_start=regular_start,
            rate_changes=changes,
            pauses=windows,
            unmoved=unmoved,
            periods=periods,
        )
        if isinstance(interest, PrecomputedInterest):
            columns = fixed_charge_columns(principal.minor, factors, amortization, interest, rate)
        elif payment is not None:
            given = [payment.minor] * len(due_dates)
            columns = pay_within_limit(principal.minor, factors, given, roll)
        else:
            periodic_rate = rate.exact / periods.per_year
            columns = amortize(principal.minor, factors, amortization, roll, periodic_rate)
        if interest_cap is not None:
            chosen = amortization if payment is None else None
            columns = within_cap(principal.minor, factors, columns, chosen, roll, interest_cap)
        assumed, unmoved = unmoved, _balance_stays(columns, interest, periods)
        if unmoved == assumed:
            break
    if isinstance(interest, PrecomputedInterest):
        principal = Money(sum(columns.principal))  # a discount is kept out of the note
    return Schedule(start=start, principal=principal, installments=rows(factors, columns))


def _balance_stays(
    columns: Columns, interest: InterestMethod, periods: ReferencePeriods
) -> frozenset[int]:
    """Places of installments without principal, where it matters that no balance begins there.

    Interest of a loan is counted from the last change of its balance, so where the day count does
    not add up over parts, a schedule must count from there too.
    """
    if not isinstance(interest, SimpleInterest) or interest.period_rate_decimals is not None:
        return frozenset()
    by_period = interest.day_count is DayCount.periods and periods.dates
    if is_additive(interest.day_count) or by_period or all(columns.principal):
        return frozenset()
    return frozenset(place for place, part in enumerate(columns.principal) if part == 0)


def payment_rate(rate: Rate, interest: InterestMethod, periods: ReferencePeriods) -> Rate:
    """The quoted rate as one that compounds with the payments."""
    if isinstance(interest, InterestOnBalance) and interest.compounded_per_year is not None:
        return equivalent_rate(rate, interest.compounded_per_year, periods.per_year)
    return rate


def interest_factors(
    rate: Rate,
    start: date,
    due_dates: Sequence[date],
    interest: InterestMethod,
    *,
    regular_start: date | None = None,
    rate_changes: Iterable[RateChange] = (),
    pauses: Iterable[Pause] = (),
    unmoved: Set[int] = frozenset(),
    periods: ReferencePeriods = NO_PERIODS,
) -> InterestPeriods:
    """What a unit of balance earns in each period under the interest method."""
    match interest:
        case NoInterest():
            return InterestPeriods(start, tuple(due_dates), (0,) * len(due_dates), 1)
        case InterestOnBalance():
            regular = interest.first_period is FirstPeriod.regular
            return interest_periods(
                start,
                due_dates,
                rate,
                interest.day_count,
                rate_changes=rate_changes,
                pauses=pauses,
                regular_start=regular_start if regular else None,
                day_one_accrues=interest.day_one_accrues,
                rate_decimals=interest.period_rate_decimals,
                unmoved=unmoved,
                periods=periods,
            )
        case PrecomputedInterest(day_count=day_count):
            return interest_periods(start, due_dates, rate, day_count, periods=periods)
        case _ as never:
            assert_never(never)


def roll_terms(interest: InterestMethod, carry: Exact = _NO_INTEREST) -> RollTerms:
    """How the interest method rounds, with interest earned and unpaid so far."""
    match interest:
        case NoInterest():
            return RollTerms(carry=carry)
        case PrecomputedInterest(rounding=rounding):
            return RollTerms(rounding, False, carry)
        case InterestOnBalance(rounding=rounding, remainders=remainders):
            return RollTerms(rounding, remainders is Remainders.carried, carry)
        case _ as never:
            assert_never(never)


def _growing(
    roll: RollTerms,
    interest: InterestMethod,
    amortization: Amortization,
    due_dates: Sequence[date],
    capitalized_on: Collection[date],
    lent: Money,
) -> RollTerms:
    """The terms with the installments that add unpaid interest to the principal, and its limit."""
    places = frozenset(at for at, day in enumerate(due_dates) if day in capitalized_on)
    chosen = interest.capitalization if isinstance(interest, SimpleInterest) else None
    if chosen is not None:
        places |= capitalizing_installments(
            chosen, due_dates, min(converts_after(amortization), len(due_dates) - 1)
        )
    most = growth_limit(chosen, amortization)
    return roll._replace(capitalized=places, most=lent.minor * most.exact if most else None)


def rows(periods: InterestPeriods, columns: Columns) -> tuple[Installment, ...]:
    """Columns of minor units as installments."""
    shared = {payment: Money(payment) for payment in columns.payment}
    return tuple(
        map(
            Installment,
            count(1),
            periods.due_dates,
            map(shared.__getitem__, columns.payment),
            map(Money, columns.interest),
            map(Money, columns.principal),
            map(Money, columns.balance),
        )
    )
