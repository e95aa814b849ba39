"""Explanations: deciding again gives the number, and the steps lead to terms, law and events."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import Refused
from engine.loan.explain import NUMBERS, Explained, explain
from engine.trace import Step
from engine.values.money import Money
from tests.engine.loan.life import PERSONAL, Life, a_loan


def explained(life: Life, subject: str, day: date) -> Explained:
    history = [(item.seq, item.event) for item in life.history]
    return explain("loan_test", history, subject, day, PERSONAL)


def sources(steps: tuple[Step, ...] | list[Step]) -> set[str]:
    """Every source named anywhere in the steps."""
    return {s for step in steps for s in [*step.sources, *sources(step.children)]}


def labels(steps: tuple[Step, ...] | list[Step]) -> list[str]:
    return [label for step in steps for label in [step.label, *labels(step.children)]]


def test_a_late_fee_ends_in_the_line_of_the_product() -> None:
    life = a_loan()
    life.until(date(2026, 3, 1))
    why = explained(life, "fee:late_fee/1", date(2026, 3, 1))
    assert (why.value, why.agrees) == (Money(1500), True)
    assert "personal@1 /fees/1" in sources(why.steps)
    assert "What the note allows for a fee, in whole cents, never below zero." in labels(why.steps)


def test_a_returned_payment_fee_is_decided_again_from_the_return() -> None:
    life = a_loan()
    first = life.pays("892.87", date(2026, 2, 15))
    life.comes_back(first, date(2026, 2, 17), "R01")
    why = explained(life, f"fee:returned_payment_fee/{first}", date(2026, 2, 17))
    assert (why.value, why.agrees) == (Money(2500), True)
    assert "personal@1 /fees/2" in sources(why.steps)


def test_a_payment_shows_what_was_owed_and_how_it_fell() -> None:
    life = a_loan()
    first = life.pays("892.87", date(2026, 2, 15))
    why = explained(life, f"payment:{first}", date(2026, 2, 15))
    assert why.agrees
    assert any("fall through the buckets" in label for label in labels(why.steps))


def test_principal_is_told_event_by_event() -> None:
    life = a_loan()
    life.pays("892.87", date(2026, 2, 15))
    why = explained(life, "principal_balance", date(2026, 3, 1))
    assert [step.output.text() for step in why.steps] == ["10000.00", "9217.46"]
    assert why.steps[0].sources == ["event 3"]


@pytest.mark.parametrize("subject", NUMBERS)
def test_every_number_has_a_value_and_steps(subject: str) -> None:
    life = a_loan()
    life.pays("500.00", date(2026, 2, 20))
    why = explained(life, subject, date(2026, 3, 20))
    assert why.value is not None
    assert why.steps or subject == "delinquency_stage"


def test_an_installment_is_explained_on_its_due_date() -> None:
    life = a_loan()
    life.until(date(2026, 3, 1))
    why = explained(life, "installment:1", date(2026, 3, 1))
    assert (why.value, why.agrees) == (Money(89_287), True)


@pytest.mark.parametrize("subject", ["fee:none", "payment:99", "installment:9", "mood"])
def test_what_is_not_there_is_not_explained(subject: str) -> None:
    with pytest.raises(Refused):
        explained(a_loan(), subject, date(2026, 3, 1))
