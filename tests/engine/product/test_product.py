"""A product as one value, and its parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from engine.product.due_dates import FirstPayment
from engine.product.example import Example
from engine.product.limits import AmountRange
from engine.product.marks import live, pinned
from engine.product.product import Product
from engine.product.waterfall_choice import OwnWaterfall
from engine.values.money import Money
from store.definitions.definition import definition_of

CHECKOUT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def pay_in_4() -> Product:
    path = CHECKOUT / "products" / "pay_in_4" / "v1.yaml"
    product = definition_of(path.read_text(encoding="utf-8"), path.name).value
    assert isinstance(product, Product)
    return product


def test_a_file_becomes_one_value(pay_in_4: Product) -> None:
    assert pay_in_4.reference == "pay_in_4@1"
    assert pay_in_4.live_from == date(2020, 1, 1)
    assert pay_in_4.limits.amount == AmountRange(minimum=Money(3500), maximum=Money(150000))
    assert pay_in_4.due_dates.first_payment == FirstPayment(minimum_days=7, maximum_days=21)
    assert isinstance(pay_in_4.waterfall, OwnWaterfall)
    assert all(isinstance(example, Example) for example in pay_in_4.examples)


def test_a_product_never_changes(pay_in_4: Product) -> None:
    with pytest.raises(AttributeError, match="immutable"):
        pay_in_4.title = "Pay in 5"  # type: ignore[misc]


def test_a_mark_says_whether_a_loan_keeps_the_term() -> None:
    kept = pinned("How interest is earned.", ge=1, examples=[3])
    met = live("What people call it.", min_length=1)
    assert isinstance(kept, msgspec.Meta) and kept.ge == 1 and kept.examples == [3]
    assert kept.extra_json_schema == {"x-pinned": True}
    assert met.extra_json_schema == {"x-pinned": False} and met.min_length == 1
