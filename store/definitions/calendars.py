"""Business calendars as documents: public holidays of a place, with days added or taken away."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated

import holidays
import msgspec

from engine.product.marks import DEFINITION_ID, live, pinned
from engine.values.calendar import BusinessCalendar


class PublicHolidays(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Public holidays of a country or a part of it, as the ``holidays`` library knows them."""

    country: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$", examples=["US"])]
    """Country by two letters, ISO 3166."""
    subdivision: str = ""
    """State or province by its ISO 3166-2 letters; empty for the whole country."""
    observed: bool = True
    """Whether a holiday on a weekend is kept on the weekday beside it."""
    from_year: Annotated[int, msgspec.Meta(ge=1970, le=2100)] = 1990
    """First year of which holidays are taken."""
    to_year: Annotated[int, msgspec.Meta(ge=1970, le=2100)] = 2060
    """Last year the holidays are worked out for."""


class NamedDay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One day and why it is added or taken away."""

    on: date
    name: Annotated[str, msgspec.Meta(min_length=1)]
    """What the day is called."""


class CalendarDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of a calendar of business days."""

    calendar: Annotated[
        str, pinned("Id, which is its folder.", pattern=DEFINITION_ID, examples=["us_federal"])
    ]
    version: Annotated[int, pinned("Number of this version, from 1.", ge=1, le=999_999)]
    title: Annotated[str, live("What people call it.", min_length=1, max_length=120)]
    weekend: tuple[Annotated[int, msgspec.Meta(ge=0, le=6)], ...] = (5, 6)
    """Weekdays without business, Monday is 0."""
    public_holidays: PublicHolidays | None = None
    """Holidays to begin with; none when left out."""
    add: tuple[NamedDay, ...] = ()
    """Further days without business."""
    remove: tuple[NamedDay, ...] = ()
    """Holidays on which business is done."""

    @property
    def reference(self) -> str:
        """Id and version in one word: "us_federal@1"."""
        return f"{self.calendar}@{self.version}"


def business_calendar(document: CalendarDocument) -> BusinessCalendar:
    """The calendar as the engine uses it. Raises ValueError for a place without holidays."""
    base = document.public_holidays
    days = _public(base) if base else frozenset()
    added = {day.on for day in document.add}
    removed = {day.on for day in document.remove}
    return BusinessCalendar(
        weekend=frozenset(document.weekend),
        holidays=(days | added) - removed,
        covers_to=date(base.to_year, 12, 31) if base else None,
    )


@cache
def _public(base: PublicHolidays) -> frozenset[date]:
    try:
        found = holidays.country_holidays(
            base.country,
            subdiv=base.subdivision or None,
            years=range(base.from_year, base.to_year + 1),
            observed=base.observed,
        )
    except NotImplementedError as unknown:
        place = f"{base.country} {base.subdivision}".strip()
        raise ValueError(f"the holidays library knows no holidays of {place}") from unknown
    return frozenset(found)
