"""Ids that sort by the time they were made: a prefix and 26 base-32 characters."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

_DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o, u to be misread."""
_LENGTH: Final = 26


def new_id(prefix: str, at: datetime) -> str:
    """A new id: "loan_01jq…": 48 bits of milliseconds, then 82 random bits."""
    number = (int(at.timestamp() * 1000) << 82) | secrets.randbits(82)
    digits = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, 32)
        digits.append(_DIGITS[digit])
    return f"{prefix}_{''.join(reversed(digits))}"


def payment_id(loan_id: str, seq: int) -> str:
    """The public id of a payment: its loan and the number of its event."""
    return f"pay_{loan_id.removeprefix('loan_')}_{seq}"


def payment_of(ident: str) -> tuple[str, int] | None:
    """The loan and event number behind a payment id; None when it is not one."""
    suffix, _, seq = ident.removeprefix("pay_").rpartition("_")
    if not ident.startswith("pay_") or not suffix or not (seq.isascii() and seq.isdecimal()):
        return None
    return f"loan_{suffix}", int(seq)
