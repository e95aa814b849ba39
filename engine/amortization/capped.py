"""Schedules under a cap on interest: earning stops in the period in which the cap is reached.

Payments that were solved to pay the loan off are set anew with the cap in them; payments that are
given stay, and the loan ends sooner.
"""

from __future__ import annotations

from engine.amortization.amortization import Amortization
from engine.amortization.amortize import converts_after
from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.deferred import Deferred, capitalized_places
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_only import InterestOnly
from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.level_payment import LevelPayment
from engine.amortization.roll import Columns, RollTerms, charged
from engine.amortization.stepped import Stepped
from engine.values.money import Money
from engine.values.rounding import round_exact, round_ratio


def within_cap(
    principal: int,
    periods: InterestPeriods,
    columns: Columns,
    amortization: Amortization | None,
    roll: RollTerms,
    most: Money,
) -> Columns:
    """The columns again with no more than ``most`` earned from the start on.

    ``amortization`` is None where the payment was given.
    """
    if sum(columns.interest) <= most.minor + roll.carry:
        return columns
    roll = roll._replace(capitalized=roll.capitalized | _growing(amortization, periods))
    head = min(converts_after(amortization), len(periods.numerators) - 1) if amortization else 0
    pays_principal = _by_principal(amortization)
    level = _level(amortization)
    rest = len(periods.numerators) - head
    paid_before = sum(columns.payment[:head])
    asked = list(columns.payment)
    if level is not None:
        owed = principal + most.minor + round_exact(roll.carry, roll.rounding).minor - paid_before
        asked[head:] = [round_ratio(owed, rest, level.payment_rounding)] * rest
    portions = [
        columns.principal[place]
        if pays_principal or (place < head and isinstance(amortization, InterestOnly))
        else None
        for place in range(len(columns.principal))
    ]
    portions += [None] * (len(asked) - len(portions))
    return _rolled(principal, periods, asked, portions, roll, most.minor)


def _growing(amortization: Amortization | None, periods: InterestPeriods) -> frozenset[int]:
    """Places with which the amortization itself adds unpaid interest to the balance."""
    count = len(periods.numerators)
    match amortization:
        case Deferred(interest=interest, installments=skipped):
            return capitalized_places(interest, min(skipped, count - 1))
        case Stepped(negative_amortization=True):
            return frozenset(range(count))
        case _:
            return frozenset()


def _by_principal(amortization: Amortization | None) -> bool:
    """Whether installments are principal with interest on top, once the loan amortizes."""
    match amortization:
        case EqualPrincipal() | EqualInstallments():
            return True
        case Bullet(interest=interest):
            return interest is BulletInterest.each_period
        case InterestOnly(then=then) | Deferred(then=then):
            return not isinstance(then, LevelPayment)
        case _:
            return False


def _level(amortization: Amortization | None) -> LevelPayment | None:
    match amortization:
        case LevelPayment():
            return amortization
        case InterestOnly(then=LevelPayment() as then) | Deferred(then=LevelPayment() as then):
            return then
        case _:
            return None


def _rolled(
    balance: int,
    periods: InterestPeriods,
    asked: list[int],
    portions: list[int | None],
    roll: RollTerms,
    most: int,
) -> Columns:
    """Roll the balance forward while less than ``most`` is earned."""
    common, scale = periods.denominator * roll.carry.denominator, roll.carry.denominator
    owed, room = roll.carry.numerator * periods.denominator, most * common
    rows, last = Columns([], [], [], []), len(asked) - 1
    for index, numerator in enumerate(periods.numerators[: len(asked)]):
        grown = min(balance * numerator * scale, room)
        owed, room = owed + grown, room - grown
        interest = charged(owed, common, roll.rounding, numerator)
        if not roll.carried:  # what rounding drops was never earned, so the cap has room for it
            owed, room = interest * common, room + owed - interest * common
        portion = portions[index]
        wanted = asked[index] if portion is None else portion + interest
        payment = balance + interest if index == last else min(wanted, balance + interest)
        settled = interest if index in roll.capitalized else min(interest, payment)
        owed -= settled * common
        balance -= payment - settled
        for column, value in zip(rows, (payment, settled, payment - settled, balance), strict=True):
            column.append(value)
        if balance == 0 and payment > settled and settled == interest:
            break
    return rows
