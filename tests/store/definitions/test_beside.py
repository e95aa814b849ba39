"""A definition checked beside a catalog that stands is what checking everything would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import CHECKOUT
from engine.catalog.catalog import Catalog
from store.definitions.beside import beside, prove
from store.definitions.definition import definition_of
from store.definitions.load import load_catalog

PAY = (CHECKOUT / "products" / "pay_in_4" / "v1.yaml").read_text()


@pytest.fixture(scope="module")
def standing() -> Catalog:
    return load_catalog(CHECKOUT / "products", CHECKOUT / "rules")


def test_a_sound_product_joins_the_catalog(standing: Catalog) -> None:
    text = PAY.replace("version: 1", "version: 9", 1).replace("2020-01-01", "2031-01-01", 1)
    definition = definition_of(text, "v9.yaml")
    catalog = beside(definition, standing)
    assert definition.problems == []
    assert [v.version for v in catalog.versions("pay_in_4")][-1] == 9
    assert "pay_in_4@9" in catalog.hashes and "pay_in_4@9" not in standing.hashes
    assert catalog.rules is standing.rules
    prove(definition, catalog, points=3)
    assert {problem.code for problem in definition.problems} <= {"example"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("us_federal@1", "nowhere@1", "nowhere@1"),
        ("version: 1", "version: 9", "begins on 2020-01-01 too"),
        ("kind: no_interest", "kind: magic", "magic"),
    ],
)
def test_what_is_wrong_leaves_the_catalog_alone(
    standing: Catalog, old: str, new: str, words: str
) -> None:
    definition = definition_of(PAY.replace(old, new, 1), "x.yaml")
    assert beside(definition, standing) is standing
    assert any(words in problem.message for problem in definition.problems)


@pytest.mark.parametrize(
    "file",
    [
        "rules/us/federal/scra/six_percent_cap.yaml",
        "products/waterfalls/consumer_standard/v1.yaml",
        "products/calendars/us_federal/v1.yaml",
        "products/books/consumer_us/v1.yaml",
    ],
)
def test_every_other_kind_joins_too(standing: Catalog, file: str) -> None:
    definition = definition_of(Path(CHECKOUT / file).read_text(), file)
    catalog = beside(definition, standing)
    assert definition.problems == [] and catalog is not standing
    assert catalog.products is standing.products
    prove(definition, catalog)
    assert definition.problems == []
