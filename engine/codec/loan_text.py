"""Events and loans as stored: canonical bytes, and the fingerprint that says a saved loan fits."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Final

import msgspec.inspect

from engine.codec.json_text import JsonText
from engine.loan.events import ENGINE_VERSION, Event
from engine.loan.loan import Loan

_EVENT: Final[JsonText[Event]] = JsonText(Event)
_STATE: Final[JsonText[Loan]] = JsonText(Loan, canonical=False)

encode_event: Final = _EVENT.encode
"""An event as the canonical bytes that are stored and hashed."""
decode_event: Final = _EVENT.decode
"""The event that stands in stored bytes."""
encode_state: Final = _STATE.encode
"""A loan's state as the bytes of its snapshot."""
decode_state: Final = _STATE.decode
"""The loan of a snapshot written under the same fingerprint."""


@cache
def state_fingerprint() -> str:
    """What a saved state was written under; when it differs, fold the events again."""
    shape = f"{ENGINE_VERSION} {msgspec.inspect.type_info(Loan)!r}"
    return hashlib.sha256(shape.encode()).hexdigest()[:16]
