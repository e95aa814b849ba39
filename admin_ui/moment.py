"""The day a page looks at the book, and what was known when: both stand in its address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Final
from urllib.parse import urlencode

import msgspec

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2200, 12, 31)
"""No calendar of ours reaches further."""


class Moment(msgspec.Struct, frozen=True):
    """As of a day, as known at a moment; both empty means now."""

    as_of: date | None = None
    as_known_at: datetime | None = None

    @property
    def is_now(self) -> bool:
        """Whether nothing was chosen."""
        return self.as_of is None and self.as_known_at is None

    def address(self, path: str, **more: str) -> str:
        """A path with this moment, and other filters that are not empty, in its query."""
        query = {name: value for name, value in more.items() if value}
        if self.as_of is not None:
            query["as_of"] = self.as_of.isoformat()
        if self.as_known_at is not None:
            query["as_known_at"] = self.as_known_at.isoformat()
        return f"{path}?{urlencode(query)}" if query else path


def moment_of(query: Mapping[str, str]) -> Moment:
    """The moment in an address; what is no date, or beyond every calendar, is left out."""
    return Moment(day_of(query.get("as_of")), _moment(query.get("as_known_at", "")))


def end_of(day: date) -> datetime:
    """The last moment of a day in UTC: what was known when it ended."""
    return datetime.combine(day, time.max, UTC)


def day_of(text: str | None) -> date | None:
    """A day written year-month-day; None for anything else, and beyond every calendar."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not EARLIEST <= moment.date() <= LATEST:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
