"""How much a fee is, in the words of notes and statutes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import DefinitionError
from engine.expressions.faults import FactUnknown
from engine.facts.facts import Facts
from engine.fees.amount import (
    Bracket,
    Brackets,
    FeeAmount,
    Flat,
    Formula,
    GreaterOf,
    LesserOf,
    Percent,
    Stated,
    exact_amount,
    fee_amount,
)
from engine.trace import recording
from engine.values.money import ZERO, Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def flat(text: str) -> Flat:
    return Flat(amount=usd(text))


def percent(rate: str, of: str, **within: str) -> Percent:
    return Percent(
        of=of, rate=Rate.parse(rate), **{name: usd(text) for name, text in within.items()}
    )


def comes_to(amount: FeeAmount, rounding: Rounding = Rounding.half_up, **known: str) -> str:
    """The fee where these amounts are known."""
    facts = Facts.of(**{name: usd(text) for name, text in known.items()})
    return fee_amount(amount, facts, rounding).text()


FIVE_PERCENT_OR_15 = LesserOf(amounts=(percent("0.05", "installment_unpaid"), flat("15.00")))
GREATER_OF_5_PERCENT_AND_10 = GreaterOf(
    amounts=(percent("0.05", "installment_amount"), flat("10.00"))
)
BY_SIZE = Brackets(
    of="loan_amount",
    brackets=(
        Bracket(up_to=usd("1000.00"), amount=flat("25.00")),
        Bracket(up_to=usd("5000.00"), amount=percent("0.03", "loan_amount")),
    ),
    above=percent("0.02", "loan_amount", maximum="150.00"),
)


@pytest.mark.parametrize(
    ("amount", "known", "fee"),
    [
        (flat("25.00"), {}, "25.00"),
        (percent("0.03", "loan_amount"), {"loan_amount": "5000.00"}, "150.00"),
        (percent("0.03", "loan_amount", maximum="100.00"), {"loan_amount": "5000.00"}, "100.00"),
        (percent("0.03", "loan_amount", minimum="25.00"), {"loan_amount": "500.00"}, "25.00"),
        (FIVE_PERCENT_OR_15, {"installment_unpaid": "242.33"}, "12.12"),
        (FIVE_PERCENT_OR_15, {"installment_unpaid": "300.00"}, "15.00"),
        (FIVE_PERCENT_OR_15, {"installment_unpaid": "300.10"}, "15.00"),
        (GREATER_OF_5_PERCENT_AND_10, {"installment_amount": "150.00"}, "10.00"),
        (GREATER_OF_5_PERCENT_AND_10, {"installment_amount": "242.30"}, "12.12"),
        (BY_SIZE, {"loan_amount": "1000.00"}, "25.00"),
        (BY_SIZE, {"loan_amount": "1000.01"}, "30.00"),
        (BY_SIZE, {"loan_amount": "5000.00"}, "150.00"),
        (BY_SIZE, {"loan_amount": "5000.01"}, "100.00"),
        (BY_SIZE, {"loan_amount": "9000.00"}, "150.00"),
        (
            Formula(expression='min(installment_unpaid * 0.05, money("15.00"))'),
            {"installment_unpaid": "242.33"},
            "12.12",
        ),
        (Stated(), {"fee_amount": "180.50"}, "180.50"),
        (Stated(maximum=usd("100.00")), {"fee_amount": "180.50"}, "100.00"),
    ],
)
def test_the_fee_comes_to(amount: FeeAmount, known: dict[str, str], fee: str) -> None:
    assert comes_to(amount, **known) == fee


@pytest.mark.parametrize(
    ("rounding", "fee"),
    [
        (Rounding.half_up, "12.13"),
        (Rounding.half_even, "12.12"),
        (Rounding.down, "12.12"),
        (Rounding.up, "12.13"),
    ],
)
def test_half_a_cent_goes_where_the_product_says(rounding: Rounding, fee: str) -> None:
    assert comes_to(FIVE_PERCENT_OR_15, rounding, installment_unpaid="242.50") == fee


def test_a_fee_is_rounded_once_not_part_by_part() -> None:
    share = percent("0.05", "installment_unpaid")
    facts = Facts.of(installment_unpaid=usd("242.33"))
    assert exact_amount(GreaterOf(amounts=(share, flat("1.00"))), facts) == Fraction(121165, 100)


def test_a_fee_is_never_below_zero() -> None:
    less = Formula(expression='installment_unpaid - money("100.00")')
    assert comes_to(less, installment_unpaid="40.00") == "0.00"


@pytest.mark.parametrize(
    "amount",
    [percent("0.05", "installment_unpaid"), Formula(expression="installment_unpaid"), BY_SIZE,
     Stated(), percent("0.05", "no_such_amount")],
)  # fmt: skip
def test_a_fee_does_not_guess_what_nobody_knows(amount: FeeAmount) -> None:
    with pytest.raises(FactUnknown):
        fee_amount(amount, Facts(), Rounding.half_up)


def test_amounts_in_a_formula_are_written_in_the_currency_of_the_loan() -> None:
    yen = Formula(expression='money("1500")')
    assert fee_amount(yen, Facts(), Rounding.half_up, "JPY") == Money(1500)
    assert fee_amount(yen, Facts(), Rounding.half_up) == Money(150_000)
    with pytest.raises(DefinitionError):
        fee_amount(Formula(expression='money("15.50")'), Facts(), Rounding.half_up, "JPY")


def test_the_explanation_names_the_amount_a_share_is_taken_of() -> None:
    with recording() as recorder:
        comes_to(FIVE_PERCENT_OR_15, installment_unpaid="242.33")
    (step,) = recorder.root.children
    assert step.label == "What the note allows for a fee, in whole cents, never below zero."
    (base,) = step.children
    assert (base.inputs["name"], base.output) == ("installment_unpaid", usd("242.33"))


@given(
    st.integers(0, 1_000_000).map(Money),
    st.integers(0, 5_000).map(Money),
    st.integers(0, 10_000).map(Money),
    st.integers(0, 30),
    st.sampled_from(Rounding),
)
@settings(max_examples=80, deadline=None)
def test_a_share_keeps_to_its_minimum_and_maximum(
    base: Money, low: Money, width: Money, hundredths: int, rounding: Rounding
) -> None:
    high = low + width
    share = Percent(
        of="loan_amount", rate=Rate(Fraction(hundredths, 100)), minimum=low, maximum=high
    )
    fee = fee_amount(share, Facts.of(loan_amount=base), rounding)
    assert low <= fee <= high
    more = fee_amount(share, Facts.of(loan_amount=base + Money(10_000)), rounding)
    assert fee <= more


@given(
    st.lists(st.integers(0, 9_999).map(Money), min_size=2, max_size=5),
)
@settings(max_examples=40, deadline=None)
def test_the_lesser_and_the_greater_are_among_what_is_compared(amounts: list[Money]) -> None:
    parts: tuple[FeeAmount, ...] = tuple(Flat(amount=amount) for amount in amounts)
    lesser = fee_amount(LesserOf(amounts=parts), Facts(), Rounding.half_up)
    greater = fee_amount(GreaterOf(amounts=parts), Facts(), Rounding.half_up)
    assert ZERO <= lesser <= greater
    assert (lesser, greater) == (min(amounts), max(amounts))
