"""The catalog: which version is live on a day, and what a version rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from engine.catalog.catalog import Catalog, UnknownDefinition
from engine.catalog.chart_of_accounts import AccountRole
from engine.catalog.terms_in_force import TermsInForce
from engine.product.waterfall_choice import OwnWaterfall, SharedWaterfall, WaterfallDocument
from store.definitions.load import load_catalog

CHECKOUT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(CHECKOUT / "products", CHECKOUT / "rules")


def version_on(catalog: Catalog, day: date) -> int | None:
    live = catalog.live_version("personal_installment", day)
    return live.version if live else None


def test_a_later_version_replaces_an_earlier_one_from_its_day(catalog: Catalog) -> None:
    assert version_on(catalog, date(2019, 12, 31)) is None
    assert version_on(catalog, date(2020, 1, 1)) == 1
    assert version_on(catalog, date(2039, 12, 31)) == 1
    assert version_on(catalog, date(2040, 1, 1)) == 2


def test_of_two_versions_begun_on_one_day_the_later_number_is_live(catalog: Catalog) -> None:
    first, second = catalog.versions("personal_installment")
    same_day = msgspec.structs.replace(second, live_from=first.live_from)
    both = Catalog(products={"personal_installment": (first, same_day)})
    assert version_on(both, first.live_from) == 2


def test_every_product_is_live_once_on_a_day(catalog: Catalog) -> None:
    live = catalog.live_products(date(2026, 3, 1))
    assert [(product.product, product.version) for product in live] == [
        (product, 1) for product in sorted(catalog.products)
    ]
    assert catalog.live_products(date(2019, 1, 1)) == ()


def test_terms_in_force_are_whole(catalog: Catalog) -> None:
    terms = catalog.terms_in_force("personal_installment", 1)
    assert isinstance(terms, TermsInForce)
    assert isinstance(terms.product.waterfall, SharedWaterfall)
    assert isinstance(terms.waterfall, WaterfallDocument)
    assert terms.waterfall.reference == "consumer_standard@1"
    assert not terms.calendar.is_business_day(date(2026, 5, 25))
    assert terms.chart is not None and terms.chart.account(AccountRole.cash).code
    assert terms.rules is catalog.rules


def test_a_waterfall_of_its_own_is_in_force_as_it_stands(catalog: Catalog) -> None:
    terms = catalog.terms_in_force("pay_in_4", 1)
    assert isinstance(terms.waterfall, OwnWaterfall)
    assert terms.waterfall is terms.product.waterfall


@pytest.mark.parametrize(
    ("product", "version", "words"),
    [
        ("personal_installment", 9, "no version 9 of product 'personal_installment'"),
        ("mortgage", 1, "no product 'mortgage'; known: adjustable_installment"),
    ],
)
def test_what_is_not_there_is_named(
    catalog: Catalog, product: str, version: int, words: str
) -> None:
    with pytest.raises(UnknownDefinition, match=words):
        catalog.terms_in_force(product, version)
