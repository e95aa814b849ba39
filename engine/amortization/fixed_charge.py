"""The schedule of a loan whose interest is fixed at the start (precomputed, add-on, flat)."""

from __future__ import annotations

from engine.amortization.amortization import Amortization
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal, equal_part
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment
from engine.amortization.roll import Columns
from engine.interest.precomputed_interest import ChargeParts, PrecomputedInterest
from engine.values.rounding import round_ratio


def charge_parts(
    principal: int, periods: InterestPeriods, interest: PrecomputedInterest
) -> list[int]:
    """The fixed charge of each installment in minor units."""
    count = len(periods.numerators)
    match interest.parts:
        case ChargeParts.by_period:
            return [
                round_ratio(principal * numerator, periods.denominator, interest.rounding)
                for numerator in periods.numerators
            ]
        case ChargeParts.equal:
            charge = round_ratio(
                principal * sum(periods.numerators), periods.denominator, interest.rounding
            )
            part = round_ratio(charge, count, interest.rounding)
            if part * (count - 1) > charge:
                part = charge // count  # a few cents over many installments
            return [part] * (count - 1) + [charge - part * (count - 1)]


def fixed_charge_columns(
    principal: int,
    periods: InterestPeriods,
    amortization: Amortization,
    interest: PrecomputedInterest,
) -> Columns:
    """Payments of principal and fixed charge; the last takes what rounding leaves.

    Raises ValueError for an amortization that needs interest on the balance.
    """
    charges = charge_parts(principal, periods, interest)
    count = len(charges)
    match amortization:
        case LevelPayment():
            unit = amortization.payment_multiple_of.minor if amortization.payment_multiple_of else 1
            owed = principal + sum(charges)
            payment = round_ratio(owed, count * unit, amortization.payment_rounding) * unit
            payment = payment or round_ratio(owed, count, amortization.payment_rounding)
            portions = [payment - charge for charge in charges]
        case EqualPrincipal():
            portions = [equal_part(principal, count, amortization)] * count
        case EqualInstallments():
            portions = [principal // count] * count
        case _:
            raise ValueError("precomputed interest goes with level payments or equal principal")
    rows = Columns([], [], [], [])
    balance = principal
    for index, charge in enumerate(charges):
        part = balance if index == count - 1 else min(portions[index], balance)
        balance -= part
        rows.payment.append(part + charge)
        rows.interest.append(charge)
        rows.principal.append(part)
        rows.balance.append(balance)
    return rows
