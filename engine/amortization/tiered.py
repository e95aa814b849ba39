"""Schedules of a balance whose rate follows it: level payments, equal parts, or all at the end.

What a balance earns is no longer proportional to it, so the level payment is searched for: the
smallest whose last installment is not above it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

import msgspec

from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.equal_principal import EqualPrincipal, equal_part
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment
from engine.amortization.roll import Columns, RollTerms, charged
from engine.interest.accrual import RateOf
from engine.values.money import Exact, Money
from engine.values.rate import Rate


class BalanceRate(msgspec.Struct, frozen=True):
    """The rate of each balance, below the most that is in force."""

    rate_of: RateOf
    in_force: Rate

    def __call__(self, balance: int) -> Exact:
        return self.rate_of(Money(balance), self.in_force).exact


TieredAmortization = LevelPayment | EqualPrincipal | Bullet
"""The ways down a tiered rate can be scheduled by."""
Pays = Callable[[int, int, int], int]
"""Principal of an installment, by place, balance and interest."""


def tiered_columns(
    principal: int,
    shares: InterestPeriods,
    amortization: TieredAmortization,
    roll: RollTerms,
    rate: BalanceRate,
) -> Columns:
    """The schedule as columns; ``shares`` are the parts of a year of the periods."""
    count = len(shares.numerators)
    match amortization:
        case LevelPayment():
            return _level(principal, shares, amortization, roll, rate)
        case EqualPrincipal():
            part = equal_part(principal, count, amortization)
            return _rolled(principal, shares, roll, rate, lambda *_: part)
        case Bullet():
            return _rolled(principal, shares, roll, rate, lambda *_: 0)
        case _ as never:
            assert_never(never)


def _level(
    principal: int,
    shares: InterestPeriods,
    terms: LevelPayment,
    roll: RollTerms,
    rate: BalanceRate,
) -> Columns:
    """The smallest payment that leaves the last installment no larger, by bisection."""
    unit = terms.payment_multiple_of.minor if terms.payment_multiple_of else 1

    def trial(payment: int) -> Columns:
        return _rolled(principal, shares, roll, rate, lambda _, __, due: payment - due)

    low, high = 0, 1
    while not _enough(trial(high * unit), high * unit):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if _enough(trial(middle * unit), middle * unit):
            high = middle
        else:
            low = middle
    return trial(high * unit)


def _enough(columns: Columns, payment: int) -> bool:
    return columns.payment[-1] <= payment


def _rolled(
    balance: int, shares: InterestPeriods, roll: RollTerms, rate: BalanceRate, pays: Pays
) -> Columns:
    """Roll the balance through its periods; the last installment pays what is left."""
    rows, earned = Columns([], [], [], []), roll.carry
    last = len(shares.numerators) - 1
    for place, share in enumerate(shares.numerators):
        earned += balance * rate(balance) * Exact(share, shares.denominator)
        interest = charged(earned.numerator, earned.denominator, roll.rounding, share)
        wanted = pays(place, balance, interest)
        principal = balance if place == last else min(max(wanted, 0), balance)
        paid = interest if place == last or wanted >= 0 else max(interest + wanted, 0)
        earned = earned - paid if roll.carried else Exact(interest - paid)
        balance -= principal
        for column, amount in zip(rows, (principal + paid, paid, principal, balance), strict=True):
            column.append(amount)
        if balance == 0 and principal and interest == paid:
            break
    return rows


def as_tiered(amortization: object) -> TieredAmortization | None:
    """The way down where a tiered rate can be scheduled by it; None where it cannot."""
    match amortization:
        case LevelPayment() | EqualPrincipal() | Bullet(interest=BulletInterest.each_period):
            return amortization
        case _:
            return None
