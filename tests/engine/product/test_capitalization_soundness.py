"""Capitalizations that cannot be meant are told, with the words for those that can."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from engine.amortization.amortization import Amortization
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.interest_deferred import InterestDeferred
from engine.amortization.level_payment import LevelPayment
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import PaymentStep, Stepped
from engine.interest.capitalization import (
    AtConversion,
    Capitalization,
    EveryDueDate,
    GivenMonths,
)
from engine.interest.lifetime_cap import LifetimeCap
from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import SimpleInterest
from engine.product.capitalization_soundness import capitalization_problems
from engine.product.in_words import interest_in_words
from engine.product.limits import CountRange
from engine.product.soundness import Known, soundness_problems
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.life import a_product

UP = PaymentStep(from_installment=5, change=Rate.parse("0.1"))


def told(capitalization: Capitalization, amortization: Amortization) -> list[str]:
    interest = SimpleInterest(capitalization=capitalization)
    sections = {"interest": interest, "amortization": amortization}
    found = soundness_problems(sections, Known())
    assert found == list(capitalization_problems(interest, amortization))
    return [f"{problem.path} {problem.message}" for problem in found]


@pytest.mark.parametrize(
    ("capitalization", "amortization", "found"),
    [
        (
            EveryDueDate(),
            InterestDeferred(installments=3),
            "/interest/capitalization /amortization/interest says already when unpaid interest is "
            "added to the principal",
        ),
        (
            EveryDueDate(),
            Deferred(installments=3, interest=DeferredInterest.capitalized),
            "/interest/capitalization /amortization/interest says already when unpaid interest is "
            "added to the principal",
        ),
        (
            GivenMonths(months=(6,)),
            Stepped(steps=(UP,), negative_amortization=True),
            "/interest/capitalization /amortization/negative_amortization says already when unpaid "
            "interest is added to the principal",
        ),
        (
            EveryDueDate(limit=Rate.parse("0.99")),
            LevelPayment(),
            "/interest/capitalization/limit a loan cannot be held to 99% of what was lent from the "
            "start",
        ),
        (
            GivenMonths(months=()),
            LevelPayment(),
            "/interest/capitalization/months no month is named",
        ),
        (
            GivenMonths(months=(3, 9, 3)),
            LevelPayment(),
            "/interest/capitalization/months month 3 is named twice",
        ),
        (
            AtConversion(),
            LevelPayment(),
            "/interest/capitalization the loan amortizes at once, so there is no conversion",
        ),
        (
            EveryDueDate(),
            PercentOfBalance(share=Rate.parse("0.02")),
            "/interest/capitalization a minimum payment follows the balance, and would follow the "
            "interest added to it",
        ),
    ],
)
def test_what_cannot_be_meant_is_told(
    capitalization: Capitalization, amortization: Amortization, found: str
) -> None:
    assert told(capitalization, amortization) == [found]


def test_what_can_be_meant_passes() -> None:
    assert told(EveryDueDate(limit=Rate.parse("1.15")), LevelPayment()) == []
    assert told(GivenMonths(months=(6, 12)), Stepped(steps=(UP,))) == []
    assert told(AtConversion(), Deferred(installments=6)) == []
    assert list(capitalization_problems(NoInterest(), LevelPayment())) == []


@pytest.mark.parametrize(
    ("capitalization", "words"),
    [
        (EveryDueDate(), "interest the installment does not cover is added to the principal."),
        (EveryDueDate(limit=Rate.parse("1.1")), "up to 110% of what was lent; then level payments"),
        (GivenMonths(months=(6, 12)), "on the last due date in June, December."),
        (AtConversion(), "once, before the loan amortizes."),
    ],
)
def test_words_say_when(capitalization: Capitalization, words: str) -> None:
    assert words in interest_in_words(SimpleInterest(capitalization=capitalization))


@pytest.mark.parametrize(
    ("interest", "path"),
    [
        (SimpleInterest(lifetime_cap=LifetimeCap(amount=Money(0))), "/interest/lifetime_cap"),
        (
            SimpleInterest(lifetime_cap=LifetimeCap(share=Rate.parse("-1"))),
            "/interest/lifetime_cap",
        ),
        (SimpleInterest(interest_free_installments=6), "/interest/interest_free_installments"),
    ],
)
def test_times_and_caps_that_leave_no_interest_are_told(
    interest: SimpleInterest, path: str
) -> None:
    limits = a_product(interest=interest).limits
    limits = replace(limits, number_of_payments=CountRange(minimum=6, maximum=12))
    found = soundness_problems({"interest": interest, "limits": limits}, Known())
    assert [problem.path for problem in found] == [path]


def test_words_say_what_is_free_and_what_is_the_most() -> None:
    words = interest_in_words(
        SimpleInterest(
            lifetime_cap=LifetimeCap(share=Rate.parse("1")), interest_free_installments=2
        )
    )
    assert "The first 2 installments are free of interest." in words
    assert "at most 100% of what was lent" in words
    amount = SimpleInterest(lifetime_cap=LifetimeCap(amount=Money(50_000)))
    assert "at most 500.00" in interest_in_words(amount)
