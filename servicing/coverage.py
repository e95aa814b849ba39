"""The gap map of the house: its live products against its rules and their register."""

from __future__ import annotations

from datetime import date
from typing import Final

from engine.catalog.catalog import Catalog
from engine.compliance.coverage import Coverage, gaps
from engine.compliance.gap_map import STALE_AFTER, GapMap, gap_map
from engine.proof.waterfall_review import offered
from servicing.house import House

_NO_REGISTER: Final = Coverage(coverage="none", jurisdictions=())


def of_house(house: House, stale_after: int = STALE_AFTER) -> GapMap:
    """The map of what is offered today."""
    return of_catalog(house.catalog, house.clock.business_date(), stale_after)


def of_catalog(catalog: Catalog, on: date, stale_after: int = STALE_AFTER) -> GapMap:
    """The map of a catalog on a day; figures last compared so many days ago or more are stale."""
    rules = catalog.rules.rules if catalog.rules else {}
    register = catalog.coverage or _NO_REGISTER
    return gap_map(
        (offered(product) for product in catalog.live_products(on)),
        rules,
        register,
        gaps(register, frozenset(rules)),
        on,
        stale_after,
    )
