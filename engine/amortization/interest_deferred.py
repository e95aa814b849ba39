"""Interest deferred: for some installments principal alone is due; their interest waits.

Interest is earned all the while, on the balance as it falls, and none on the interest that waits.
Aliases: grace on interest payment, interest moratorium.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import assert_never

import msgspec

from engine.amortization.equal_principal import EqualPrincipal, equal_principal_columns
from engine.amortization.interest_only import InterestOnly, interest_only_columns
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment, level_payment_columns
from engine.amortization.roll import Columns, RollTerms, by_payment, by_principal, charged
from engine.values.money import Exact
from engine.values.rounding import round_exact

_NOTHING = Exact(0)


class InterestFallsDue(StrEnum):
    """What becomes of the interest once it is asked for again."""

    with_next = "with_next"
    """All of it falls due with the next installment, on top of what that asks for."""
    spread = "spread"
    """The level payments after are set to pay it too, the oldest interest first."""
    capitalized = "capitalized"
    """It is added to the principal with the last installment that asks for none."""


PrincipalWay = LevelPayment | EqualPrincipal | InterestOnly


class InterestDeferred(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="interest_deferred"
):
    """Principal alone for the first ``installments``, as ``principal`` pays it down all along."""

    installments: int
    interest: InterestFallsDue = InterestFallsDue.with_next
    principal: PrincipalWay = LevelPayment()


def interest_deferred_columns(
    principal: int,
    periods: InterestPeriods,
    terms: InterestDeferred,
    roll: RollTerms,
    periodic_rate: Fraction | None,
) -> Columns:
    """The schedule as columns; at least the last installment asks for interest."""
    count = len(periods.numerators)
    head = min(terms.installments, count - 1)
    alone = roll._replace(carry=_NOTHING, capitalized=frozenset())
    plain = _paid_down(principal, periods, terms.principal, alone, periodic_rate)
    grows = terms.interest is InterestFallsDue.capitalized
    first, balance, waiting = _principal_alone(principal, periods, plain, head, roll, grows=grows)
    rest, later = periods.tail(head), roll.after(head, waiting)
    match terms.interest:
        case InterestFallsDue.with_next:
            tail = _with_next(balance, rest, plain, head, terms.principal, later)
        case InterestFallsDue.spread | InterestFallsDue.capitalized:
            way = _after(terms.principal, head)
            tail = _paid_down(balance, rest, way, later, periodic_rate)
        case _ as never:
            assert_never(never)
    return Columns(*(before + after for before, after in zip(first, tail, strict=True)))


def _paid_down(
    balance: int,
    periods: InterestPeriods,
    way: PrincipalWay,
    roll: RollTerms,
    periodic_rate: Fraction | None,
) -> Columns:
    match way:
        case LevelPayment():
            return level_payment_columns(balance, periods, way, roll, periodic_rate)
        case EqualPrincipal():
            return equal_principal_columns(balance, periods, way, roll)
        case InterestOnly():
            return interest_only_columns(balance, periods, way, roll, periodic_rate)
        case _ as never:
            assert_never(never)


def _after(way: PrincipalWay, done: int) -> PrincipalWay:
    """How principal is paid down after so many installments."""
    if not isinstance(way, InterestOnly) or not done:
        return way
    left = way.installments - done
    return msgspec.structs.replace(way, installments=left) if left > 0 else way.then


def _principal_alone(
    balance: int,
    periods: InterestPeriods,
    plain: Columns,
    count: int,
    roll: RollTerms,
    *,
    grows: bool,
) -> tuple[Columns, int, Exact]:
    """Installments of principal alone, the balance after them, and the interest that waits."""
    rows, waiting = Columns([], [], [], []), roll.carry
    for place, numerator in enumerate(periods.numerators[:count]):
        waiting += Exact(balance * numerator, periods.denominator)
        owed = charged(waiting.numerator, waiting.denominator, roll.rounding, numerator)
        waiting = waiting if roll.carried else Exact(owed)
        portion = plain.principal[place] if place < len(plain.principal) else 0
        added = owed if grows and place == count - 1 else 0
        waiting, balance = waiting - added, balance - portion + added
        for column, value in zip(rows, (portion, added, portion - added, balance), strict=True):
            column.append(value)
    return rows, balance, waiting


def _with_next(
    balance: int,
    periods: InterestPeriods,
    plain: Columns,
    done: int,
    way: PrincipalWay,
    roll: RollTerms,
) -> Columns:
    """The rest as if interest had been paid all along, with what waited on top of the first."""
    count, begins = len(plain.payment), 0
    then: LevelPayment | EqualPrincipal
    match way:
        case InterestOnly(installments=alone, then=then):
            begins = min(alone, count - 1)
        case LevelPayment() | EqualPrincipal():
            then = way
        case _ as never:
            assert_never(never)
    portions = plain.principal[done:] + [0] * (len(periods.numerators) + done - count)
    match then:
        case EqualPrincipal():
            return by_principal(balance, periods, portions, roll)
        case LevelPayment():
            level = plain.payment[begins]
        case _ as never:
            assert_never(never)
    asked = [None if done + at < begins else level for at in range(len(periods.numerators))]
    payments: list[int | None] = list(asked)
    if payments[0] is not None:
        payments[0] += round_exact(roll.carry, roll.rounding).minor
    return by_payment(balance, periods, payments, roll)
