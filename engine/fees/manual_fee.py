"""Manual fee: charged by a person, for an amount the product fixes or lets them state."""

from __future__ import annotations

from typing import ClassVar

from engine.fees.fee_terms import FeeTerms
from engine.fees.known_facts import OF_LOAN


class ManualFee(FeeTerms, frozen=True, kw_only=True, tag="manual_fee"):
    """Charged by a person: a lien release, a copy of documents."""

    known_facts: ClassVar[frozenset[str]] = OF_LOAN | {"fee_amount"}
