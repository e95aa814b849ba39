"""The two clocks of every read: the day the numbers are for, and the moment from which we look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from litestar.params import QueryParameter

from api.problem import Fault, invalid

AsOf = Annotated[
    date | None,
    QueryParameter(description="Day the numbers are for; default: the business date. May be past."),
]
AsKnownAt = Annotated[
    datetime | None,
    QueryParameter(
        description="Moment from which to look: what was recorded later is not seen. RFC 3339 with"
        " an offset. Default: now."
    ),
]
EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """From when, and as of which day, a read is answered."""

    as_of: date | None
    as_known_at: datetime | None


def seen(as_of: AsOf = None, as_known_at: AsKnownAt = None) -> Seen:
    """Dependency of every read of a loan or the book; raises ``Problem`` 422."""
    if as_of is not None:
        within_calendar(as_of, "as_of")
    if as_known_at is not None:
        if as_known_at.tzinfo is None:
            message = "as_known_at needs an offset, such as 2026-01-31T12:00:00Z"
            raise invalid(Fault(parameter="as_known_at", message=message))
        within_calendar(as_known_at.date(), "as_known_at")
        as_known_at = as_known_at.astimezone(UTC)
    return Seen(as_of=as_of, as_known_at=as_known_at)


def within_calendar(day: date, parameter: str) -> date:
    """The day, or ``Problem`` 422 when no calendar of ours reaches it."""
    if not EARLIEST <= day <= LATEST:
        message = f"{day} is not between {EARLIEST} and {LATEST}"
        raise invalid(Fault(parameter=parameter, message=message))
    return day
