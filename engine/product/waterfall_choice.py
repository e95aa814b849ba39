"""The waterfall of a product: one shared by products, or an order of its own."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec

from engine.payments.waterfall import Waterfall
from engine.product.marks import DEFINITION_ID, REFERENCE, live, pinned


class SharedWaterfall(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="shared",
):
    """A waterfall document that products share."""

    waterfall: Annotated[
        str,
        pinned("Id and version.", pattern=REFERENCE, examples=["consumer_standard@1"]),
    ]


class OwnWaterfall(
    Waterfall, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="own"
):
    """An order of this product alone."""


WaterfallChoice: TypeAlias = SharedWaterfall | OwnWaterfall


class WaterfallDocument(Waterfall, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A waterfall as a document of its own: one version that products refer to."""

    waterfall: Annotated[
        str,
        pinned("Id, which is its folder.", pattern=DEFINITION_ID, examples=["consumer_standard"]),
    ]
    version: Annotated[int, pinned("Number of this version, from 1.", ge=1, le=999_999)]
    title: Annotated[str, live("What people call it.", min_length=1, max_length=120)]

    @property
    def reference(self) -> str:
        """Id and version in one word: "consumer_standard@1"."""
        return f"{self.waterfall}@{self.version}"
