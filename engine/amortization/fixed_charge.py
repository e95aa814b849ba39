"""The schedule of a loan whose interest is fixed at the start (precomputed, add-on, flat)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from engine.amortization.amortization import Amortization
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal, equal_part
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment
from engine.amortization.roll import Columns
from engine.interest.precomputed_interest import ChargeBasis, ChargeParts, PrecomputedInterest
from engine.interest.rule_of_78 import rule_of_78_rebate
from engine.interest.unearned_interest import EarningMethod, unearned_interest
from engine.values.money import Exact, Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact, round_ratio


def whole_charge(
    principal: int, periods: InterestPeriods, interest: PrecomputedInterest, rate: Rate
) -> int:
    """The charge of the whole loan in minor units; ``principal`` is the amount of the note."""
    if interest.charge is ChargeBasis.flat:
        exact = rate.exact
        return round_ratio(principal * exact.numerator, exact.denominator, interest.rounding)
    if interest.parts is ChargeParts.by_period:
        return sum(_own_interest(principal, periods, interest.rounding))
    return round_ratio(principal * sum(periods.numerators), periods.denominator, interest.rounding)


def charge_parts(
    charge: int, lent: int, payment: int, periods: InterestPeriods, interest: PrecomputedInterest
) -> list[int]:
    """The charge of each installment in minor units; ``payment`` is the level one, if any."""
    count, rounding = len(periods.numerators), interest.rounding
    match interest.parts:
        case ChargeParts.by_period:
            weights, whole = periods.numerators, sum(periods.numerators)
            if interest.charge is ChargeBasis.add_on or not whole:
                return _own_interest(lent, periods, rounding)
            return _falling(
                lambda left: Exact(charge * sum(weights[count - left :]), whole), charge, count,
                rounding,
            )  # fmt: skip
        case ChargeParts.equal:
            part = round_ratio(charge, count, rounding)
            if part * (count - 1) > charge:
                part = charge // count  # a few cents over many installments
            return [part] * (count - 1) + [charge - part * (count - 1)]
        case ChargeParts.rule_of_78:
            return _falling(
                lambda left: rule_of_78_rebate(Money(charge), count, left), charge, count, rounding
            )
        case ChargeParts.actuarial:
            if not payment:
                raise ValueError("an actuarial charge goes with level payments")
            level = (EarningMethod.actuarial, Money(lent), Money(payment), count)
            return _falling(lambda left: unearned_interest(*level, left), charge, count, rounding)


def _own_interest(lent: int, periods: InterestPeriods, rounding: Rounding) -> list[int]:
    return [round_ratio(lent * part, periods.denominator, rounding) for part in periods.numerators]


def _falling(
    unearned: Callable[[int], Fraction], charge: int, count: int, rounding: Rounding
) -> list[int]:
    """Parts such that what is left of the charge is always the unearned part in whole cents."""
    left = [min(round_exact(unearned(n), rounding).minor, charge) for n in range(count - 1, 0, -1)]
    return [before - after for before, after in zip([charge, *left], [*left, 0], strict=True)]


def fixed_charge_columns(
    principal: int,
    periods: InterestPeriods,
    amortization: Amortization,
    interest: PrecomputedInterest,
    rate: Rate,
) -> Columns:
    """Payments of principal and fixed charge; the last takes what rounding leaves.

    ``principal`` is the amount of the note; what is lent of it is the sum of the column of
    principal. Raises ValueError for an amortization that needs interest on the balance.
    """
    charge, count = whole_charge(principal, periods, interest, rate), len(periods.numerators)
    lent = principal - charge if interest.charge is ChargeBasis.discount else principal
    if lent <= 0:
        raise ValueError("the charge leaves nothing to lend")
    match amortization:
        case LevelPayment():
            unit = amortization.payment_multiple_of.minor if amortization.payment_multiple_of else 1
            owed = lent + charge
            payment = round_ratio(owed, count * unit, amortization.payment_rounding) * unit
            payment = payment or round_ratio(owed, count, amortization.payment_rounding)
            charges = charge_parts(charge, lent, payment, periods, interest)
            portions = [payment - part for part in charges]
        case EqualPrincipal():
            charges = charge_parts(charge, lent, 0, periods, interest)
            portions = [equal_part(lent, count, amortization)] * count
        case EqualInstallments():
            charges = charge_parts(charge, lent, 0, periods, interest)
            portions = [lent // count] * count
        case _:
            raise ValueError("precomputed interest goes with level payments or equal principal")
    rows = Columns([], [], [], [])
    balance = lent
    for index, part_of_charge in enumerate(charges):
        part = balance if index == count - 1 else min(portions[index], balance)
        balance -= part
        rows.payment.append(part + part_of_charge)
        rows.interest.append(part_of_charge)
        rows.principal.append(part)
        rows.balance.append(balance)
    return rows
