"""Origination fee: charged once when the loan is paid out."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from engine.fees.fee_terms import Collected, FeeTerms
from engine.fees.known_facts import OF_CONTRACT


class OriginationFee(FeeTerms, frozen=True, kw_only=True, tag="origination_fee"):
    """Charged when the loan is paid out, from the proceeds or added to the principal."""

    known_facts: ClassVar[frozenset[str]] = OF_CONTRACT

    collected: Annotated[Collected, msgspec.Meta(description="From the proceeds or financed.")] = (
        "from_proceeds"
    )
