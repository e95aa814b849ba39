"""A contract in few words, and its flows to read."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.projection.contract import Contract, LastDay
from engine.projection.flow import Flow
from engine.projection.project import project
from engine.projection.standing import Earning
from engine.values.day_count import DayCount
from engine.values.frequency import EveryMonths
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.recurrence import Recurrence
from engine.values.rounding import Rounding, round_exact

START = date(2024, 1, 15)
LATE = date(2099, 1, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def monthly(first: str, every: int = 1) -> Recurrence:
    return Recurrence(first=day(first), frequency=EveryMonths(months=every))


def contract(**terms: Any) -> Contract:
    """1,000.00 at 12 percent from 15 January 2024, 30E/360, to 15 July unless said otherwise."""
    usual: dict[str, Any] = {
        "principal": Money(100_000),
        "disbursed_on": START,
        "rate": Rate.parse("0.12"),
        "earning": Earning(day_count=DayCount.thirty_e_360),
        "interest_dates": (monthly("2024-02-15"),),
        "maturity": LastDay(on=day("2024-07-15")),
    }
    return Contract(**{**usual, **terms})


def rows(given: Contract, through: date = LATE) -> list[tuple[str, str, int, int, int]]:
    """Date, kind, amount, principal and accrued interest of each flow, in cents."""
    return [_row(flow) for flow in project(given, through)]


def _row(flow: Flow) -> tuple[str, str, int, int, int]:
    accrued = round_exact(flow.accrued, Rounding.half_up).minor
    amounts = flow.amount.minor, flow.principal.minor, accrued
    return (flow.on.isoformat(), flow.kind.value, *amounts)
