"""Suite ``daycount``: day counts and year fractions under 21 market conventions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from dateutil.easter import easter

from engine.values.calendar import BusinessCalendar
from engine.values.day_count import DayCount, ReferencePeriods, days, year_fraction
from tests.conformance.verdict import Case, Differs, Unsupported

_CONVENTIONS = {
    "30/360 Bond Basis (ISDA 2006 4.16(f))": DayCount.thirty_360,
    "30E/360 (Eurobond Basis, ISDA 2006 4.16(g))": DayCount.thirty_e_360,
    "30U/360 US (EOM rule)": DayCount.thirty_u_360,
    "30E/360 ISDA (ISDA 2006 4.16(h))": DayCount.thirty_e_360_isda,
    "30E+/360": DayCount.thirty_e_plus_360,
    "30/360 PSA": DayCount.thirty_360_psa,
    "30/365": DayCount.thirty_365,
    "30E/365": DayCount.thirty_e_365,
    "ACT/ACT ISDA": DayCount.actual_actual_isda,
    "ACT/ACT ICMA": DayCount.actual_actual_icma,
    "ACT/ACT AFB": DayCount.actual_actual_afb,
    "ACT/365F": DayCount.actual_365,
    "ACT/360": DayCount.actual_360,
    "ACT/364": DayCount.actual_364,
    "ACT/365.25": DayCount.actual_365_25,
    "ACT/365 Actual": DayCount.actual_365_actual,
    "ACT/365L": DayCount.actual_365l,
    "NL/365": DayCount.actual_365_no_leap,
    "NL/360": DayCount.actual_360_no_leap,
    "1/1": DayCount.one,
    "BUS/252 (Brazil settlement calendar)": DayCount.business_252,
}
_FREQUENCY = re.compile(r"P(\d+)([DWMY])")
_A_YEAR = {"D": 365, "W": 52, "M": 12, "Y": 1}
_BRAZIL_FIXED = [(1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25)]
_BRAZIL_FROM_EASTER = (-48, -47, -2, 60)  # Carnival, Good Friday, Corpus Christi
_TOLERANCE = Fraction(1, 10**10)  # the cases state eleven or more decimals


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The cases of a day-count file."""
    if not isinstance(document, dict):
        return
    for example in document.get("examples", ()):
        if "convention" in example and "expected_fraction" in example:
            tags = (example["convention"],)
            yield Case(example["id"], tags, lambda example=example: _check(example))


def _check(example: dict[str, Any]) -> None:
    day_count = _CONVENTIONS.get(example["convention"])
    if day_count is None:
        raise Unsupported(f"convention {example['convention']}")
    start, end = (date.fromisoformat(example[key]) for key in ("start", "end"))
    periods = _periods(example, day_count, start, end)
    expected_days = example.get("expected_days", example.get("expected_business_days"))
    counted = days(day_count, start, end, periods)
    if expected_days is not None and counted != expected_days:
        raise Differs(f"{counted} days, expected {expected_days}")
    fraction = year_fraction(day_count, start, end, periods)
    if abs(fraction - Fraction(example["expected_fraction"])) > _TOLERANCE:
        raise Differs(f"{float(fraction)} of a year, expected {example['expected_fraction']}")


def _periods(
    example: dict[str, Any], day_count: DayCount, start: date, end: date
) -> ReferencePeriods:
    dates = example.get("quasi_coupon_dates") or (
        [example["period_end"]] if "period_end" in example else []
    )
    per_year = example.get("coupons_per_year") or _per_year(example.get("coupon_frequency", "P1M"))
    maturity = example.get("termination_date")
    business = day_count is DayCount.business_252
    return ReferencePeriods(
        dates=tuple(date.fromisoformat(text) for text in dates),
        per_year=Fraction(per_year),
        maturity=date.fromisoformat(maturity) if maturity else None,
        calendar=_brazil(min(start, end).year, max(start, end).year) if business else None,
    )


def _per_year(frequency: str) -> Fraction:
    found = _FREQUENCY.fullmatch(frequency)
    if found is None or not int(found[1]):
        raise Unsupported(f"coupons every {frequency}")
    return Fraction(_A_YEAR[found[2]], int(found[1]))


@cache
def _brazil(first_year: int, last_year: int) -> BusinessCalendar:
    """Brazil's settlement calendar: national holidays, Carnival and Corpus Christi."""
    closed = set()
    for year in range(first_year, last_year + 1):
        fixed = [*_BRAZIL_FIXED, (11, 20)] if year >= 2024 else _BRAZIL_FIXED
        closed |= {date(year, month, day) for month, day in fixed}
        closed |= {easter(year) + timedelta(days=days) for days in _BRAZIL_FROM_EASTER}
    return BusinessCalendar(holidays=frozenset(closed))
