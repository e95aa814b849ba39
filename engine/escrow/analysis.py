"""Escrow account analysis: the monthly payment and the balances a year of disbursements asks for.

Aggregate accounting: all items in one running balance, whose lowest point is the cushion. Source:
12 CFR 1024.17(c), (d) and Appendix E to Part 1024.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

import msgspec

from engine.trace import explained
from engine.values.money import ZERO, Money, total
from engine.values.months import month_index, on_day_of_month
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_ratio

LARGEST_CUSHION: Final = Rate(Fraction(1, 6))
"""Two months' payments: one sixth of a year's disbursements, 12 CFR 1024.17(c)(1)."""
_MONTHS: Final = 12


class EscrowDisbursement(msgspec.Struct, frozen=True, kw_only=True):
    """An amount the servicer expects to pay from the account."""

    on: date
    item: str
    """What it pays for: "county taxes"."""
    amount: Money


class EscrowMonth(msgspec.Struct, frozen=True, kw_only=True):
    """One month of the running balance: payment in, disbursements out, balance after both."""

    month: date
    """First day of the month."""
    payment: Money
    disbursed: Money
    balance: Money


class EscrowAnalysis(msgspec.Struct, frozen=True, kw_only=True):
    """What the coming computation year needs."""

    monthly_payment: Money
    annual_disbursements: Money
    cushion: Money
    starting_balance: Money
    """Target at the start: at settlement the most that may be deposited."""
    low_point: date
    """First month whose balance is the cushion."""
    months: tuple[EscrowMonth, ...]
    """Target balances: the month before the first payment, then twelve months."""


@explained
def escrow_analysis(
    disbursements: Sequence[EscrowDisbursement],
    first_payment_month: date,
    cushion: Rate = LARGEST_CUSHION,
) -> EscrowAnalysis:
    """The escrow analysis of a computation year by aggregate accounting.

    ``cushion`` is a share of the year's disbursements, at most one sixth. Only what falls due in
    the twelve months from the first payment is counted.
    """
    assert cushion <= LARGEST_CUSHION, "the cushion is at most a sixth of a year's disbursements"
    first = month_index(first_payment_month)
    due = [entry for entry in disbursements if 0 <= month_index(entry.on) - first < _MONTHS]
    yearly = total(entry.amount for entry in due)
    payment = Money(round_ratio(yearly.minor, _MONTHS, Rounding.half_up))
    share = cushion.exact
    kept = Money(round_ratio(yearly.minor * share.numerator, share.denominator, Rounding.down))
    trial = running_balance(due, first_payment_month, payment, ZERO)
    lowest = min(month.balance for month in trial)
    start = kept - lowest
    months = running_balance(due, first_payment_month, payment, start)
    low_point = next(month.month for month in months if month.balance == kept)
    return EscrowAnalysis(
        monthly_payment=payment,
        annual_disbursements=yearly,
        cushion=kept,
        starting_balance=start,
        low_point=low_point,
        months=months,
    )


def running_balance(
    disbursements: Sequence[EscrowDisbursement],
    first_payment_month: date,
    payment: Money,
    start: Money,
) -> tuple[EscrowMonth, ...]:
    """The balance month by month, from the month before the first payment."""
    first, balance = month_index(first_payment_month), start
    months = [
        EscrowMonth(
            month=on_day_of_month(first - 1, 1), payment=ZERO, disbursed=ZERO, balance=start
        )
    ]
    for index in range(first, first + _MONTHS):
        out = total(entry.amount for entry in disbursements if month_index(entry.on) == index)
        balance = balance + payment - out
        months.append(
            EscrowMonth(
                month=on_day_of_month(index, 1), payment=payment, disbursed=out, balance=balance
            )
        )
    return tuple(months)


def collected_monthly(amount: Money, years: int) -> Money:
    """Monthly part of an item billed every few years: a three-year premium in 36 parts.

    Source: 12 CFR 1024.17(c)(9).
    """
    return Money(round_ratio(amount.minor, _MONTHS * years, Rounding.half_up))
