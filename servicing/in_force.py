"""The catalog in force in this process: what is published, until more is.

Everyone who decides takes it from here at the moment of deciding, so that what one process
publishes counts in every other as soon as it has heard of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.catalog.catalog import Catalog


class InForce:
    """Holds the one catalog that counts; a publication puts the next in its place."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
