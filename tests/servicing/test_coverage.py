"""The gap map of the house: its own products, rules and register."""

from __future__ import annotations

from datetime import date

from app.settings import CHECKOUT
from servicing.coverage import of_catalog
from store.definitions.load import load_catalog

DAY = date(2026, 11, 24)


def test_the_map_of_what_is_offered() -> None:
    catalog = load_catalog(CHECKOUT / "products", CHECKOUT / "rules")
    found = of_catalog(catalog, DAY)
    assert found.products == tuple(
        sorted(product.product for product in catalog.live_products(DAY))
    )
    assert {"auto_simple_interest", "pay_in_4", "personal_installment"} <= set(found.products)
    assert found.disagreements == () and all(rule.tested for rule in found.rules)
    places = {row.place: row for row in found.places}
    assert all(cell.rules for cell in places["California"].cells)
    assert all(cell.gap for cell in places["Texas"].cells)
    assert not any(cell.offered for cell in places["Kenya"].cells)
