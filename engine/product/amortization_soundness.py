"""What is wrong in an amortization: counts and amounts below nothing, steps out of order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from engine.amortization.amortization import Amortization
from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet
from engine.amortization.deferred import Deferred
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import PaymentStep, Stepped
from engine.errors import Problem
from engine.product.meaning import wrong
from engine.values.money import ZERO, Money
from engine.values.rate import Rate


def amortization_problems(amortization: Amortization, path: str) -> Iterator[Problem]:
    """Every fault of an amortization; ``path`` is where it stands."""
    match amortization:
        case LevelPayment():
            yield from _multiple(amortization.payment_multiple_of, f"{path}/payment_multiple_of")
        case EqualPrincipal():
            multiple = amortization.principal_multiple_of
            yield from _multiple(multiple, f"{path}/principal_multiple_of")
        case InterestOnly() | Deferred():
            yield from _count(amortization.installments, f"{path}/installments")
            yield from amortization_problems(amortization.then, f"{path}/then")
        case InterestDeferred():
            yield from _count(amortization.installments, f"{path}/installments")
            yield from amortization_problems(amortization.principal, f"{path}/principal")
            spread = amortization.interest is InterestFallsDue.spread
            if spread and not isinstance(amortization.principal, LevelPayment):
                message = "interest that waited is spread over level payments"
                mend = "write with_next, or principal: level_payment"
                yield wrong(f"{path}/interest", message, mend)
        case Balloon():
            yield from _balloon(amortization, path)
        case Stepped():
            yield from _steps(amortization.steps, f"{path}/steps")
            limit = amortization.negative_amortization_limit
            yield from growth_problems(limit, f"{path}/negative_amortization_limit")
            if limit is not None and not amortization.negative_amortization:
                message = "there is a limit on a growth that the product does not allow"
                mend = "leave the limit out, or write negative_amortization: true"
                yield wrong(f"{path}/negative_amortization_limit", message, mend)
        case ExplicitPayments():
            for place, payment in enumerate(amortization.payments):
                yield from _not_below_zero(payment, f"{path}/payments/{place}")
        case PercentOfBalance():
            yield from _share(amortization.share, f"{path}/share")
            yield from _not_below_zero(amortization.floor, f"{path}/floor")
            asked = amortization.share or amortization.floor > ZERO or amortization.plus_interest
            if not asked:
                yield wrong(path, "nothing is ever asked for", "raise the share or the floor")
        case EqualInstallments() | Bullet():
            return
        case _ as never:
            assert_never(never)


def _balloon(balloon: Balloon, path: str) -> Iterator[Problem]:
    if balloon.amount is not None:
        yield from _not_below_zero(balloon.amount, f"{path}/amount")
    if balloon.share is not None:
        yield from _share(balloon.share, f"{path}/share")
    if balloon.amortization_installments is not None:
        yield from _count(balloon.amortization_installments, f"{path}/amortization_installments")


def _steps(steps: tuple[PaymentStep, ...], path: str) -> Iterator[Problem]:
    if not steps:
        yield wrong(path, "there are no steps", "write one, or choose level_payment")
    for place, step in enumerate(steps):
        here = f"{path}/{place}"
        if place and step.from_installment <= steps[place - 1].from_installment:
            before = steps[place - 1].from_installment
            message = (
                f"the step must begin after installment {before}, where the one before it begins"
            )
            yield wrong(f"{here}/from_installment", message, "put the steps in order")
        if step.change is not None and step.change.exact <= -1:
            message = f"a change of {step.change.percent()} leaves nothing to pay"
            yield wrong(f"{here}/change", message, "write more than -1")
        if step.payment is not None:
            yield from _not_below_zero(step.payment, f"{here}/payment")


def growth_problems(limit: Rate | None, path: str) -> Iterator[Problem]:
    """What is wrong in a limit on what the principal may grow to."""
    if limit is not None and limit.exact < 1:
        message = f"a loan cannot be held to {limit.percent()} of what was lent from the start"
        yield wrong(path, message, "write 1 or more: 1.15 lets it grow by fifteen percent")


def _multiple(amount: Money | None, path: str) -> Iterator[Problem]:
    if amount is not None and amount <= ZERO:
        yield wrong(path, "nothing is a multiple of this amount", "write one above zero")


def _count(installments: int, path: str) -> Iterator[Problem]:
    if installments < 1:
        yield wrong(path, f"found {installments}; 1 or more is wanted", "write how many")


def _share(share: Rate, path: str) -> Iterator[Problem]:
    if not 0 <= share.exact <= 1:
        yield wrong(path, f"{share.percent()} is no part of the whole", "write 0 to 1")


def _not_below_zero(amount: Money, path: str) -> Iterator[Problem]:
    if amount < ZERO:
        yield wrong(path, "an amount to pay is not below zero", "write it without -")
