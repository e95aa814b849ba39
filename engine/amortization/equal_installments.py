"""Equal installments: the amount lent divided by the number of payments, as in pay-in-4."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.roll import Columns, RollTerms, by_principal


class Remainder(StrEnum):
    """Who pays the cents that do not divide."""

    first = "first"
    last = "last"
    one_each = "one_each"
    """A cent each from the first installment on."""


class EqualInstallments(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="equal_installments"
):
    """The principal in equal parts; interest, if the product has any, comes on top."""

    remainder: Remainder = Remainder.last


def equal_installments_columns(
    principal: int, periods: InterestPeriods, terms: EqualInstallments, roll: RollTerms
) -> Columns:
    """The schedule of equal installments as columns."""
    count = len(periods.numerators)
    part, rest = divmod(principal, count)
    portions = [part] * count
    match terms.remainder:
        case Remainder.first:
            portions[0] += rest
        case Remainder.last:
            portions[-1] += rest
        case Remainder.one_each:
            portions[:rest] = [part + 1] * rest
    return by_principal(principal, periods, portions, roll)
