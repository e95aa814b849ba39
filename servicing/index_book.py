"""Values of rate indexes, given to whoever decides about a loan: those known at the time."""

from __future__ import annotations

import asyncpg
from msgspec.structs import replace

from engine.catalog.catalog import Catalog
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.interest_method import rate_plan_of
from engine.interest.rate_plan.rate_plan import index_of
from engine.product.product import Product
from store.index_rows import index_values


def index_followed(product: Product) -> str | None:
    """Name of the index the product's rate follows, if any."""
    return index_of(rate_plan_of(product.interest))


def indexes_followed(catalog: Catalog) -> dict[str, set[str]]:
    """Name of every index a product follows, with the ids of those products."""
    found: dict[str, set[str]] = {}
    for versions in catalog.products.values():
        for product in versions:
            index = index_followed(product)
            if index is not None:
                found.setdefault(index, set()).add(product.product)
    return found


async def with_indexes(pool: asyncpg.Pool, terms: TermsInForce) -> TermsInForce:
    """The terms with the values of the index they follow; asks nothing where they follow none."""
    index = index_followed(terms.product)
    if index is None:
        return terms
    return replace(terms, indexes=await index_values(pool, [index]))
