"""Loans at the corners of a product's limits and between them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from engine.catalog.catalog import Catalog
from engine.catalog.terms_in_force import TermsInForce
from engine.product.limits import AmountRange, CountRange
from engine.proof.corners import loans_within, refused_within_limits
from engine.values.frequency import Biweekly, ExplicitDates, Monthly, Single
from engine.values.money import Money
from engine.values.rate import Rate
from store.definitions.load import load_catalog

CHECKOUT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(CHECKOUT / "products", CHECKOUT / "rules")


@pytest.fixture(scope="module")
def auto(catalog: Catalog) -> TermsInForce:
    return catalog.terms_in_force("auto_simple_interest", 1)


def test_every_corner_is_asked_for_every_frequency(auto: TermsInForce) -> None:
    asked = list(loans_within(auto.product, 0))
    assert len(asked) == 2 * 8
    assert {loan.amount for loan in asked} == {"3000.00", "75000.00"}
    assert {loan.note_rate for loan in asked} == {"0.0299", "0.2499"}
    assert {loan.number_of_payments for loan in asked} == {12, 182}
    assert {type(loan.frequency) for loan in asked} == {Monthly, Biweekly}


def test_points_between_are_within_the_limits_and_the_same_each_time(auto: TermsInForce) -> None:
    asked = list(loans_within(auto.product, 50))
    assert asked == list(loans_within(auto.product, 50))
    limits = auto.product.limits
    for loan in asked:
        amount = Money.parse(loan.amount, "USD")
        assert limits.amount.minimum <= amount <= limits.amount.maximum
        rate = Rate.parse(loan.note_rate)
        assert limits.note_rate.minimum <= rate <= limits.note_rate.maximum
        assert 12 <= loan.number_of_payments <= 182
    assert len({(loan.amount, loan.note_rate) for loan in asked}) > 50


def test_the_products_of_the_house_are_lent_everywhere_within_their_limits(
    catalog: Catalog,
) -> None:
    for versions in catalog.products.values():
        for product in versions:
            terms = catalog.terms_in_force(product.product, product.version)
            assert refused_within_limits(terms, 20) == ()


def test_a_corner_that_is_refused_has_one_witness(auto: TermsInForce) -> None:
    narrower = msgspec.structs.replace(
        auto.product.limits, amount=AmountRange(minimum=Money(0), maximum=Money(100))
    )
    product = msgspec.structs.replace(auto.product, limits=narrower)
    (corner,) = refused_within_limits(msgspec.structs.replace(auto, product=product), 0)
    assert corner.requested.amount == "0.00"
    assert corner.reason


def test_a_single_payment_and_listed_dates_are_asked_for_on_days_they_have(
    auto: TermsInForce,
) -> None:
    """A single payment has no rhythm from which a first day could follow."""
    listed = ExplicitDates(dates=(date(2020, 2, 10), date(2020, 5, 10)))
    due_dates = msgspec.structs.replace(auto.product.due_dates, frequencies=(Single(), listed))
    limits = msgspec.structs.replace(
        auto.product.limits, number_of_payments=CountRange(minimum=1, maximum=2)
    )
    product = msgspec.structs.replace(
        auto.product, due_dates=due_dates, limits=limits, live_from=date(2020, 1, 1)
    )
    asked = {loan.frequency: loan.first_payment_date for loan in loans_within(product, 0)}
    assert asked == {Single(): date(2020, 3, 1), listed: date(2020, 2, 10)}
    terms = msgspec.structs.replace(auto, product=product)
    assert all(corner.reason for corner in refused_within_limits(terms, 2))
