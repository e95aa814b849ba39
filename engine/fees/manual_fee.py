"""Manual fee: charged by a person, for an amount the product fixes."""

from __future__ import annotations

from engine.fees.fee_terms import FeeTerms


class ManualFee(FeeTerms, frozen=True, kw_only=True, tag="manual_fee"):
    """Charged by a person: a lien release, a copy of documents."""
