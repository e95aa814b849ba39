"""Roll a balance through its interest periods: the whole-number inner loop of every schedule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from engine.amortization.interest_periods import InterestPeriods
from engine.values.money import Exact
from engine.values.rounding import Rounding, round_ratio

# Rounding in the loop: up when 2 × rest exceeds cut × denominator, or meets it and the tie says so.
_CUT: Final = {
    Rounding.half_up: (1, 1),
    Rounding.half_even: (1, 2),
    Rounding.half_down: (1, 0),
    Rounding.up: (0, 0),
    Rounding.down: (2, 0),
}


class RollTerms(NamedTuple):
    """How interest becomes whole cents while a balance is rolled forward."""

    rounding: Rounding = Rounding.half_up
    carried: bool = True
    """Whether what rounding leaves is kept for the next installment."""
    carry: Exact = Exact(0)
    """Interest earned and unpaid before the first period."""


class Columns(NamedTuple):
    """A schedule as columns of minor units, in step with the due dates."""

    payment: list[int]
    interest: list[int]
    principal: list[int]
    balance: list[int]


def by_payment(
    balance: int,
    periods: InterestPeriods,
    payments: Sequence[int | None],
    terms: RollTerms,
    *,
    capitalize: bool = False,
    absorb: bool = True,
) -> Columns:
    """Payments are given: interest first, the rest is principal, the last pays what is left.

    A payment of None pays the interest due and no more.
    Interest a payment cannot cover waits for the next one, earning nothing, or is added to the
    balance when ``capitalize``. Rows end with the balance. Without ``absorb`` the last payment
    stands as given and a balance may remain.
    """
    common = periods.denominator
    if terms.carry:
        scale = terms.carry.denominator
        common *= scale
        earned = terms.carry.numerator * periods.denominator
        numerators: Sequence[int] = [numerator * scale for numerator in periods.numerators]
    else:
        earned, numerators = 0, periods.numerators
    factor, tie = _CUT[terms.rounding]
    cut, carried = factor * common, terms.carried
    rows = Columns([], [], [], [])
    add_payment, add_interest = rows.payment.append, rows.interest.append
    add_principal, add_balance = rows.principal.append, rows.balance.append
    last = len(numerators) - 1 if absorb else -1
    for index, numerator in enumerate(numerators):
        earned += balance * numerator
        if earned >= 0:
            interest, rest = divmod(earned, common)
            rest += rest
            if rest > cut or (rest == cut and (tie == 1 or (tie == 2 and interest & 1))):
                interest += 1
        else:
            interest = charged(earned, common, terms.rounding, numerator)
        payment = payments[index]
        if payment is None:
            payment = interest
        due = balance + interest
        if index == last or payment > due:
            payment = due
        paid = interest if capitalize or interest <= payment else payment
        earned = earned - paid * common if carried else (interest - paid) * common
        principal = payment - paid
        balance -= principal
        add_payment(payment)
        add_interest(paid)
        add_principal(principal)
        add_balance(balance)
        if balance == 0 and principal and interest == paid:
            break
    return rows


def by_principal(
    balance: int, periods: InterestPeriods, portions: Sequence[int], terms: RollTerms
) -> Columns:
    """Principal portions are given, interest comes on top; the last portion is what is left."""
    common, scale = periods.denominator * terms.carry.denominator, terms.carry.denominator
    earned = terms.carry.numerator * periods.denominator
    rows = Columns([], [], [], [])
    last = len(periods.numerators) - 1
    for index, numerator in enumerate(periods.numerators):
        earned += balance * numerator * scale
        interest = charged(earned, common, terms.rounding, numerator)
        earned = earned - interest * common if terms.carried else 0
        principal = balance if index == last else min(portions[index], balance)
        balance -= principal
        rows.payment.append(principal + interest)
        rows.interest.append(interest)
        rows.principal.append(principal)
        rows.balance.append(balance)
    return rows


def charged(earned: int, common: int, rounding: Rounding, numerator: int) -> int:
    """Interest in whole minor units; what was rounded up before is never paid back as interest."""
    if earned < 0 <= numerator:
        return 0
    return round_ratio(earned, common, rounding)
