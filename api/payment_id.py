"""The id of a payment and the number of its event in the history of its loan."""

from __future__ import annotations

from typing import Final

from servicing.errors import NotFound
from servicing.ids import payment_of

_LONGEST: Final = 60


def payment_number(loan_id: str, payment_id: str) -> int:
    """Sequence number of the PaymentReceived event; NotFound when the id is of another loan."""
    found = payment_of(payment_id) if len(payment_id) <= _LONGEST else None
    if found is None or found[0] != loan_id:
        raise NotFound("payment", payment_id)
    return found[1]
