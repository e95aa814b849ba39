"""Rates of resets that have a rhythm of their own."""

from __future__ import annotations

from datetime import date

from engine.interest.accrual import RateChange
from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.index_values import IndexValue
from engine.interest.rate_plan.span import MonthSpan
from engine.projection.rate_resets import rate_resets
from engine.values.rate import Rate

PLAN = IndexLinked(
    index="us_prime",
    margin=Rate.parse("0.02"),
    first_reset_after=MonthSpan(count=1),
    reset_every=MonthSpan(count=1),
    periodic_cap=Rate.parse("0.01"),
)
DAYS = [date(2024, 3, 1), date(2024, 3, 30), date(2024, 4, 28)]


def published(day: date, value: str) -> IndexValue:
    return IndexValue(value_on=day, value=Rate.parse(value), known_on=day)


def test_each_reset_goes_by_its_day_within_the_caps_and_waits_without_a_value() -> None:
    values = [published(DAYS[0], "0.035"), published(DAYS[1], "0.055")]
    assert rate_resets(PLAN, Rate.parse("0.05"), DAYS, values) == (
        RateChange(DAYS[0], Rate.parse("0.055")),
        RateChange(DAYS[1], Rate.parse("0.065")),
    )


def test_a_known_rate_stands_for_the_first_reset() -> None:
    values = [published(DAYS[1], "0.055"), published(DAYS[2], "0.045")]
    rates = rate_resets(PLAN, Rate.parse("0.05"), DAYS, values, Rate.parse("0.09"))
    assert [change.rate.text() for change in rates] == ["0.09", "0.075", "0.065"]
