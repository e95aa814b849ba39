"""Rules together: found by point and place, none twice."""

from __future__ import annotations

from datetime import date

import pytest

from engine.compliance.dated_values import DatedFigures
from engine.compliance.jurisdictions import JURISDICTIONS, jurisdiction, jurisdiction_of
from engine.compliance.rule import Point
from engine.compliance.rule_book import RuleBook
from engine.errors import DefinitionError
from engine.facts.fact import FactType
from engine.facts.facts import Facts
from tests.engine.compliance.laws import LATE_FEE, MAPR, law


def test_rules_are_found_by_point_and_place() -> None:
    book = RuleBook.of([law(MAPR), law(LATE_FEE)])
    texas, new_york = Facts.of(country="US", state="TX"), Facts.of(country="US", state="NY")
    asked = book.verdicts(Point.quote, texas).requirements
    assert [made.name for made in asked] == [MAPR["rule"]]
    assert book.narrowing(Point.assess_fee, "fee_amount", texas) == ()
    assert len(book.narrowing(Point.assess_fee, "fee_amount", new_york)) == 1
    assert set(book.rules) == {MAPR["rule"], LATE_FEE["rule"]}


def test_two_rules_of_one_name_are_refused_with_all_other_problems() -> None:
    with pytest.raises(DefinitionError) as error:
        RuleBook.of([law(MAPR), law(MAPR), law(LATE_FEE, at=[])])
    assert [problem.path for problem in error.value.problems] == ["/rule", "/at"]


def test_the_days_on_which_law_changes_by_the_calendar_alone() -> None:
    book = RuleBook.of([law(MAPR), law(LATE_FEE)])
    assert book.change_days == [date(1981, 1, 1), date(2020, 1, 1)]


@pytest.mark.parametrize(
    ("rule", "code", "currency"),
    [
        ("us.federal.military_lending_act.mapr_cap", "US", "USD"),
        ("us.states.california.late_fees.mortgage", "US-CA", "USD"),
        ("us.states.new_york.usury.civil", "US-NY", "USD"),
        ("uk.conc.price_cap", "GB", "GBP"),
        ("eu.consumer_credit.early_repayment", "EU", "EUR"),
        ("policy.late_fees.most", "", "USD"),
    ],
)
def test_the_name_of_a_rule_says_where_it_holds(rule: str, code: str, currency: str) -> None:
    place = jurisdiction_of(rule)
    assert place is not None and place.currency == currency and jurisdiction(rule) == code


def test_every_state_and_the_members_of_the_union_are_known() -> None:
    states = {place.state for place in JURISDICTIONS if place.state}
    assert {"CA", "NY", "DC"} <= states and len(states) == 52
    union = jurisdiction_of("eu.consumer_credit.early_repayment")
    assert union is not None and len(union.countries) == 27
    assert union.governs("DE", None) and not union.governs("GB", None)
    assert jurisdiction_of("mars.rates.cap") is None


def test_figures_are_the_first_not_after_the_day() -> None:
    values = {
        "cap": {date(2020, 1, 1): "10.00", date(2025, 1, 1): "12.00"},
        "days": {date(2021, 1, 1): "15"},
    }
    figures = DatedFigures(values, {"cap": FactType.money, "days": FactType.days}, "USD")
    assert figures.on(date(2020, 12, 31)) is None, "one of them has no value yet"
    for day, cap, inner in (("2021-01-01", "10.00", 1000), ("2025-01-01", "12.00", 1200)):
        found = figures.on(date.fromisoformat(day))
        assert found is not None
        assert (found.written["cap"], found.inner) == (cap, (inner, 15))
