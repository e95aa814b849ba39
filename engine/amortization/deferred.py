"""Deferred: for some installments nothing at all is due, then the loan amortizes.

Aliases: payment holiday at the start, moratorium, "no payments for 90 days".
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import assert_never

import msgspec

from engine.amortization.bullet import Bullet, bullet_columns
from engine.amortization.equal_principal import EqualPrincipal, equal_principal_columns
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment, level_payment
from engine.amortization.negative_amortization import pay_within_limit
from engine.amortization.roll import Columns, RollTerms, by_payment, charged
from engine.values.money import Exact, Money


class DeferredInterest(StrEnum):
    """What becomes of the interest earned while nothing is due."""

    waits = "waits"
    """It is due with the first payments and earns nothing meanwhile."""
    capitalized = "capitalized"
    """Each period's interest is added to the principal."""
    capitalized_at_end = "capitalized_at_end"
    """It earns nothing meanwhile, and is added to the principal with the last of them."""


class Deferred(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="deferred"):
    """Nothing due for the first ``installments``, then the loan is paid down."""

    installments: int
    interest: DeferredInterest = DeferredInterest.waits
    then: LevelPayment | EqualPrincipal | Bullet = LevelPayment()


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
    roll = roll._replace(capitalized=roll.capitalized | capitalized_places(terms.interest, skipped))
    head, balance, carry = Columns([], [], [], []), principal, roll.carry
    if skipped > 0:
        first = periods._replace(
            due_dates=periods.due_dates[:skipped], numerators=periods.numerators[:skipped]
        )
        head = by_payment(principal, first, [0] * skipped, roll, absorb=False)
        balance = head.balance[-1]
        if roll.most is not None and max(head.balance) > roll.most:
            return pay_within_limit(principal, periods, [0] * count, roll)
        carry = _waiting(principal, head, first, roll)
    rest, later = periods.tail(skipped), roll.after(skipped, carry)
    tail = _paid_down(balance, rest, terms.then, later, periodic_rate)
    return Columns(*(before + after for before, after in zip(head, tail, strict=True)))


def capitalized_places(interest: DeferredInterest, skipped: int) -> frozenset[int]:
    """Places of the deferred installments with which unpaid interest is added to the balance."""
    match interest:
        case DeferredInterest.waits:
            return frozenset()
        case DeferredInterest.capitalized:
            return frozenset(range(skipped))
        case DeferredInterest.capitalized_at_end:
            return frozenset((skipped - 1,)) if skipped > 0 else frozenset()
        case _ as never:
            assert_never(never)


def _waiting(principal: int, head: Columns, periods: InterestPeriods, roll: RollTerms) -> Exact:
    """Interest of the deferral that was not added to the balance, with what rounding left."""
    owed, balance = roll.carry, principal
    for numerator, settled, after in zip(
        periods.numerators, head.interest, head.balance, strict=True
    ):
        owed += Exact(balance * numerator, periods.denominator)
        if not roll.carried:
            owed = Exact(charged(owed.numerator, owed.denominator, roll.rounding, numerator))
        owed, balance = owed - settled, after
    return owed


def _paid_down(
    balance: int,
    periods: InterestPeriods,
    then: LevelPayment | EqualPrincipal | Bullet,
    roll: RollTerms,
    periodic_rate: Fraction | None,
) -> Columns:
    match then:
        case LevelPayment():
            payment = level_payment(Money(balance), periods, then, roll, periodic_rate)
            payments = [payment.minor] * len(periods.numerators)
            return by_payment(balance, periods, payments, roll)
        case EqualPrincipal():
            return equal_principal_columns(balance, periods, then, roll)
        case Bullet():
            return bullet_columns(balance, periods, then, roll)
        case _ as never:
            assert_never(never)
