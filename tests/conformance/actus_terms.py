"""ACTUS terms read one by one: amounts, days, cycles."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

from engine.values.due_dates import due_date
from engine.values.frequency import EveryDays, EveryMonths, EveryWeeks, Frequency
from engine.values.money import Money, minor_digits
from engine.values.months import is_month_end
from engine.values.recurrence import LastPeriod, Recurrence
from engine.values.rounding import Rounding, round_exact
from tests.conformance.verdict import Unsupported

CURRENCY = "XTS"
UNIT = 10 ** minor_digits(CURRENCY)
_CYCLE = re.compile(r"P(\d+)([DWMQHY])(?:L([01]))?")
_PERIOD = re.compile(r"P(\d+)([DWMQHY])")
_MONTHS = {"M": 1, "Q": 3, "H": 6, "Y": 12}
_REFUSED = {
    "cycleOfFee": "fees in a projection",
    "prepaymentEffect": "prepayments of a model",
    "cyclePointOfInterestPayment": "interest paid in advance",
}  # fmt: skip


class Terms:
    """The terms of one case, read as ours; amounts carry no sign of a side."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.given: dict[str, Any] = case["terms"]
        self.observed: dict[str, Any] = case.get("dataObserved") or {}
        self.happened: list[dict[str, Any]] = case.get("eventsObserved") or []
        for name, what in _REFUSED.items():
            if name in self.given:
                raise Unsupported(what)

    @property
    def kind(self) -> str:
        return str(self.given["contractType"])

    @property
    def sign(self) -> int:
        """1 for the side that lends, -1 for the side that owes."""
        return {"RPA": 1, "RPL": -1}[self.given["contractRole"]]

    def text(self, name: str) -> str | None:
        value = self.given.get(name)
        return None if value is None else str(value).strip()

    def money(self, name: str) -> Money | None:
        text = self.text(name)
        return None if text is None else money(text)

    def number(self, name: str, default: str) -> Fraction:
        return Fraction(self.text(name) or default)

    def day(self, name: str) -> date | None:
        text = self.text(name)
        return None if text is None else day(text)

    def needed(self, name: str) -> date:
        found = self.day(name)
        assert found is not None, f"{name} is missing"
        return found

    def several(self, name: str, count: int | None = None) -> list[Any]:
        """The values of an array term; one that is no array stands for all ``count``."""
        value = self.given.get(name)
        if isinstance(value, list):
            return value
        return [value] * count if count else [] if value is None else [value]

    def recurrence(self, first: date, cycle: str | None) -> Recurrence:
        """Dates from the anchor on; month ends where the terms ask for them."""
        if cycle is None:
            return Recurrence(first=first)
        matched = _CYCLE.fullmatch(cycle)
        assert matched, f"{cycle} is no cycle"
        count, unit, stub = int(matched[1]), matched[2], matched[3]
        to_month_end = self.text("endOfMonthConvention") == "EOM" and is_month_end(first)
        frequency = _frequency(count, unit, 31 if to_month_end else None)
        last = LastPeriod.long if stub == "0" else LastPeriod.short
        return Recurrence(first=first, frequency=frequency, last_period=last)

    def cycle(self, of: str, *, at_start: bool = False) -> tuple[Recurrence, ...]:
        """The recurrence of an event; without an anchor it begins one cycle after the start."""
        first, cycle = self.day(f"cycleAnchorDateOf{of}"), self.text(f"cycleOf{of}")
        if first is None and cycle is None:
            return ()
        if first is None:
            start = self.needed("initialExchangeDate")
            assert cycle is not None
            first = start if at_start else due_date(start, period(cycle), 2)
        return (self.recurrence(first, cycle),)


def money(text: Any) -> Money:
    """An amount in minor units of the test currency, to its last digit."""
    return round_exact(Fraction(str(text).strip()) * UNIT, Rounding.half_even)


def day(text: str) -> date:
    """The date of a timestamp; one second before midnight is still that day."""
    return date.fromisoformat(text[:10])


def ends_with_the_day(text: str | None) -> bool:
    """Whether a timestamp means the end of its day."""
    return text is not None and text[11:] == "23:59:59"


def _frequency(count: int, unit: str, on_day: int | None) -> Frequency:
    match unit:
        case "D":
            return EveryDays(days=count)
        case "W":
            return EveryWeeks(weeks=count)
        case _:
            return EveryMonths(months=count * _MONTHS[unit], day=on_day)


def period(text: str) -> Frequency:
    matched = _PERIOD.match(text)
    assert matched, f"{text} is no period"
    return _frequency(int(matched[1]), matched[2], None)
