"""Where a definition is used: which product versions rest on each version, and how many loans."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from engine.catalog.catalog import Catalog
from engine.compliance.gap_map import speaks_of
from engine.product.product import Product
from engine.product.waterfall_choice import SharedWaterfall
from engine.proof.waterfall_review import offered
from servicing.catalog_reads import products
from servicing.errors import NotFound
from servicing.house import House
from servicing.publishing.candidate import KIND_OF, numbers
from servicing.publishing.places import reference_of
from servicing.views import ProductVersionRow
from servicing.views.publishing import ProductUse, WhereUsed
from store.definitions.kinds import CALENDAR, CHART, PRODUCT, RULE, WATERFALL
from store.loans_of_product import live_by_version

_SHARED: Final[dict[str, Callable[[Product], str]]] = {
    WATERFALL.name: lambda product: (
        product.waterfall.waterfall if isinstance(product.waterfall, SharedWaterfall) else ""
    ),
    CALENDAR.name: lambda product: product.due_dates.calendar,
    CHART.name: lambda product: product.books,
}
"""Kind of shared definition → the one a product refers to."""


async def where_used(house: House, kind: str, name: str) -> tuple[WhereUsed, ...]:
    """Each published version of a definition, the latest first, with the products resting on it.

    ``kind`` is product, rule, waterfall, calendar or chart_of_accounts. A rule has one version, and
    the products of which it may speak today are told. NotFound where nothing is published.
    """
    if kind not in KIND_OF:
        raise NotFound("kind of definition", kind)
    references = _references(house.catalog, kind, name)
    if not references:
        raise NotFound(kind.replace("_", " "), name)
    live = await live_by_version(house.pool)
    rows = {f"{row.product}@{row.version}": row for row in await products(house)}
    today = house.clock.business_date()
    return await asyncio.to_thread(
        lambda: tuple(
            _used(reference, tuple(_users(house.catalog, kind, reference, today)), rows, live)
            for reference in references
        )
    )


def _references(catalog: Catalog, kind: str, name: str) -> list[str]:
    if kind == RULE.name:
        return [name] if catalog.rules and name in catalog.rules.rules else []
    found = sorted(numbers(catalog, kind, name), reverse=True)
    return [reference_of(kind, name, number) for number in found]


def _users(catalog: Catalog, kind: str, reference: str, today: date) -> Iterator[Product]:
    """Product versions that rest on a version of a definition."""
    for versions in catalog.products.values():
        for product in versions:
            if kind == PRODUCT.name:
                uses = product.reference == reference
            elif kind == RULE.name:
                assert catalog.rules is not None
                on = max(today, product.live_from)
                uses = speaks_of(catalog.rules.rules[reference], offered(product), on)
            else:
                uses = _SHARED[kind](product) == reference
            if uses:
                yield product


def _used(
    reference: str,
    users: tuple[Product, ...],
    rows: dict[str, ProductVersionRow],
    live: dict[tuple[str, int], int],
) -> WhereUsed:
    uses = tuple(
        ProductUse(
            reference=product.reference,
            title=product.title,
            state=rows[product.reference].state,
            live_loans=live.get((product.product, product.version), 0),
            loans=rows[product.reference].loans,
        )
        for product in users
    )
    return WhereUsed(
        reference=reference, products=uses, live_loans=sum(use.live_loans for use in uses)
    )
