"""Explicit payments: the contract lists every amount."""

from __future__ import annotations

import msgspec

from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.negative_amortization import pay_within_limit
from engine.amortization.roll import Columns, RollTerms
from engine.values.money import Money


class ExplicitPayments(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="explicit_payments"
):
    """Payments as listed; installments beyond the list repeat its last, and the final one takes
    what is left."""

    payments: tuple[Money, ...]

    def __post_init__(self) -> None:
        if not self.payments:
            raise ValueError("list at least one payment")


def explicit_payments_columns(
    principal: int, periods: InterestPeriods, terms: ExplicitPayments, roll: RollTerms
) -> Columns:
    """The schedule of listed payments as columns."""
    count = len(periods.numerators)
    listed = [payment.minor for payment in terms.payments[:count]]
    listed += [listed[-1]] * (count - len(listed))
    return pay_within_limit(principal, periods, listed, roll)
