"""What requirements say at a point."""

from __future__ import annotations

import time
from datetime import date

import pytest

from engine.compliance.finding import Finding
from engine.compliance.requirements import check
from engine.compliance.rule import Point
from engine.compliance.rule_book import RuleBook
from engine.facts.fact import FactValue
from engine.facts.facts import Facts
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.compliance.laws import MAPR, law

DAY = date(2026, 3, 1)
COVERED = Facts.of(
    country="US",
    contract_date=DAY,
    covered_borrower=True,
    mla_exempt=False,
    military_apr=Rate.parse("0.3601"),
)


def findings(facts: Facts, **otherwise: object) -> tuple[Finding, ...]:
    return check(RuleBook.of([law(MAPR, **otherwise)]), Point.originate, facts, DAY)


def test_what_does_not_hold_is_refused_with_words_citation_and_figures() -> None:
    (finding,) = findings(COVERED)
    assert finding.outcome == "refuse"
    assert finding.message == "MAPR 36.01% is above 36%."
    assert finding.citation is not None and finding.citation.cite == "32 CFR 232.4(b)"
    assert finding.values == {"maximum": "0.36"}


def test_what_holds_passes_and_is_on_record() -> None:
    (finding,) = findings(COVERED.given(military_apr=Rate.parse("0.36")))
    assert (finding.outcome, finding.message) == ("pass", "")
    assert finding.values == {"maximum": "0.36"}


@pytest.mark.parametrize("otherwise", ["refuse", "warn", "needs_approval"])
def test_what_follows_is_the_rules_own_word(otherwise: str) -> None:
    assert findings(COVERED, otherwise=otherwise)[0].outcome == otherwise


@pytest.mark.parametrize(
    ("fact", "value"),
    [("covered_borrower", False), ("mla_exempt", True), ("country", "GB"),
     ("contract_date", date(2016, 10, 2))],
)  # fmt: skip
def test_a_loan_the_rule_does_not_speak_of_gets_no_finding(fact: str, value: FactValue) -> None:
    assert findings(COVERED.given(**{fact: value})) == ()


@pytest.mark.parametrize("fact", ["covered_borrower", "military_apr"])
def test_a_rule_that_cannot_be_told_counts_as_not_met(fact: str) -> None:
    (finding,) = findings(COVERED.given(**{fact: None}))
    assert finding.outcome == "refuse" and f"{fact} is not known" in finding.message


def test_a_country_not_known_does_not_skip_the_law() -> None:
    assert findings(COVERED.given(country=None))[0].outcome == "refuse"


def test_only_rules_of_the_point_are_asked() -> None:
    book = RuleBook.of([law(MAPR)])
    assert check(book, Point.assess_fee, COVERED, DAY) == ()
    assert check(None, Point.originate, COVERED, DAY) == ()


def test_a_rule_holds_from_its_first_to_its_last_day() -> None:
    span = {"in_force_from": "2026-01-01", "in_force_to": "2026-12-31"}
    assert len(findings(COVERED, **span)) == 1
    for outside in (date(2025, 12, 31), date(2027, 1, 1)):
        assert findings(COVERED.given(contract_date=outside), **span) == ()


def test_messages_read_money_dates_and_what_is_not_known() -> None:
    message = "{loan_amount} on {contract_date}, {apr}"
    (finding,) = findings(COVERED.given(loan_amount=Money(150000)), message=message)
    assert finding.message == "1500.00 on 2026-03-01, (not known)"


def test_thirty_rules_on_one_loan_are_cheap() -> None:
    facts = COVERED.given(loan_amount=Money(250000), state="CA")
    rules = [law(MAPR, rule=f"policy.caps.number_{number}") for number in range(30)]
    book = RuleBook.of(rules)
    assert len(check(book, Point.originate, facts, DAY)) == 30
    fastest = 1.0
    for _ in range(20):  # the best of many: the machine may be busy with something else
        began = time.perf_counter()
        check(book, Point.originate, facts, DAY)
        fastest = min(fastest, time.perf_counter() - began)
    assert fastest < 0.001


@pytest.mark.parametrize(("said", "verified"), [({}, False), ({"verified": True}, True)])
def test_a_finding_counts_as_verified_only_where_the_rule_claims_it(
    said: dict[str, object], verified: bool
) -> None:
    (finding,) = findings(COVERED, **said)
    assert finding.verified is verified
