"""Deferred: for some installments nothing at all is due, then level payments.

Aliases: payment holiday at the start, moratorium, "no payments for 90 days".
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

import msgspec

from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment, level_payment
from engine.amortization.roll import Columns, RollTerms, by_payment
from engine.values.money import Exact, Money


class DeferredInterest(StrEnum):
    """What becomes of the interest earned while nothing is due."""

    waits = "waits"
    """It is due with the first payments and earns nothing meanwhile."""
    capitalized = "capitalized"
    """Each period's interest is added to the principal."""


class Deferred(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="deferred"):
    """Nothing due for the first ``installments``, then level payments."""

    installments: int
    interest: DeferredInterest = DeferredInterest.waits
    then: LevelPayment = LevelPayment()


def deferred_columns(
    principal: int,
    periods: InterestPeriods,
    terms: Deferred,
    roll: RollTerms,
    periodic_rate: Fraction | None,
) -> Columns:
    """The schedule as columns; at least the last installment is due."""
    count = len(periods.numerators)
    skipped = min(terms.installments, count - 1)
    if skipped == 0:
        head, balance = Columns([], [], [], []), principal
    else:
        first = periods._replace(
            due_dates=periods.due_dates[:skipped], numerators=periods.numerators[:skipped]
        )
        capitalize = terms.interest is DeferredInterest.capitalized
        head = by_payment(
            principal, first, [0] * skipped, roll, capitalize=capitalize, absorb=False
        )
        balance = head.balance[-1]
    earned = Exact(
        principal * sum(periods.numerators[:skipped]) if balance == principal else 0,
        periods.denominator,
    )
    carry = earned + roll.carry if balance == principal else Exact(0)
    rest, later = periods.tail(skipped), roll._replace(carry=carry)
    payment = level_payment(Money(balance), rest, terms.then, later, periodic_rate)
    tail = by_payment(balance, rest, [payment.minor] * (count - skipped), later)
    return Columns(*(before + after for before, after in zip(head, tail, strict=True)))
