"""Quoted rates that compound at another rhythm than the payments.

Source: Interest Act (Canada) s. 6 for mortgages compounded half-yearly; effective annual rates are
the case of one compounding a year.
"""

from __future__ import annotations

from fractions import Fraction

from engine.trace import explained
from engine.values.powers import fractional_power
from engine.values.rate import Rate


@explained
def equivalent_rate(rate: Rate, compounded_per_year: int, payments_per_year: Fraction) -> Rate:
    """The yearly rate, compounded with the payments, that earns what the quoted rate earns.

    p × ((1 + j/m)^(m/p) - 1) for a rate j compounded m times a year and p payments.
    """
    if rate.exact == 0 or compounded_per_year == payments_per_year:
        return rate
    grown = 1 + rate.exact / compounded_per_year
    per_payment = fractional_power(grown, compounded_per_year / payments_per_year) - 1
    return Rate(per_payment * payments_per_year)
