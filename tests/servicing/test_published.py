"""The catalog of a running process is what the database holds."""

from __future__ import annotations

from servicing.in_force import InForce
from servicing.published import published_catalog
from tests.servicing.lending import Lender


async def test_what_is_published_is_what_the_folders_gave(lender: Lender) -> None:
    found, house = await published_catalog(lender.house.pool), lender.house
    assert found.hashes == house.catalog.hashes
    assert found.products == house.catalog.products
    assert found.rules and house.catalog.rules
    assert found.rules.rules.keys() == house.catalog.rules.rules.keys()


async def test_what_is_put_in_force_counts_for_whoever_asks_next(lender: Lender) -> None:
    house = lender.house
    assert isinstance(house.servicer.in_force, InForce)
    other = await published_catalog(house.pool)
    house.servicer.in_force.catalog = other
    assert house.catalog is other
    assert house.servicer.with_clock(lender.clock).in_force.catalog is other
