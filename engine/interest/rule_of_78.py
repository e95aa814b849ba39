"""Rule of 78: a fixed charge is earned by the sum of the digits of the installments.

The first of n installments earns n parts, the last one part. It earns faster than the actuarial
method; for terms over 61 months US law forbids it (15 U.S.C. 1615(b)). Alias: sum of the digits.
"""

from __future__ import annotations

from engine.trace import explained
from engine.values.money import Exact, Money


@explained
def rule_of_78_rebate(charge: Money, installments: int, remaining: int) -> Exact:
    """Unearned part of the charge when so many scheduled installments remain, unrounded."""
    assert 0 <= remaining <= installments, "more installments remain than there are"
    return Exact(charge.minor * remaining * (remaining + 1), installments * (installments + 1))


def rule_of_78_part(charge: Money, installments: int, number: int) -> Exact:
    """What one installment earns of the charge, unrounded; numbered from 1."""
    assert 1 <= number <= installments, "there is no such installment"
    return Exact(charge.minor * 2 * (installments - number + 1), installments * (installments + 1))
