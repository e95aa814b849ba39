"""The vocabulary: flat names, each with type and sentence; facts built and replaced by name."""

from __future__ import annotations

from datetime import date

import pytest

from engine.facts.borrower import BorrowerFacts
from engine.facts.contact import ContactFacts
from engine.facts.cost import CostFacts
from engine.facts.disclosure import DisclosureFacts
from engine.facts.fact import FactType
from engine.facts.facts import GROUPS, VOCABULARY, Facts
from engine.facts.fee import FeeFacts
from engine.facts.loan import LoanFacts
from engine.facts.mortgage import MortgageFacts
from engine.facts.payment import PaymentFacts
from engine.facts.standing import StandingFacts
from engine.facts.written import fact_text, parse_fact
from engine.values.money import Money
from engine.values.rate import Rate


def test_every_group_is_in_the_vocabulary_under_names_of_its_own() -> None:
    assert list(GROUPS.values()) == [
        LoanFacts, BorrowerFacts, StandingFacts, FeeFacts, PaymentFacts, MortgageFacts,
        DisclosureFacts, ContactFacts, CostFacts,
    ]  # fmt: skip
    assert sum(len(group.__struct_fields__) for group in GROUPS.values()) == len(VOCABULARY)


@pytest.mark.parametrize("name", sorted(VOCABULARY))
def test_every_fact_says_what_it_is_in_a_sentence(name: str) -> None:
    sentence = VOCABULARY[name].sentence
    assert sentence.endswith((".", "…")) and len(sentence) > 10


def test_the_unit_is_part_of_the_type() -> None:
    types = {name: VOCABULARY[name].type for name in ("loan_amount", "note_rate", "days_past_due")}
    assert types == {
        "loan_amount": FactType.money,
        "note_rate": FactType.rate,
        "days_past_due": FactType.days,
    }


def test_facts_are_given_by_their_flat_names() -> None:
    facts = Facts.of(state="CA", fee_amount=Money(1500))
    assert facts.loan.state == "CA" and facts.value("fee_amount") == Money(1500)
    assert facts.value("note_rate") is None


def test_replacing_the_fee_leaves_the_loan_as_it_was() -> None:
    facts = Facts.of(state="CA", fee_amount=Money(1500))
    lower = facts.given(fee_amount=Money(1000))
    assert lower.fee.fee_amount == Money(1000) and lower.loan is facts.loan
    assert facts.fee.fee_amount == Money(1500)


def test_a_name_outside_the_vocabulary_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="favorite_color"):
        Facts.of(favorite_color="blue")


@pytest.mark.parametrize(
    ("type", "written", "value", "read"),
    [
        ("money", "15.00", Money(1500), "15.00"),
        ("rate", "0.36", Rate.parse("0.36"), "36%"),
        ("days", 10, 10, "10"),
        ("number", 3, 3, "3"),
        ("date", "2026-01-31", date(2026, 1, 31), "2026-01-31"),
        ("text", "CA", "CA", "CA"),
        ("flag", True, True, "yes"),
    ],
)
def test_facts_as_files_write_them_and_people_read_them(
    type: str, written: object, value: object, read: str
) -> None:
    parsed = parse_fact(FactType(type), written, "USD")
    assert parsed == value and fact_text(parsed, "USD") == read


@pytest.mark.parametrize(
    ("type", "written"),
    [
        ("money", 15), ("money", "15,00"), ("rate", "36%"), ("days", True), ("days", "10"),
        ("date", "2026-02-30"), ("flag", "yes"), ("text", 5), ("number", "3"),
    ],
)  # fmt: skip
def test_a_fact_written_otherwise_is_refused(type: str, written: object) -> None:
    with pytest.raises(ValueError):
        parse_fact(FactType(type), written, "USD")
