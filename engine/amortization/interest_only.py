"""Interest only: for some installments nothing but interest is due, then the loan amortizes.

Aliases: principal grace, interest-only period.
"""

from __future__ import annotations

from fractions import Fraction

import msgspec

from engine.amortization.equal_principal import EqualPrincipal, equal_part
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment, level_payment
from engine.amortization.roll import Columns, RollTerms, by_payment, by_principal
from engine.values.money import Money


class InterestOnly(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="interest_only"
):
    """Interest alone for the first ``installments``, then level payments or equal principal."""

    installments: int
    then: LevelPayment | EqualPrincipal = LevelPayment()


def interest_only_columns(
    principal: int,
    periods: InterestPeriods,
    terms: InterestOnly,
    roll: RollTerms,
    periodic_rate: Fraction | None,
) -> Columns:
    """The schedule as columns; at least the last installment repays principal."""
    count = len(periods.numerators)
    head = min(terms.installments, count - 1)
    rest = periods.tail(head)
    match terms.then:
        case LevelPayment():
            carried = roll.after(head, roll.carry if head == 0 else roll.carry * 0)
            payment = level_payment(Money(principal), rest, terms.then, carried, periodic_rate)
            due = [None] * head + [payment.minor] * (count - head)
            return by_payment(principal, periods, due, roll)
        case EqualPrincipal():
            part = equal_part(principal, count - head, terms.then)
            return by_principal(principal, periods, [0] * head + [part] * (count - head), roll)
