"""Bullet: all principal with the last installment."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.negative_amortization import pay_within_limit
from engine.amortization.roll import Columns, RollTerms, by_principal


class BulletInterest(StrEnum):
    """When the interest of a bullet loan is due."""

    each_period = "each_period"
    at_maturity = "at_maturity"
    """With the principal; it earns nothing meanwhile."""


class Bullet(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="bullet"):
    """Principal once, at maturity."""

    interest: BulletInterest = BulletInterest.each_period


def bullet_columns(
    principal: int, periods: InterestPeriods, terms: Bullet, roll: RollTerms
) -> Columns:
    """The schedule of a bullet loan as columns."""
    nothing = [0] * len(periods.numerators)
    match terms.interest:
        case BulletInterest.each_period:
            return by_principal(principal, periods, nothing, roll)
        case BulletInterest.at_maturity:
            return pay_within_limit(principal, periods, nothing, roll)
