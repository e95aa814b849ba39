"""Percent of balance: a minimum payment that falls with what is owed.

Each installment's amount is known when it falls due, from the balance of the day; a schedule says
what they come to if all are paid on their days. Aliases: minimum payment, revolving-style
installments.
"""

from __future__ import annotations

import msgspec

from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.roll import Columns, RollTerms, charged
from engine.trace import explained
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_ratio


class PercentOfBalance(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="percent_of_balance"
):
    """A share of the principal owed before the payment, never below a floor."""

    share: Rate
    """0.02 is two percent of the balance."""
    floor: Money = Money(0)
    plus_interest: bool = False
    """Whether the period's interest is paid on top of the share."""
    payment_rounding: Rounding = Rounding.half_up


@explained
def minimum_payment(terms: PercentOfBalance, principal: Money, interest: Money) -> Money:
    """The installment on a principal and the interest owed beside it, whatever is owed in all."""
    share = terms.share.exact
    part = round_ratio(principal.minor * share.numerator, share.denominator, terms.payment_rounding)
    return max(Money(part) + interest if terms.plus_interest else Money(part), terms.floor)


def percent_of_balance_columns(
    principal: int, periods: InterestPeriods, terms: PercentOfBalance, roll: RollTerms
) -> Columns:
    """The schedule of minimum payments as columns; the last installment takes what is left."""
    rows = Columns([], [], [], [])
    common = periods.denominator * roll.carry.denominator
    scale, balance = roll.carry.denominator, principal
    earned = roll.carry.numerator * periods.denominator
    last = len(periods.numerators) - 1
    for index, numerator in enumerate(periods.numerators):
        earned += balance * numerator * scale
        interest = charged(earned, common, roll.rounding, numerator)
        payment = minimum_payment(terms, Money(balance), Money(interest)).minor
        if index == last or payment > balance + interest:
            payment = balance + interest
        paid = min(interest, payment)
        earned = earned - paid * common if roll.carried else (interest - paid) * common
        balance -= payment - paid
        rows.payment.append(payment)
        rows.interest.append(paid)
        rows.principal.append(payment - paid)
        rows.balance.append(balance)
        if balance == 0:
            break
    return rows
