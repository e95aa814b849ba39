"""An example follows a change that was meant: its numbers, days and counts, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from engine.catalog.catalog import Catalog
from engine.catalog.terms_in_force import TermsInForce
from engine.codec.definition import decode_definition
from engine.product.product import Product
from engine.proof.prove import prove
from servicing.studio.mend_example import mended
from store.definitions.load import load_catalog
from store.definitions.read_yaml import read_yaml

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "products/pay_in_4/v1.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(ROOT / "products", ROOT / "rules")


def under(catalog: Catalog, text: str) -> tuple[TermsInForce, list[dict[str, Any]]]:
    """The terms of another text of the product, and its examples as data."""
    said = read_yaml(text, "").data
    product: Product = decode_definition(said, Product, "USD")
    return replace(catalog.terms_in_force("pay_in_4", 1), product=product), said["examples"]


def test_numbers_days_and_amounts_follow(catalog: Catalog) -> None:
    terms, examples = under(catalog, TEXT.replace('"7.00"', '"5.00"').replace("days: 3", "days: 5"))
    place = 2
    new = mended(terms, place, examples[place])
    assert new["expect"]["events"][0] == {
        "event": "fee_assessed", "name": "late_fee", "on": "2026-04-05", "amount": "5.00"
    }  # fmt: skip
    assert new["expect"]["balances"][1]["fees_owed"] == "5.00"
    assert new["name"] == examples[place]["name"] and new["loan"] == examples[place]["loan"]
    assert not prove(
        decode_definition(new, type(terms.product.examples[0]), "USD"), terms
    ).mismatches


def test_an_example_that_holds_and_one_that_is_refused_stay(catalog: Catalog) -> None:
    terms, examples = under(catalog, TEXT)
    for place, example in enumerate(examples):
        assert mended(terms, place, example) == example
