"""The composition root: settings become a house that every door can be given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.settings import Settings
from servicing.catalog_apply import apply
from servicing.clock import Clock, SystemClock
from servicing.house import House
from servicing.in_force import InForce
from servicing.published import published_catalog
from servicing.publishing import effect
from servicing.servicer import Servicer
from store.cipher import Cipher
from store.migrate import upgrade
from store.postgres import open_pool


@asynccontextmanager
async def open_house(
    settings: Settings, url: str, *, clock: Clock | None = None, publish: bool = True
) -> AsyncIterator[House]:
    """A house on the database at ``url``, migrated and with new definitions published first.

    Without ``publish`` only what the database holds is in force and the folders are not read.
    Raises DefinitionError with every fault when products or rules are wrong.
    """
    await upgrade(url)
    clock = clock or SystemClock()
    cipher = Cipher.in_home(settings.home)
    async with open_pool(url, size=settings.pool_size) as pool:
        catalog = (
            await apply(pool, settings.products, settings.rules, clock)
            if publish
            else await published_catalog(pool)
        )
        servicer = Servicer(pool, InForce(catalog), clock, cipher)
        house = House(pool=pool, clock=clock, servicer=servicer, cipher=cipher)
        try:
            yield house
        finally:
            await effect.end_all(house)
