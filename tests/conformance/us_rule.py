"""Suite ``us_rule``: unpaid interest that earns nothing, beside the actuarial method."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.amortization.interest_periods import interest_periods
from engine.amortization.roll import RollTerms, by_payment
from engine.interest.accrual import per_diem
from engine.values.day_count import DayCount
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact
from tests.conformance.verdict import Case, Differs, Unsupported

_EPOCH = date(2023, 1, 1)
_COUNTS = {
    ("actual", 360): DayCount.actual_360,
    ("actual", 365): DayCount.actual_365,
    ("30/360", 360): DayCount.thirty_360,
    ("30/360", 365): DayCount.thirty_365,
}


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The cases of a US Rule file."""
    if not isinstance(document, dict) or "simple_interest_daily" not in document:
        return
    for example in document.get("examples", ()):
        yield Case(example["id"], (example["method"],), lambda example=example: _check(example))
    for example in document["simple_interest_daily"]:
        yield Case(example["id"], ("daily",), lambda example=example: _check_daily(example))


def _cents(amount: Any) -> int:
    return int(Fraction(str(amount)) * 100)


def _day(text: str) -> date:
    return _EPOCH + timedelta(days=int(text)) if text.isdigit() else date.fromisoformat(text)


def _expect(figures: dict[str, int], expected: dict[str, Any], slack: int = 0) -> None:
    for name, stated in expected.items():
        if name not in figures:
            raise Unsupported(f"figure {name}")
        if abs(figures[name] - _cents(stated)) > slack:
            raise Differs(f"{name} {figures[name] / 100}, expected {stated}")


def _check(example: dict[str, Any]) -> None:
    day_count = _COUNTS.get((example["day_count"], example["year_basis"]))
    if day_count is None:
        raise Unsupported(f"{example['day_count']} days over {example['year_basis']}")
    start, end = _day(example["start"]), _day(example["end"])
    dates = [_day(day) for day, _ in example["payments"]] + [end]
    periods = interest_periods(start, dates, Rate(Fraction(str(example["annual_rate"]))), day_count)
    capitalized = frozenset(range(len(dates)) if example["method"] == "actuarial" else ())
    columns = by_payment(
        _cents(example["principal"]),
        periods,
        [*(_cents(amount) for _, amount in example["payments"]), 0],
        RollTerms(Rounding.half_up, carried=False, capitalized=capitalized),
    )
    figures = {"final_interest": columns.interest[-1], "final_due": columns.payment[-1]}
    balance, unpaid = _cents(example["principal"]), 0
    for index, numerator in enumerate(periods.numerators[:-1]):
        earned = round_exact(Fraction(balance * numerator, periods.denominator), Rounding.half_up)
        unpaid += earned.minor - columns.interest[index]
        figures[f"interest_{index + 1}"] = earned.minor
        figures[f"unpaid_interest_{index + 1}"] = unpaid
        balance = figures[f"principal_after_{index + 1}"] = columns.balance[index]
    # Where nobody published the answer, it is another program's floating point: within a cent.
    recomputed = "recomputation" in example.get("provenance", "")
    _expect(figures, example["expected"], slack=1 if recomputed else 0)


def _check_daily(example: dict[str, Any]) -> None:
    balance, days = Money(_cents(example["principal"])), example["days_since_last_payment"]
    by_360 = "360" in example.get("method", "")
    day_count = DayCount.actual_360 if by_360 else DayCount.actual_365
    daily = per_diem(balance, Rate(Fraction(str(example["apr"])) / 100), day_count, _EPOCH)
    interest = round_exact(daily * days, Rounding.half_up).minor
    figures = {
        "per_diem": round_exact(daily, Rounding.half_up).minor,
        "interest": interest,
        "principal": _cents(example["payment"]) - interest,
    }
    _expect(figures, example["expected"])
