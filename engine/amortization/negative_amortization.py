"""Negative amortization and its limit: payments below the interest let the balance grow so far.

Aliases: NAM, deferred interest, option ARM, graduated payment. Where the balance would grow beyond
the limit, the payments that follow pay the loan off.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.amortization.annuity import rounded_annuity
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.roll import Columns, RollTerms, by_payment
from engine.values.rounding import Rounding


def pay_within_limit(
    principal: int,
    periods: InterestPeriods,
    payments: Sequence[int],
    roll: RollTerms,
    rounding: Rounding = Rounding.half_up,
) -> Columns:
    """The schedule of given payments, level from the first one that would break the limit."""
    columns = by_payment(principal, periods, payments, roll)
    if roll.most is None or not roll.capitalized:
        return columns
    over = next((at for at, grown in enumerate(columns.balance) if grown > roll.most), None)
    if over is None:
        return columns
    balance, rest = columns.balance[over - 1] if over else principal, periods.tail(over)
    level = rounded_annuity(balance, rest, rounding=rounding)
    kept = [*payments[:over], *[level] * len(rest.numerators)]
    return by_payment(principal, periods, kept, roll)
