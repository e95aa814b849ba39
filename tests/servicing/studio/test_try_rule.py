"""A rule tried on given facts answers as its tests do, and shows every part on the way."""

from __future__ import annotations

import pytest

from engine.compliance.rule_tests import run_tests
from servicing.errors import NotFound
from servicing.studio.try_rule import asked_facts, asks_the_book, try_rule
from servicing.which_loans import which_loans
from tests.servicing.lending import ANYONE, START, Lender

MAPR = "us.federal.military_lending_act.mapr_cap"


async def test_every_rule_answers_what_its_own_tests_say(lender: Lender) -> None:
    book = lender.house.catalog.rules
    assert book is not None
    tried = 0
    for name, compiled in book.rules.items():
        outcomes = run_tests(compiled.rule)
        for test, outcome in zip(compiled.rule.tests, outcomes, strict=True):
            given = {
                key: {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
                for key, value in test.given.items()
            }
            assert try_rule(lender.house, name, given, test.on).answer == outcome.got, name
            tried += 1
    assert tried > 100


async def test_the_value_of_every_part_is_shown(lender: Lender) -> None:
    given = {"covered_borrower": "yes", "mla_exempt": "no", "military_apr": "0.3601"}
    found = try_rule(lender.house, MAPR, given, START)
    assert found.answer == "refuse"
    applies, holds = found.expressions
    assert (applies.use, applies.value, holds.use, holds.value) == (
        "Applies when", "yes", "Must hold", "no"
    )  # fmt: skip
    assert {part.text: part.value for part in holds.parts} == {
        "military_apr": "36.01%", "maximum": "36%"
    }  # fmt: skip
    assert {fact.name for fact in asked_facts(lender.house, MAPR)} == set(given)


async def test_a_fact_that_is_not_known_is_told(lender: Lender) -> None:
    found = try_rule(lender.house, MAPR, {"covered_borrower": "yes"}, START)
    assert "mla_exempt is not known" in found.expressions[0].fault
    assert "military_apr is not known" in found.expressions[1].fault
    assert try_rule(lender.house, MAPR, {"military_apr": "high"}, START).answer.startswith("fault")
    with pytest.raises(NotFound):
        try_rule(lender.house, "us.no.such", {}, START)


async def test_the_book_can_be_asked_for_every_rule(lender: Lender) -> None:
    await lender.lends()
    book = lender.house.catalog.rules
    assert book is not None
    assert "0.36" in asks_the_book(lender.house, MAPR)
    refused = []
    for name in book.rules:
        try:
            await which_loans(lender.house, ANYONE, asks_the_book(lender.house, name))
        except Exception as fault:
            refused.append(f"{name}: {fault}")
    assert not refused, refused
