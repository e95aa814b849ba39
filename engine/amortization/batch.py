"""Level-payment schedules of many loans at once, in columns of 64-bit whole numbers.

A row of all loans is a handful of operations on arrays, to the same cents as the roll of one loan.
A loan whose figures could leave 64 bits, or whose payment does not cover its interest, is rolled
alone in Python's integers, so the answer is exact for every loan.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.amortization.annuity import rounded_annuity
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.roll import RollTerms, added_before_cutting, by_payment
from engine.values.rounding import Rounding

Whole: TypeAlias = NDArray[np.int64]
"""Whole numbers of 64 bits: minor units, counts, numerators."""

_MOST: Final = 2**63 - 1


class Loans(NamedTuple):
    """What tells loans with the same due dates apart, a place for each."""

    principal: Whole
    """Minor units."""
    rate: Whole
    """Yearly rate over ``rate_denominator``: 799 of 10,000 is 7.99 percent."""
    rate_denominator: int
    number_of_payments: Whole
    """At least one and no more than there are periods."""

    def periods(self, place: int, shared: InterestPeriods) -> InterestPeriods:
        """The interest periods of one of the loans, as they would be made for it alone."""
        count, rate = int(self.number_of_payments[place]), int(self.rate[place])
        return InterestPeriods(
            shared.start,
            shared.due_dates[:count],
            tuple(rate * share for share in shared.numerators[:count]),
            shared.denominator * self.rate_denominator,
        )


class Schedules(NamedTuple):
    """Schedules of many loans in minor units, rows × loans; zeros after the end of a loan."""

    payment: Whole
    interest: Whole
    principal: Whole
    balance: Whole


def level_payments(
    loans: Loans, periods: InterestPeriods, rounding: Rounding = Rounding.half_up
) -> Whole:
    """The annuity formula's payment of each loan in minor units, rounded, at least one.

    ``periods`` are those of a yearly rate of one: shares of a year, equal or by their days.
    ValueError where the loans do not fit the periods or each other, OverflowError where a payment
    does not fit 64 bits.
    """
    _check(loans, periods, loans.principal)
    solved = (
        rounded_annuity(principal, loans.periods(place, periods), rounding=rounding)
        for place, principal in enumerate(loans.principal.tolist())
    )
    owing = zip(solved, loans.principal.tolist(), strict=True)
    return np.array([max(each, 1) if owed > 0 else each for each, owed in owing], np.int64)


def level_schedules(
    loans: Loans,
    periods: InterestPeriods,
    payment: Whole,
    rounding: Rounding = Rounding.half_up,
    *,
    carried: bool = True,
) -> Schedules:
    """The schedules of loans that pay the same amount each time, the last what is left.

    ``periods`` are those of a yearly rate of one, shared by the loans; ``payment`` is each loan's,
    in minor units. ``carried`` says whether what rounding leaves is kept for the next installment.
    ValueError where the loans do not fit the periods or each other, OverflowError where an amount
    itself does not fit 64 bits.
    """
    _check(loans, periods, payment)
    shares, common = _lowest(periods, loans.rate_denominator)
    width, size = int(loans.number_of_payments.max(initial=0)), len(loans.principal)
    answer = Schedules(*np.zeros((4, width, size), np.int64))
    if not size:
        return answer
    for place in _roll(loans, shares[:width], common, payment, rounding, carried, answer):
        _roll_alone(loans, place, periods, int(payment[place]), rounding, carried, answer)
    return answer


def _check(loans: Loans, periods: InterestPeriods, payment: Whole) -> None:
    arrays = {
        "principal": loans.principal,
        "rate": loans.rate,
        "number_of_payments": loans.number_of_payments,
    }
    for name, array in (arrays | {"payment": payment}).items():
        if array.dtype != np.int64 or array.shape != (len(loans.principal),):
            raise ValueError(f"{name}: 64-bit whole numbers are needed, one for each loan")
    rows = len(periods.numerators)
    counts = loans.number_of_payments
    if ((counts < 1) | (counts > rows)).any():
        raise ValueError(
            f"number_of_payments: each loan has at least one payment and at most {rows}"
        )
    if loans.rate_denominator < 1:
        raise ValueError("rate_denominator: it must be above zero")


def _lowest(periods: InterestPeriods, rate_denominator: int) -> tuple[list[int], int]:
    """Shares of a year and their denominator times the rate's, in lowest terms."""
    common = periods.denominator * rate_denominator
    shared = gcd(common, *periods.numerators)
    return [share // shared for share in periods.numerators], common // shared


def _roll(
    loans: Loans,
    shares: Sequence[int],
    common: int,
    payment: Whole,
    rounding: Rounding,
    carried: bool,
    rows: Schedules,
) -> Sequence[int]:
    """Fill the rows; the places of loans whose rows mean nothing and that must be rolled alone.

    Cutting off what rounding adds before it rounds; a remainder carried holds that addition. Once
    a balance is gone all that follows is zero.
    """
    alone = _leave_64_bits(loans, shares, common, payment)
    if alone.all():  # common itself may be too much for an array
        return range(len(alone))
    added = added_before_cutting(common, rounding)
    ties, added = added is None, common // 2 if added is None else added
    balance, rest = loans.principal, np.full(len(alone), added, np.int64)
    earned, cut, numerators = np.empty_like(rest), np.empty_like(rest), loans.rate * shares[0]
    payment, ending = payment.copy(), _ending(loans.number_of_payments)
    for at, share in enumerate(shares):
        interest, principal = rows.interest[at], rows.principal[at]
        if at and share != shares[at - 1]:
            np.multiply(loans.rate, share, out=numerators)
        np.multiply(balance, numerators, out=earned)
        np.add(earned, rest if carried else added, out=earned)
        np.floor_divide(earned, common, out=interest)
        if carried or ties:
            np.multiply(interest, common, out=cut)
            np.subtract(earned, cut, out=rest)
        if ties:  # a half goes to the even neighbor; the remainder knows it went down
            down = (rest == 0) & (interest & 1 == 1)
            np.subtract(interest, down, out=interest)
            np.add(rest, common, out=rest, where=down)
        if at in ending:
            payment[ending[at]] = _MOST
        np.subtract(payment, interest, out=principal)
        np.minimum(principal, balance, out=principal)
        np.subtract(balance, principal, out=rows.balance[at])
        np.add(principal, interest, out=rows.payment[at])
        balance = rows.balance[at]
    not_covered = rows.principal.min(axis=0) < 0
    return [int(place) for place in np.flatnonzero(alone | not_covered)]


def _leave_64_bits(
    loans: Loans, shares: Sequence[int], common: int, payment: Whole
) -> NDArray[np.bool_]:
    """Which loans the arrays cannot hold: negative figures, or products that reach 2 ** 63.

    What is divided is at most the balance × its numerator, a remainder and what rounding adds; what
    is owed at the end is at most the balance × (1 + its numerator); and a balance is at most the
    principal as long as payments cover their interest.
    """
    room, share = _MOST - 2 * common, max(shares)
    negative = (loans.principal <= 0) | (loans.rate < 0) | (payment < 0)
    if share > room or min(shares) < 0:
        return np.ones_like(negative)
    if int(loans.principal.max()) * (1 + int(loans.rate.max()) * share) <= room:
        return negative
    pairs = zip(loans.principal.tolist(), loans.rate.tolist(), strict=True)
    beyond = [owed * (1 + rate * share) > room for owed, rate in pairs]
    return negative | np.array(beyond, np.bool_)


def _ending(counts: Whole) -> dict[int, NDArray[np.intp]]:
    """Row → the places of the loans whose last it is."""
    return {int(last) - 1: np.flatnonzero(counts == last) for last in np.unique(counts)}


def _roll_alone(
    loans: Loans,
    place: int,
    periods: InterestPeriods,
    payment: int,
    rounding: Rounding,
    carried: bool,
    rows: Schedules,
) -> None:
    """Fill the rows of one loan as it is rolled in Python's integers."""
    own = loans.periods(place, periods)
    given = [payment] * len(own.numerators)
    rolled = by_payment(int(loans.principal[place]), own, given, RollTerms(rounding, carried))
    for column, found in zip(rows, rolled, strict=True):
        column[: len(found), place], column[len(found) :, place] = found, 0
