"""How the rest of a loan is paid down: the product's amortization, less what lies behind."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from engine.amortization.amortization import Amortization
from engine.amortization.balloon import Balloon
from engine.amortization.deferred import Deferred
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.interest_deferred import InterestDeferred
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.amortization.stepped import PaymentStep, Stepped
from engine.values.money import Money
from engine.values.rounding import round_exact


def rest_of(amortization: Amortization, done: int, loan_amount: Money) -> Amortization:
    """The amortization of the installments after the first ``done``.

    Installments of interest alone or of nothing that lie behind are not owed again, a balloon
    stays the amount it was, and steps keep their place in the contract.
    """
    match amortization:
        case InterestOnly() | Deferred():
            left = amortization.installments - done
            return replace(amortization, installments=left) if left > 0 else amortization.then
        case InterestDeferred(installments=installments, principal=way):
            rest = rest_of(way, done, loan_amount)
            assert isinstance(rest, LevelPayment | EqualPrincipal | InterestOnly)
            # One that has just ended still waits for its interest with the next installment.
            left = installments - done
            return replace(amortization, installments=left, principal=rest) if left >= 0 else rest
        case Balloon(share=share) if share is not None:
            part = round_exact(
                Fraction(loan_amount.minor) * share.exact, amortization.payment_rounding
            )
            return replace(amortization, share=None, amount=part)
        case Balloon(amortization_installments=count) if count is not None:
            return replace(amortization, amortization_installments=max(count - done, 1))
        case ExplicitPayments():
            listed = amortization.payments
            return replace(amortization, payments=listed[done:] or listed[-1:])
        case Stepped():
            return replace(amortization, steps=_steps_after(amortization.steps, done))
        case _:
            return amortization


def _steps_after(steps: tuple[PaymentStep, ...], done: int) -> tuple[PaymentStep, ...]:
    """Steps still to come; a payment given by a step that lies behind holds until the next."""
    behind = [step for step in steps if step.from_installment <= done]
    ahead = [
        replace(step, from_installment=step.from_installment - done)
        for step in steps
        if step.from_installment > done
    ]
    given = behind[-1].payment if behind else None
    if given is not None and not any(step.from_installment == 1 for step in ahead):
        ahead.insert(0, PaymentStep(from_installment=1, payment=given))
    return tuple(ahead)
