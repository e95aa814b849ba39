"""Requirements asked together say what each says by itself: the law of this checkout, and more."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compliance.compiled_rule import CompiledRequirement
from engine.compliance.finding import Finding
from engine.compliance.requirements import check, finding_of
from engine.compliance.rule import Point
from engine.compliance.rule_book import RuleBook
from engine.facts.fact import FactType, FactValue
from engine.facts.facts import VOCABULARY, Facts
from engine.values.money import Money
from engine.values.rate import Rate
from store.definitions.load import load_catalog
from tests.engine.compliance.laws import MAPR, law

CHECKOUT = Path(__file__).resolve().parents[3]
DAYS = st.dates(date(2014, 1, 1), date(2028, 12, 31))
KNOWN: dict[FactType, st.SearchStrategy[FactValue]] = {
    FactType.money: st.sampled_from([Money(0), Money(25_000), Money(1_000_000), Money(9_999_999)]),
    FactType.rate: st.sampled_from([Rate.parse(text) for text in ("0", "0.05", "0.36", "1.5")]),
    FactType.number: st.sampled_from([0, 1, 12, 84]),
    FactType.days: st.sampled_from([0, 7, 31, 120]),
    FactType.date: DAYS,
    FactType.text: st.sampled_from(["payday", "licensed_lender", "late_fee", "personal"]),
    FactType.flag: st.booleans(),
}
EVERY_FACT = st.fixed_dictionaries({name: KNOWN[fact.type] for name, fact in VOCABULARY.items()})


@cache
def book() -> RuleBook:
    """The rules of this checkout, and the same law by each of the three days it may look at."""
    rules = load_catalog(CHECKOUT / "products", CHECKOUT / "rules").rules
    assert rules is not None
    asked = [made.rule for made in rules.rules.values() if isinstance(made, CompiledRequirement)]
    spans = {"in_force_from": "2017-03-01", "in_force_to": "2026-12-31"}
    values = {"maximum": {"2016-10-03": "0.36", "2020-02-29": "0.05"}}
    for by in ("contract_date", "application_date", "event_date"):
        name = f"policy.made_for_tests.{by}"
        asked.append(law(MAPR, rule=name, value_on=by, values=values, **spans, at=[*Point]))
    return RuleBook.of(asked)


def one_by_one(point: Point, facts: Facts, day: date) -> tuple[Finding, ...]:
    asked = book().verdicts(point, facts).requirements
    said = (finding_of(requirement, facts, day) for requirement in asked)
    return tuple(finding for finding in said if finding is not None)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(list(Point)),
    st.sampled_from([("US", "CA"), ("US", "TX"), ("GB", None), (None, None)]),
    EVERY_FACT,
    st.sets(st.sampled_from(sorted(VOCABULARY)), max_size=3),
    st.lists(DAYS, min_size=1, max_size=3),
)
def test_together_they_say_what_each_says(
    point: Point,
    place: tuple[str | None, str | None],
    known: dict[str, FactValue],
    unknown: set[str],
    days: list[date],
) -> None:
    nothing = dict.fromkeys(unknown)
    facts = Facts.of(**{**known, **nothing, "country": place[0], "state": place[1]})
    for day in days:
        assert check(book(), point, facts, day) == one_by_one(point, facts, day)
