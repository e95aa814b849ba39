"""Several disbursements: the payment is solved again on what is left of the term at each.

Aliases: tranches, draws, construction advances.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import msgspec
from msgspec.structs import replace

from engine.amortization.amortization import Amortization
from engine.amortization.installment import Installment, Schedule
from engine.amortization.schedule import interest_factors, payment_rate, schedule
from engine.interest.interest_method import InterestMethod
from engine.trace import explained
from engine.values.day_count import NO_PERIODS, ReferencePeriods
from engine.values.money import Exact, Money
from engine.values.rate import Rate


class Disbursement(msgspec.Struct, frozen=True):
    """Money lent on a day; on a due date it belongs to the next period."""

    on: date
    amount: Money


@explained
def disbursed_schedule(
    disbursements: Sequence[Disbursement],
    rate: Rate,
    due_dates: Sequence[date],
    *,
    interest: InterestMethod,
    amortization: Amortization,
    periods: ReferencePeriods = NO_PERIODS,
) -> Schedule:
    """Every installment of a loan disbursed on several days, ascending; the last before maturity.

    Money lent within a period earns from its day to the period's end, and the installment due then
    is already solved with it.
    """
    first = disbursements[0]
    rows: list[Installment] = []
    balance, begin, carry = first.amount, first.on, Exact(0)
    for further in disbursements[1:]:
        assert further.on < due_dates[-1], "money is lent before maturity"
        plan = schedule(
            balance,
            rate,
            begin,
            due_dates[len(rows) :],
            interest=interest,
            amortization=amortization,
            carry=carry,
            periods=periods,
        )
        kept = [row for row in plan.installments if row.due_date <= further.on]
        if kept:
            carry = Exact(0)
        rows += [replace(row, number=len(rows) + at) for at, row in enumerate(kept, 1)]
        balance = (rows[-1].balance if kept else balance) + further.amount
        begin = kept[-1].due_date if kept else begin
        carry -= further.amount.minor * _not_yet(
            begin, further.on, due_dates[len(rows)], rate, interest, periods
        )
    plan = schedule(
        balance,
        rate,
        begin,
        due_dates[len(rows) :],
        interest=interest,
        amortization=amortization,
        carry=carry,
        periods=periods,
    )
    rows += [replace(row, number=len(rows) + at) for at, row in enumerate(plan.installments, 1)]
    lent = Money(sum(part.amount.minor for part in disbursements))
    return Schedule(start=first.on, principal=lent, installments=tuple(rows))


def _not_yet(
    begin: date,
    lent_on: date,
    due: date,
    rate: Rate,
    interest: InterestMethod,
    periods: ReferencePeriods,
) -> Fraction:
    """What a unit lent within a period does not earn of the period."""
    compounded = payment_rate(rate, interest, periods)
    if lent_on == begin:
        return Fraction(0)
    whole = interest_factors(compounded, begin, (due,), interest, periods=periods)
    part = interest_factors(compounded, lent_on, (due,), interest, periods=periods)
    return Fraction(whole.numerators[0], whole.denominator) - Fraction(
        part.numerators[0], part.denominator
    )
