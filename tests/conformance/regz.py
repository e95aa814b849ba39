"""Suite ``regz``: annual percentage rates of Regulation Z, Appendix J; loan costs, Appendix K."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.disclosure.actuarial import Flow
from engine.disclosure.apr import flows_apr
from engine.disclosure.unit_period import (
    DaysPeriod,
    MonthsPeriod,
    SemimonthPeriod,
    TermPeriod,
    UnitPeriod,
    series_day,
    unit_period,
    unit_periods_between,
    unit_periods_per_year,
)
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_decimal
from tests.conformance.verdict import Case, Differs, Unsupported

_FIRST_AND_LAST = re.compile(r"(\d+) advances, first \(0, ([\d.]+)\), last \((\d+), ([\d.]+)\)")


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The cases of an Appendix J file."""
    if not isinstance(document, dict):
        return
    for example in document.get("examples", ()):
        if "expected_apr_percent" in example and "unit_period" in example:
            several = len(example["advances"]) > 1 or example["advances"][0]["count"] > 1
            tags = ("multiple-advance" if several else "single-advance", "apr")
            yield Case(example["id"], tags, lambda example=example: _check(example))
    for example in document.get("reverse_mortgage_talc_examples", ()):
        yield Case(example["id"], ("talc",), lambda example=example: _check_talc(example))


def _check(example: dict[str, Any]) -> None:
    unit = _unit(example)
    flows = _flows(example["advances"], -1) + _flows(example["payments"], 1)
    _compare(flows_apr(flows, unit), example["expected_apr_percent"])
    if example.get("dates"):
        _check_dates(example, unit)
    paid = sum(flow.amount for flow in flows if flow.amount > 0)
    lent = -sum(flow.amount for flow in flows if flow.amount < 0)
    for name, figure in (("total_of_payments", paid), ("finance_charge", paid - lent)):
        expected = example.get(f"expected_{name}")
        if expected is not None and figure != _cents(expected):
            raise Differs(f"{name} {Money(figure).text()}, expected {expected}")


def _compare(apr: Rate, expected: Any) -> None:
    percent = round_decimal(apr.exact * 100, 2, Rounding.half_up)
    if percent != Fraction(str(expected)):
        raise Differs(f"{float(apr.exact * 100):.6f} percent, expected {expected}")


def _cents(amount: Any) -> int:
    return int(Decimal(str(amount)).scaleb(2))


def _unit(example: dict[str, Any]) -> UnitPeriod:
    kind, *multiple = example["unit_period"]
    number = multiple[0] if multiple else 1
    match kind:
        case "month":
            unit: UnitPeriod = MonthsPeriod(months=number)
        case "year":
            unit = MonthsPeriod(months=12 * number)
        case "semimonth":
            unit = SemimonthPeriod()
        case "day":
            unit = DaysPeriod(days=number)
        case "week":
            unit = DaysPeriod(days=7 * number)
        case "term-days":
            unit = TermPeriod(per_year=Fraction(365, number))
        case _:
            raise Unsupported(f"unit period {example['unit_period']}")
    stated = Fraction(str(example["unit_periods_per_year"]))
    if abs(unit_periods_per_year(unit) - stated) > Fraction(1, 10**9):
        raise Differs(f"{unit_periods_per_year(unit)} unit periods a year, expected {stated}")
    return unit


def _flows(streams: list[dict[str, Any]], sign: int) -> list[Flow]:
    return [
        Flow(
            sign * _cents(stream["amount"]),
            stream["t"] + number * stream["step"],
            Fraction(stream["f"]),
        )
        for stream in streams
        for number in range(stream["count"])
    ]


def _check_dates(example: dict[str, Any], unit: UnitPeriod) -> None:
    """The engine counts the unit periods of the dates as the case states them."""
    dates = example["dates"]
    first = date.fromisoformat(dates["first_advance"])
    payments = [date.fromisoformat(payment["date"]) for payment in dates["payments"]]
    places = enumerate(dates["payments"])
    advances = [date.fromisoformat(day) for day in dates.get("advances", ())]
    for days, streams in (
        (payments, [example["payments"][at.get("stream", n)] for n, at in places]),
        (advances, example["advances"]),
    ):
        series = series_day(days) if days else 0
        for day, stream in zip(days, streams, strict=len(days) > 0):
            counted = unit_periods_between(unit, first, day, series)
            stated = (stream["t"], Fraction(stream["f"]))
            if counted != stated and example.get("dates_give_same_t_f"):
                raise Differs(f"{first} to {day} is {counted} unit periods, expected {stated}")
    if len(payments) > 3:
        found = unit_period(advances or [first], payments)
        every_date = all(stream["count"] == 1 for stream in example["payments"])
        if every_date and found != unit:
            raise Differs(f"the dates tell a unit period of {found}, expected {unit}")


def _check_talc(example: dict[str, Any]) -> None:
    """Total annual loan cost rate: advances against the amount owed at the end, Appendix K."""
    stated = _FIRST_AND_LAST.fullmatch(example["advances_summary"])
    if stated is None:
        raise Unsupported(f"advances stated as {example['advances_summary']!r}")
    count, first, last_at, later = stated.groups()
    if int(last_at) != int(count) - 1:
        raise Unsupported("advances that skip unit periods")
    amounts = [first, *[later] * (int(count) - 1)]
    flows = [Flow(-_cents(amount), at, Fraction(0)) for at, amount in enumerate(amounts)]
    owed = Flow(_cents(example["amount_owed_at_n"]), example["n_unit_periods"], Fraction(0))
    unit = MonthsPeriod(months=12 // example["unit_periods_per_year"])
    _compare(flows_apr([*flows, owed], unit), example["expected_talc_percent"])
