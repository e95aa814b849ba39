"""What day it is for servicing, and what moment it is: the only clocks in the house."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the business date of a legal entity and the moment in UTC."""

    def business_date(self, legal_entity_id: str = "main") -> date:
        """Today's servicing date in the legal entity's time zone."""
        ...

    def time_zone(self, legal_entity_id: str = "main") -> str:
        """Name of the time zone in which the entity's days begin."""
        ...

    def now(self) -> datetime:
        """This moment, UTC."""
        ...


class SystemClock:
    """The clock of the machine; after ``cutoff`` local time the next business date has begun."""

    def __init__(
        self,
        time_zones: dict[str, str] | None = None,
        cutoff: time | None = None,
        *,
        default_time_zone: str = "America/New_York",
    ) -> None:
        self._zones = {entity: ZoneInfo(name) for entity, name in (time_zones or {}).items()}
        self._default = ZoneInfo(default_time_zone)
        self._cutoff = cutoff

    def business_date(self, legal_entity_id: str = "main") -> date:
        """Today's servicing date in the legal entity's time zone."""
        local = self.now().astimezone(self._zones.get(legal_entity_id, self._default))
        after_cutoff = self._cutoff is not None and local.time() >= self._cutoff
        return local.date() + timedelta(days=1) if after_cutoff else local.date()

    def time_zone(self, legal_entity_id: str = "main") -> str:
        """Name of the time zone in which the entity's days begin."""
        return self._zones.get(legal_entity_id, self._default).key

    def now(self) -> datetime:
        """This moment, UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it is set, for tests and for driving a book through its past.

    Moments of one day follow each other by a millisecond, so that ``recorded_at`` keeps order.
    """

    def __init__(self, day: date, at: time = time(15, 0)) -> None:
        self._at = at
        self.set(day)

    def set(self, day: date) -> None:
        """Make it noon-ish of that day."""
        self._day = day
        self._now = datetime.combine(day, self._at, UTC)

    def business_date(self, legal_entity_id: str = "main") -> date:
        """The day set."""
        return self._day

    def time_zone(self, legal_entity_id: str = "main") -> str:
        """A day that is set begins nowhere in particular."""
        return "UTC"

    def now(self) -> datetime:
        """The moment reached on the day set; each call is a millisecond later."""
        self._now += timedelta(milliseconds=1)
        return self._now
