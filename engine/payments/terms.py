"""What payments may do under a product: pay in part, pay early, fall a little short."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from engine.values.money import ZERO, Money


class PartialPayments(StrEnum):
    """What becomes of a payment that does not cover the oldest installment."""

    apply = "apply"
    """It is applied at once."""
    hold_until_full = "hold_until_full"
    """It is held as unapplied funds until the installment is covered."""


class PaymentTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How payments meet installments."""

    partial_payments: Annotated[
        PartialPayments, msgspec.Meta(description="What a partial payment does.")
    ] = PartialPayments.apply
    early_window_days: Annotated[
        int,
        msgspec.Meta(
            description="Days before its due date from which money satisfies an installment.",
            ge=0,
            le=366,
        ),
    ] = 31
    payoff_tolerance: Annotated[
        Money, msgspec.Meta(description="Residue forgiven so that a loan can close.")
    ] = ZERO
