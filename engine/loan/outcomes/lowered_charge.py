"""A precomputed charge at another rate than the contract's: law lowers what is still to be earned.

What was earned stays; the rest of each installment's charge becomes its share at the new rate, and
the installment falls with it. Source: 50 U.S.C. 3937(a)(3).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from engine.loan import observe
from engine.loan.by_period import earned_in_period
from engine.loan.events import PlannedInstallment
from engine.loan.loan import Loan
from engine.trace import explained
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact


@explained
def at_another_rate(
    loan: Loan, coming: Sequence[PlannedInstallment], day: date, rate: Rate, rounding: Rounding
) -> tuple[PlannedInstallment, ...]:
    """The installments to come with their part of the charge at a rate from a day on."""
    note_rate = loan.agreed.note_rate.exact
    if not note_rate:
        return tuple(coming)
    contract = {row.number: row for row in loan.plans[0].installments}
    share = rate.exact / note_rate
    rows: list[PlannedInstallment] = []
    for place, row in enumerate(coming):
        was = contract[row.number]
        left, earned = Fraction(was.interest.minor), Fraction(0)
        if not place:
            earned, left = earned_in_period(loan, day), left * _left_of(loan, row.earned_on, day)
        charge = Money(earned.numerator) + round_exact(left * share, rounding)
        amount = was.amount - was.interest + charge
        rows.append(replace(row, amount=amount, interest=charge))
    return tuple(rows)


def _left_of(loan: Loan, earned_on: date, day: date) -> Fraction:
    """The part of the period under way that lies ahead."""
    ended = [row.ends_on for row in observe.planned(loan) if row.earned_on <= day]
    begun = ended[-1] if ended else loan.started_on
    assert begun is not None, "a rate is reset on a loan that has started"
    return Fraction((earned_on - max(day, begun)).days, (earned_on - begun).days)
