"""The base of every event: the day it counts from."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.compliance.set_aside import SetAside


class DatedEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="event"):
    """An event with the day it counts from; which one it is stands in the field ``event``."""

    effective_on: date
    """The day the event counts from."""
    set_aside: tuple[SetAside, ...] = ()
    """Rules that forbade it and that a second person let be set aside."""
