"""Several disbursements: what each part changes in the installments still to come.

They are solved again on what is left of the term, or installments of the part are added to those
that stand. Aliases: tranches, draws, construction advances.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import zip_longest

import msgspec
from msgspec.structs import replace

from engine.amortization.amortization import Amortization
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.installment import Installment, Schedule
from engine.amortization.schedule import interest_factors, payment_rate, roll_terms, schedule
from engine.interest.accrual import BalanceChange, Pause, RateChange, interest_earned
from engine.interest.interest_method import InterestMethod
from engine.interest.simple_interest import SimpleInterest
from engine.trace import explained
from engine.values.day_count import NO_PERIODS, ReferencePeriods
from engine.values.money import ZERO, Exact, Money
from engine.values.months import next_day
from engine.values.rate import Rate
from engine.values.rounding import round_exact

_NOTHING = Exact(0)


class Disbursement(msgspec.Struct, frozen=True):
    """Money lent on a day; on a due date it belongs to the next period."""

    on: date
    amount: Money


class TermsOfSchedule(msgspec.Struct, frozen=True, kw_only=True):
    """What schedules of one loan have in common."""

    rate: Rate
    interest: InterestMethod
    amortization_after: Callable[[int, Money], Amortization]
    """How the rest is paid down after so many installments, with so much lent in all."""
    pauses: tuple[Pause, ...] = ()
    periods: ReferencePeriods = NO_PERIODS


@explained
def disbursed_schedule(
    disbursements: Sequence[Disbursement],
    due_dates: Sequence[date],
    terms: TermsOfSchedule,
    *,
    added: bool = False,
) -> Schedule:
    """Every installment of a loan disbursed on several days, ascending; the last before maturity.

    Money lent within a period earns from its day to the period's end, and the installment due then
    is already solved with it. With ``added`` each part has installments of its own. Raises
    ValueError when all is paid back before a further part.
    """
    assert disbursements[-1].on < due_dates[-1], "money is lent before maturity"
    life = _Life(terms, due_dates)
    given: tuple[Money, ...] = ()
    for part, following in zip_longest(disbursements, disbursements[1:]):
        done = bisect_right(due_dates, part.on)
        life.lend(part)
        begin = due_dates[done - 1] if done else disbursements[0].on
        amortization = terms.amortization_after(done, life.lent)
        if added:
            own = installments_of_part(part, begin, due_dates[done:], terms, done)
            held = given[len(given) - len(own) :] if given else ()
            given = tuple(a + b for a, b in zip_longest(held, own, fillvalue=ZERO))
            amortization = ExplicitPayments(payments=given)
        life.pay(
            installments_from(
                life.balance, life.accrued(part.on), part.on, begin, due_dates[done:], terms,
                amortization,
            ),
            following.on if following else None,
        )  # fmt: skip
        if following is not None and life.balance == ZERO:
            raise ValueError(f"all is paid back before the part of {following.on}")
    return Schedule(start=disbursements[0].on, principal=life.lent, installments=tuple(life.rows))


def installments_from(
    balance: Money,
    accrued: Exact,
    day: date,
    begin: date,
    due_dates: Sequence[date],
    terms: TermsOfSchedule,
    amortization: Amortization,
) -> tuple[Installment, ...]:
    """Installments of what is owed on a day within a period that began before it.

    They are solved over whole periods, with what the balance does not earn of the first taken off.
    """
    missed = balance.minor * _not_yet(begin, day, due_dates[0], terms)
    return schedule(
        balance,
        terms.rate,
        begin,
        due_dates,
        interest=terms.interest,
        amortization=amortization,
        carry=accrued - missed,
        pauses=terms.pauses,
        periods=terms.periods,
    ).installments


def installments_of_part(
    part: Disbursement,
    begin: date,
    due_dates: Sequence[date],
    terms: TermsOfSchedule,
    done: int,
) -> tuple[Money, ...]:
    """What a part alone owes on each of the due dates left, nothing where it is paid back."""
    own = terms.amortization_after(done, part.amount)
    rows = installments_from(part.amount, Exact(0), part.on, begin, due_dates, terms, own)
    return tuple(row.payment for row in rows) + (ZERO,) * (len(due_dates) - len(rows))


def _not_yet(begin: date, lent_on: date, due: date, terms: TermsOfSchedule) -> Fraction:
    """What a unit lent within a period does not earn of the period."""
    if lent_on == begin:
        return Fraction(0)
    rate = payment_rate(terms.rate, terms.interest, terms.periods)
    whole, part = (
        interest_factors(
            rate, first, (due,), terms.interest, pauses=terms.pauses, periods=terms.periods
        )
        for first in (begin, lent_on)
    )
    return Fraction(whole.numerators[0], whole.denominator) - Fraction(
        part.numerators[0], part.denominator
    )


@dataclass(slots=True)
class _Life:
    """A loan that is disbursed and paid as planned: its balance and interest as they will be."""

    terms: TermsOfSchedule
    due_dates: Sequence[date]
    rows: list[Installment] = field(default_factory=list)
    moves: list[BalanceChange] = field(default_factory=list)
    balance: Money = ZERO
    lent: Money = ZERO
    settled: Exact = _NOTHING
    """Interest paid, and parts of a cent dropped."""

    def lend(self, part: Disbursement) -> None:
        self.moves.append(BalanceChange(part.on, part.amount))
        self.balance, self.lent = self.balance + part.amount, self.lent + part.amount

    def pay(self, planned: Sequence[Installment], until: date | None) -> None:
        """Keep the installments due by a day, or all of them."""
        for row in planned:
            if until is not None and row.due_date > until:
                return
            self.rows.append(replace(row, number=len(self.rows) + 1))
            if not roll_terms(self.terms.interest).carried:
                accrued = self.accrued(row.due_date)
                rounded = round_exact(accrued, roll_terms(self.terms.interest).rounding)
                self.settled += accrued - rounded.minor
            self.settled += row.interest.minor
            self.moves.append(BalanceChange(row.due_date, -row.principal))
            self.balance = row.balance

    def accrued(self, day: date) -> Exact:
        """Interest earned to a day and not paid."""
        method = self.terms.interest
        if not isinstance(method, SimpleInterest):
            return Exact(0)
        rate = payment_rate(self.terms.rate, method, self.terms.periods)
        shift = timedelta(0 if method.day_one_accrues else 1)
        periods = self.terms.periods
        if shift:
            periods = replace(periods, dates=tuple(map(next_day, periods.dates)))
        earned = interest_earned(
            [BalanceChange(move.on + shift, move.delta) for move in self.moves],
            [RateChange(self.moves[0].on + shift, rate)],
            (),
            method.day_count,
            day + shift,
            periods=periods,
        )
        return earned - self.settled
