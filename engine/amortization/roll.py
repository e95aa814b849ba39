"""Roll a balance through its interest periods: the whole-number inner loop of every schedule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from operator import sub
from typing import Final, NamedTuple, assert_never

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
    capitalized: frozenset[int] = frozenset()
    """Places, from 0, of installments with which unpaid interest is added to the balance."""
    most: Exact | None = None
    """What the balance may grow to by unpaid interest, in minor units; no limit when None."""

    def after(self, count: int, carry: Exact) -> RollTerms:
        """The terms of the installments after the first ``count``, with what they bring along."""
        later = frozenset(place - count for place in self.capitalized if place >= count)
        return self._replace(carry=carry, capitalized=later)


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
    absorb: bool = True,
) -> Columns:
    """Payments are given: interest first, the rest is principal, the last pays what is left.

    A payment of None pays the interest due and no more.
    Interest a payment cannot cover waits for the next one, earning nothing, or is added to the
    balance at the places the terms name. Rows end with the balance. Without ``absorb`` the last
    payment stands as given and a balance may remain.
    """
    level = payments[0] if payments and absorb else None
    if level is not None and payments.count(level) == len(payments) == len(periods.numerators):
        plain = _by_level_payment(balance, periods, level, terms)
        if plain is not None:
            return plain
    common = periods.denominator
    if terms.carry:
        scale = terms.carry.denominator
        common *= scale
        earned = terms.carry.numerator * periods.denominator
        numerators: Sequence[int] = [numerator * scale for numerator in periods.numerators]
    else:
        earned, numerators = 0, periods.numerators
    factor, tie = _CUT[terms.rounding]
    cut, carried, capitalized = factor * common, terms.carried, terms.capitalized
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
        paid = interest if interest <= payment or index in capitalized else payment
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


def _by_level_payment(
    balance: int, periods: InterestPeriods, payment: int, terms: RollTerms
) -> Columns | None:
    """The same columns where every payment covers its interest; None where one does not.

    All of what is owed is held over the denominator, with what rounding adds before it cuts off, so
    that a row is one multiplication and one division. Rows after the balance is gone mean nothing
    and are dropped.
    """
    if balance <= 0 or terms.carry < 0 or min(periods.numerators) < 0:
        return None  # only what is not negative is rounded by cutting off
    common, numerators = periods.denominator, periods.numerators
    if terms.carry:
        common *= terms.carry.denominator
        numerators = tuple(numerator * terms.carry.denominator for numerator in numerators)
    added = added_before_cutting(common, terms.rounding)
    if added is None:
        return None
    begun, owed = balance, terms.carry.numerator * periods.denominator + added
    balances: list[int] = []
    add = balances.append
    if terms.carried:
        owed, each = owed + balance * common, payment * common
        for numerator in numerators:
            owed += balance * numerator - each
            balance = owed // common
            add(balance)
    else:
        for numerator in numerators:
            balance += (balance * numerator + owed) // common - payment
            add(balance)
            owed = added
    if balances[-1] <= 0:
        del balances[next(at for at, left in enumerate(balances) if left <= 0) + 1 :]
    before = [begun, *balances[:-1]]
    principal = list(map(sub, before, balances))
    interest = list(map(sub, repeat(payment), principal))
    payments, last = [payment] * len(balances), before[-1]
    if min(principal[:-1], default=0) < 0:
        return None
    payments[-1], principal[-1], balances[-1] = last + interest[-1], last, 0
    return Columns(payments, interest, principal, balances)


def added_before_cutting(common: int, rounding: Rounding) -> int | None:
    """What makes cutting off round as asked; None where a tie must see its neighbor."""
    match rounding:
        case Rounding.half_up:
            return common // 2
        case Rounding.half_even:
            return common // 2 if common % 2 else None
        case Rounding.half_down:
            return (common - 1) // 2
        case Rounding.up:
            return common - 1
        case Rounding.down:
            return 0
        case _ as never:
            assert_never(never)


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
