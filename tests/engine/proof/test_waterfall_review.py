"""A product's waterfall beside the law that speaks of it, and what a loan lives under it."""

from __future__ import annotations

from datetime import date

import pytest

from app.settings import CHECKOUT
from engine.catalog.catalog import Catalog
from engine.loan import observe
from engine.payments.waterfall import Style, Waterfall
from engine.proof.waterfall_review import falls_of, offered, owes_of, review_waterfall
from store.definitions.load import load_catalog
from tests.engine.loan.life import WATERFALL, a_loan, in_force

TODAY = date(2026, 6, 1)
STANDARD = (
    "past_due.interest", "due.interest", "past_due.principal", "due.principal",
    "past_due.fee", "due.fee", "in_advance.interest", "in_advance.principal",
)  # fmt: skip


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(CHECKOUT / "products", CHECKOUT / "rules")


def test_the_law_that_speaks_of_a_product_is_found_in_the_rules(catalog: Catalog) -> None:
    billed = catalog.product("billed_installment", 1)
    owes = owes_of(billed, catalog.rules, TODAY)
    assert {citation.cite for citation in owes.no_pyramiding} == {
        "16 CFR 444.4", "12 CFR 1026.36(c)(2)"
    }  # fmt: skip
    (found,) = review_waterfall(catalog.waterfall_of(billed), [billed], catalog.rules, TODAY)
    assert (found.severity.value, found.code) == ("law", "late_fee_pyramiding")
    assert offered(billed).fee_kinds[1:] == ("late_fee",) or owes.late_fees == ("late_fee",)
    four = catalog.product("pay_in_4", 1)
    assert not owes_of(four, catalog.rules, TODAY).interest
    assert owes_of(four, None, TODAY).no_pyramiding == ()


def test_a_shared_waterfall_is_looked_at_for_all_that_use_it(catalog: Catalog) -> None:
    users = [v for versions in catalog.products.values() for v in versions
             if getattr(v.waterfall, "waterfall", "") == "consumer_standard@1"]  # fmt: skip
    found = review_waterfall(catalog.waterfalls["consumer_standard@1"], users, catalog.rules)
    assert {finding.severity.value for finding in found} == {"note"}
    assert review_waterfall(catalog.waterfalls["consumer_standard@1"], [], None)


def test_samples_are_in_the_products_money_and_with_what_it_can_owe(catalog: Catalog) -> None:
    four = catalog.product("pay_in_4", 1)
    for fall in falls_of(catalog.waterfall_of(four), four, TODAY):
        assert all(drop.owed.component != "interest" for drop in fall.drops)
    assert len(falls_of(WATERFALL, None, TODAY)) == 3


@pytest.mark.parametrize(
    ("waterfall", "short"),
    [(WATERFALL, True), (Waterfall(style=Style.by_component, order=STANDARD), False)],
)
def test_a_full_payment_on_its_day_is_made_short_by_a_fee_where_it_is_said(
    waterfall: Waterfall, short: bool
) -> None:
    """No law asked: the loan shows what the order alone does."""
    terms = in_force(waterfall=waterfall)
    said = {f.code for f in review_waterfall(waterfall, [terms.product], None)}
    assert ("late_fee_pyramiding" in said) is short
    life = a_loan(terms, payments=12, on=date(2026, 1, 15))
    first, second = (row for row in observe.unbilled(life.at(date(2026, 1, 15)))[:2])
    late = date(2026, 3, 5)
    life.until(late)
    owed = observe.installments_due(life.at(late), late, terms.product.rounding)[0].remaining
    life.pays(owed.text(), late)
    life.until(second.due_date)
    row = observe.installments_due(
        life.at(second.due_date), second.due_date, terms.product.rounding
    )[0]
    life.pays(row.remaining.text(), second.due_date)
    end = life.at(second.due_date)
    left = observe.installments_due(end, second.due_date, terms.product.rounding)
    assert bool([item for item in left if item.number <= second.number]) is short
    assert first.number == 1
