"""The two clocks of every read: the day the numbers are for, and the moment from which we look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Final

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
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2200, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """From when, and as of which day, a read is answered."""

    as_of: date | None
    as_known_at: datetime | None


def seen(as_of: AsOf = None, as_known_at: AsKnownAt = None) -> Seen:
    """Dependency of every read of a loan or the book; raises ``Problem`` 422."""
    known_on = as_known_at.date() if as_known_at is not None else None
    faults = _beyond(as_of=as_of, as_known_at=known_on)
    if as_known_at is not None and as_known_at.tzinfo is None:
        message = "as_known_at needs an offset, such as 2026-01-31T12:00:00Z"
        faults.append(Fault(parameter="as_known_at", message=message))
    if faults:
        raise invalid(*faults)
    return Seen(as_of=as_of, as_known_at=as_known_at.astimezone(UTC) if as_known_at else None)


def within_calendar(**days: date | None) -> None:
    """Raises ``Problem`` 422 naming every parameter whose day no calendar of ours reaches."""
    if faults := _beyond(**days):
        raise invalid(*faults)


def _beyond(**days: date | None) -> list[Fault]:
    return [
        Fault(parameter=name, message=f"{day} is not between {EARLIEST} and {LATEST}")
        for name, day in days.items()
        if day is not None and not EARLIEST <= day <= LATEST
    ]
