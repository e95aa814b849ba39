"""Suite ``eu_aprc``: annual percentage rates of charge under the EU directives, Annex I."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.disclosure.eu_aprc import (
    Interval,
    TimedAmount,
    annual_percentage_rate_of_charge,
    years_between,
)
from engine.values.money import Money
from engine.values.rounding import Rounding, round_decimal, round_ratio
from tests.conformance.verdict import Case, Differs, Unsupported

_COUNTED_IN = {
    "week": Interval.week,
    "month": Interval.month,
    "quarter": Interval.month,
    "year": Interval.year,
}
_MICRO = 10**6  # amounts are computed by the examples, so some have more than two decimals


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The cases of an APRC file."""
    if not isinstance(document, dict):
        return
    for example in document.get("examples", ()):
        if "expected_X_percent" in example:
            tags = (example["kind"], example["feature"])
            yield Case(example["id"], tags, lambda example=example: _check(example))
    for number, example in enumerate(document.get("interval_examples", ()), 1):
        identity = example.get("id", f"interval-{number}")
        yield Case(identity, ("interval",), lambda example=example: _check_interval(example))


def _check(example: dict[str, Any]) -> None:
    rate = annual_percentage_rate_of_charge(
        _stream(example["drawdowns"]), _stream(example["payments"])
    )
    percent = rate.exact * 100
    tolerance = max(Fraction(str(example.get("X_tolerance", 0))), Fraction(6, 10**7))
    if abs(percent - Fraction(str(example["expected_X_percent"]))) > tolerance:
        raise Differs(f"{float(percent):.7f} percent, expected {example['expected_X_percent']}")
    if round_decimal(percent, 1, Rounding.half_up) != Fraction(str(example["expected_apr_1dp"])):
        raise Differs(f"{float(percent):.4f} rounds otherwise than {example['expected_apr_1dp']}")
    for key, day in (example.get("dates") or {}).items():
        if key == "first_payment":
            _check_first(example, date.fromisoformat(day))


def _check_first(example: dict[str, Any], first_payment: date) -> None:
    agreement = date.fromisoformat(example["dates"]["agreement"])
    later = [flow for flow in example["payments"] if Fraction(flow["first_t"]) > 0]
    if not later:
        raise Unsupported("a first payment on the day of the agreement")
    stream = next((flow for flow in later if flow["count"] > 1), later[0])
    counted = years_between(agreement, first_payment, _rhythm(stream))
    if counted != Fraction(stream["first_t"]):
        raise Differs(f"{agreement} to {first_payment} is {counted}, not {stream['first_t']}")


def _rhythm(stream: dict[str, Any]) -> Interval:
    """The whole periods in which the payments of a stream come."""
    step = Fraction(stream["step"])
    if step and step % 1 == 0:
        return Interval.year
    weeks = step * 52
    return Interval.week if step and weeks % 1 == 0 and (step * 12) % 1 else Interval.month


def _stream(flows: list[dict[str, Any]]) -> list[TimedAmount]:
    return [
        TimedAmount(
            Fraction(flow["first_t"]) + number * Fraction(flow["step"]),
            Money(_micro(flow["amount"])),
        )
        for flow in flows
        for number in range(flow["count"])
    ]


def _micro(amount: Any) -> int:
    exact = Fraction(str(amount)) * _MICRO
    return round_ratio(exact.numerator, exact.denominator, Rounding.half_up)


def _check_interval(example: dict[str, Any]) -> None:
    agreement, payment = (date.fromisoformat(example[key]) for key in ("agreement", "payment"))
    counted_in = _COUNTED_IN.get(example["frequency"])
    if counted_in is None:
        raise Unsupported(f"intervals counted in {example['frequency']}s")
    stated = example["expected_interval"]
    expected = Fraction(stated.get("months", 0), 12) + stated.get("years", 0)
    expected += Fraction(stated.get("weeks", 0), 52)
    if stated.get("days"):
        expected += Fraction(stated["days"], stated["year_days"])
    counted = years_between(agreement, payment, counted_in)
    if counted != expected:
        raise Differs(f"{agreement} to {payment} is {counted} years, expected {expected}")
