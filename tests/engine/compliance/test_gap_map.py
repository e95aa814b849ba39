"""Places by products: gaps, stale figures, rules that are untested or that nothing asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.compliance.coverage import Coverage, Covered, Outside
from engine.compliance.gap_map import GapMap, Offered, PlaceRow, gap_map
from engine.compliance.rule_book import RuleBook
from engine.facts.facts import Facts
from tests.engine.compliance.laws import LATE_FEE, MAPR, law

DAY = date(2026, 11, 24)
AUTO = Offered(
    product="auto",
    title="Auto",
    country="US",
    states=("CA", "NY"),
    facts=Facts.of(product_family="auto", dwelling_secured=False),
    fee_kinds=("late_fee",),
)
HOME = Offered(
    product="home",
    title="Home",
    country="US",
    facts=Facts.of(product_family="mortgage"),
    fee_kinds=("late_fee",),
)
REGISTER = Coverage(
    coverage="rules",
    jurisdictions=(
        Covered(
            jurisdiction="us.federal", models=(MAPR["rule"],), verified_to=date(2026, 6, 1),
            outside=(Outside(cite="12 CFR 1026.17", what="Wording", why="A wording."),),
        ),
        Covered(jurisdiction="us.states.new_york", models=(LATE_FEE["rule"],)),
    ),
)  # fmt: skip


def mapped(*said: dict[str, Any], stale_after: int = 365) -> GapMap:
    book = RuleBook.of(law(one) for one in said)
    return gap_map((AUTO, HOME), book.rules, REGISTER, (), DAY, stale_after)


def row(found: GapMap, place: str) -> PlaceRow:
    return next(row for row in found.places if row.place == place)


def test_a_place_without_a_rule_that_may_speak_of_a_product_is_a_gap() -> None:
    found = mapped(MAPR, LATE_FEE)
    new_york = {cell.product: cell for cell in row(found, "New York").cells}
    assert new_york["home"].rules == (LATE_FEE["rule"],) and not new_york["home"].gap
    assert new_york["auto"].gap, "the rule speaks of dwellings only, the product is never that"
    texas = {cell.product: cell for cell in row(found, "Texas").cells}
    assert texas["home"].gap
    assert not texas["auto"].offered and not texas["auto"].gap
    assert not any(cell.offered for cell in row(found, "India").cells)


def test_a_rule_of_a_fee_the_product_does_not_charge_does_not_speak_of_it() -> None:
    nsf = {**LATE_FEE, "applies_when": 'fee_kind == "returned_payment_fee"'}
    (rule,) = mapped(nsf).rules
    assert rule.products == () and rule.unused == "speaks of no product"


def test_figures_grow_stale() -> None:
    verified = {**MAPR, "verified": True}
    (fresh,) = mapped(verified).rules
    (old,) = mapped(verified, stale_after=30).rules
    assert (fresh.stale, old.stale) == (False, True)
    assert mapped(MAPR).rules[0].stale, "never compared with its source"
    federal = row(mapped(verified), "United States, federal")
    assert not federal.stale and federal.outside == ("12 CFR 1026.17",)


def test_tests_count_when_they_hold_and_show_both_sides() -> None:
    assert mapped(MAPR).rules[0].tested
    assert not mapped({**MAPR, "tests": MAPR["tests"][:1]}).rules[0].tested
    wrong = [{**test, "expect": "warn"} for test in MAPR["tests"]]
    assert not mapped({**MAPR, "tests": wrong}).rules[0].tested


def test_a_rule_asked_where_no_command_comes_is_unused_and_says_so() -> None:
    (rule,) = mapped({**MAPR, "at": ["statement", "contact"]}).rules
    assert rule.unused == "asked at statement, contact, which no command does yet"
    (over,) = mapped({**MAPR, "in_force_to": "2026-01-01"}).rules
    assert over.unused == "in force through 2026-01-01"
