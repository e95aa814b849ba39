"""The house as every door is given it: where the data are, what is on offer, what day it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servicing.clock import Clock

if TYPE_CHECKING:
    import asyncpg

    from engine.catalog.catalog import Catalog
    from servicing.servicer import Servicer
    from store.cipher import Cipher


@dataclass(frozen=True)
class House:
    """Everything a use case needs; made once by the composition root."""

    pool: asyncpg.Pool
    catalog: Catalog
    """Products and rules in force, as the database holds them."""
    clock: Clock
    servicer: Servicer
    """The one write path."""
    cipher: Cipher
    """Keeps personal data unreadable in the database."""
