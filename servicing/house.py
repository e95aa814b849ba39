"""The house as every door is given it: where the data are, what is on offer, what day it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from servicing.clock import Clock
from store import postgres

if TYPE_CHECKING:
    import asyncpg

    from engine.catalog.catalog import Catalog
    from servicing.servicer import Servicer
    from store.cipher import Cipher


@dataclass(frozen=True)
class House:
    """Everything a use case needs; made once by the composition root."""

    pool: asyncpg.Pool
    clock: Clock
    servicer: Servicer
    """The one write path."""
    cipher: Cipher
    """Keeps personal data unreadable in the database."""

    @property
    def catalog(self) -> Catalog:
        """Products and rules in force, as the database holds them."""
        return self.servicer.in_force.catalog


@asynccontextmanager
async def one_view(house: House) -> AsyncIterator[House]:
    """The house for reading what belongs together: every answer is of one moment of the book."""
    async with postgres.one_view(house.pool) as connection:
        yield replace(house, pool=connection)
