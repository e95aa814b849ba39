"""What a change of the rate that the plan foresees does to the installments still to come."""

from __future__ import annotations

from enum import StrEnum


class PaymentAtChange(StrEnum):
    """What becomes of the payment when the plan moves the rate."""

    set_anew = "set_anew"
    """Installments still to come are worked out again from the balance and the rate of the day.
    Alias: recast, re-amortization."""
    kept = "kept"
    """Installments stay as the contract's schedule has them; the last one takes the difference."""
