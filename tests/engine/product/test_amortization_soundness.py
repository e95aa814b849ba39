"""Amortizations that cannot be meant are told before any schedule is made of them."""

from __future__ import annotations

import pytest

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
from engine.product.amortization_soundness import amortization_problems
from engine.product.soundness import Known, soundness_problems
from engine.values.money import Money
from engine.values.rate import Rate

LESS = Money(-500)
UP = PaymentStep(from_installment=5, change=Rate.parse("0.1"))


def told(amortization: Amortization) -> list[str]:
    return [f"{p.path} {p.message}" for p in amortization_problems(amortization, "/a")]


@pytest.mark.parametrize(
    ("amortization", "found"),
    [
        (
            LevelPayment(payment_multiple_of=LESS),
            ["/a/payment_multiple_of nothing is a multiple of this amount"],
        ),
        (
            EqualPrincipal(principal_multiple_of=Money(0)),
            ["/a/principal_multiple_of nothing is a multiple of this amount"],
        ),
        (Deferred(installments=-3), ["/a/installments found -3; 1 or more is wanted"]),
        (
            InterestDeferred(
                installments=0, interest=InterestFallsDue.spread, principal=EqualPrincipal()
            ),
            [
                "/a/installments found 0; 1 or more is wanted",
                "/a/interest interest that waited is spread over level payments",
            ],
        ),
        (
            InterestOnly(installments=0, then=LevelPayment(payment_multiple_of=Money(0))),
            [
                "/a/installments found 0; 1 or more is wanted",
                "/a/then/payment_multiple_of nothing is a multiple of this amount",
            ],
        ),
        (Balloon(amount=LESS), ["/a/amount an amount to pay is not below zero"]),
        (Balloon(share=Rate.parse("1.5")), ["/a/share 150% is no part of the whole"]),
        (
            Balloon(amortization_installments=0),
            ["/a/amortization_installments found 0; 1 or more is wanted"],
        ),
        (
            Stepped(steps=(UP,), negative_amortization_limit=Rate.parse("0.9")),
            [
                "/a/negative_amortization_limit a loan cannot be held to 90% of what was lent "
                "from the start",
                "/a/negative_amortization_limit there is a limit on a growth that the product does "
                "not allow",
            ],
        ),
        (Stepped(steps=()), ["/a/steps there are no steps"]),
        (
            Stepped(steps=(UP, PaymentStep(from_installment=5, payment=LESS))),
            [
                "/a/steps/1/from_installment the step must begin after installment 5, "
                "where the one before it begins",
                "/a/steps/1/payment an amount to pay is not below zero",
            ],
        ),
        (
            Stepped(steps=(PaymentStep(from_installment=2, change=Rate.parse("-1")),)),
            ["/a/steps/0/change a change of -100% leaves nothing to pay"],
        ),
        (
            ExplicitPayments(payments=(Money(500), LESS)),
            ["/a/payments/1 an amount to pay is not below zero"],
        ),
        (
            PercentOfBalance(share=Rate.parse("0")),
            ["/a nothing is ever asked for"],
        ),
        (
            PercentOfBalance(share=Rate.parse("-0.02"), floor=LESS),
            [
                "/a/share -2% is no part of the whole",
                "/a/floor an amount to pay is not below zero",
            ],
        ),
    ],
)
def test_what_cannot_be_meant(amortization: Amortization, found: list[str]) -> None:
    assert told(amortization) == found


@pytest.mark.parametrize(
    "amortization",
    [
        LevelPayment(payment_multiple_of=Money(100)), EqualPrincipal(), EqualInstallments(),
        Bullet(), Deferred(installments=1), InterestOnly(installments=12),
        Balloon(share=Rate.parse("1")), Balloon(amount=Money(0)), Stepped(steps=(UP,)),
        ExplicitPayments(payments=(Money(0), Money(500))),
        PercentOfBalance(share=Rate.parse("0"), plus_interest=True),
    ],
)  # fmt: skip
def test_what_can_be_meant_is_let_through(amortization: Amortization) -> None:
    assert told(amortization) == []


def test_a_product_is_checked_for_it() -> None:
    (problem,) = soundness_problems({"amortization": Deferred(installments=-3)}, Known())
    assert (problem.path, problem.code) == ("/amortization/installments", "meaning")
