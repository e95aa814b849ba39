"""Whether the house can do its work now."""

from __future__ import annotations

from servicing.house import House
from store.postgres import UNREACHABLE
from store.reachable import is_reachable

OK = "ok"
DATABASE_AWAY = UNREACHABLE
"""What a read raises while the database cannot be reached; commands raise ``Unavailable``."""


async def readiness(house: House) -> dict[str, str]:
    """What was looked at, each "ok" or what is wrong with it."""
    return {
        "database": OK if await is_reachable(house.pool) else "cannot be reached",
        "definitions": OK if house.catalog.products else "no product is published",
    }
