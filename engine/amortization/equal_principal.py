"""Equal principal: the same principal every period and interest on top, so payments fall.

Aliases: straight-line, constant amortization, linear.
"""

from __future__ import annotations

import msgspec

from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.roll import Columns, RollTerms, by_principal
from engine.values.money import Money
from engine.values.rounding import Rounding, round_ratio


class EqualPrincipal(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="equal_principal"
):
    """Principal in equal rounded parts; the last takes the rest."""

    principal_rounding: Rounding = Rounding.half_up
    principal_multiple_of: Money | None = None
    """The parts are multiples of this amount, never zero."""


def equal_part(principal: int, count: int, terms: EqualPrincipal) -> int:
    """One installment's principal in minor units."""
    unit = terms.principal_multiple_of.minor if terms.principal_multiple_of else 1
    part = round_ratio(principal, count * unit, terms.principal_rounding) * unit
    return part or round_ratio(principal, count, terms.principal_rounding)


def equal_principal_columns(
    principal: int, periods: InterestPeriods, terms: EqualPrincipal, roll: RollTerms
) -> Columns:
    """The schedule of equal principal as columns."""
    count = len(periods.numerators)
    return by_principal(principal, periods, [equal_part(principal, count, terms)] * count, roll)
