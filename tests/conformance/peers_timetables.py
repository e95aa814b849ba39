"""Timetables of CapSens' loan-creator (MIT): standard, linear, in fine and bullet loans.

Its specification lets every amount be ten cents off: it keeps what rounding leaves until that
makes a whole cent, which no product here does. A timetable that ends in full years or months counts
equal periods; "realistic durations" count days over the length of their year, a day belonging to
the date that ends it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

from engine.amortization.amortization import Amortization
from engine.amortization.bullet import Bullet
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment, PaymentBasis, Residual
from engine.amortization.schedule import schedule
from engine.interest.accrual import BalanceChange, RateChange, interest_earned
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.projection.contract import Contract, LastDay
from engine.projection.project import project
from engine.projection.standing import Earning
from engine.values.day_count import DayCount, ReferencePeriods
from engine.values.due_dates import due_date, due_dates
from engine.values.frequency import EveryMonths, ExplicitDates
from engine.values.money import ZERO, Money
from engine.values.rate import Rate
from engine.values.recurrence import Recurrence
from engine.values.rounding import Rounding, round_exact
from tests.conformance.verdict import Differs, Unsupported

_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12}
_TOLERANCE = 10
_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y")
_FROM_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIGURES = ("interest", "capital", "to_pay", "crd_end")
_PAID = ("to_pay",)
"""Where interest owed at the start earns, it is principal here and interest there."""


class Timetable(NamedTuple):
    """A timetable's terms and the dates between which interest is counted."""

    kind: str
    principal: Money
    rate: Rate
    start: date
    due: tuple[date, ...]
    interest: SimpleInterest
    periods: ReferencePeriods
    deferred: int


def check(case: dict[str, Any]) -> None:
    """Every row within the tolerance its publisher states."""
    columns = case["expected"]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in case["expected"]["rows"]]
    if rows[0]["index"] == "0":
        _odd_days(case["inputs"], rows[0])
        rows = rows[1:]
    timetable = _timetable(case["inputs"], rows)
    if timetable.kind == "bullet":
        ours = _bullet(timetable)
        _within(ours, _cents(rows[-1]["to_pay"]), "to_pay of the last row")
        return
    compared = _FIGURES if timetable.principal == Money(_cents(rows[0]["crd_begin"])) else _PAID
    for mine, other in zip(_rows(timetable), rows, strict=True):
        for name in compared:
            _within(mine[name], _cents(other[name]), f"row {other['index']} {name}")


def _odd_days(inputs: dict[str, Any], row: dict[str, str]) -> None:
    """The interest of the days before the first period, alone and by actual days, as row 0."""
    begun = _FROM_DAY.search(inputs["variant"])
    if begun is None or inputs["realistic_durations"]:
        raise Unsupported("the odd days before the first period without the day they begin")
    earned = interest_earned(
        [BalanceChange(date.fromisoformat(begun[0]), Money(_cents(row["crd_begin"])))],
        [RateChange(date.min, Rate(Fraction(inputs["annual_rate_pct"]) / 100))],
        (),
        DayCount.actual_actual_isda,
        _day(row["date"]),
    )
    _within(round_exact(earned, Rounding.half_up).minor, _cents(row["interest"]), "row 0 interest")


def _timetable(inputs: dict[str, Any], rows: list[dict[str, str]]) -> Timetable:
    months = _MONTHS[inputs["period"]]
    frequency = EveryMonths(months=months)
    per_year = Fraction(12, months)
    if inputs["realistic_durations"]:
        due = tuple(_day(row["date"]) for row in rows)
        custom = "custom_term_dates" in inputs["variant"]
        start = date.fromisoformat(inputs["starts_on"])
        if not custom:
            start = due_date(due[0], frequency, 0)
        elif any((end - begin).days > 366 for begin, end in zip((start, *due), due, strict=False)):
            raise Unsupported("a period of years that compounds within itself")
        interest = SimpleInterest(
            day_count=DayCount.actual_actual_isda,
            remainders=Remainders.dropped,
            day_one_accrues=False,
        )
    else:
        start = date.fromisoformat(inputs["starts_on"])
        due = due_dates(due_date(start, frequency, 2), frequency, len(rows))
        interest = SimpleInterest(day_count=DayCount.periods, remainders=Remainders.dropped)
    return Timetable(
        kind=inputs["type"],
        principal=Money(_cents(inputs["amount"]) + _cents(rows[0]["due_interest_begin"])),
        rate=Rate(Fraction(inputs["annual_rate_pct"]) / 100),
        start=start,
        due=due,
        interest=interest,
        periods=ReferencePeriods(dates=(start, *due), per_year=per_year),
        deferred=inputs["deferred_periods"],
    )


def _rows(timetable: Timetable) -> list[dict[str, int]]:
    made = schedule(
        timetable.principal,
        timetable.rate,
        timetable.start,
        timetable.due,
        interest=timetable.interest,
        amortization=_amortization(timetable),
        periods=timetable.periods,
    )
    rows = [
        {
            "interest": row.interest.minor,
            "capital": row.principal.minor,
            "to_pay": row.payment.minor,
            "crd_end": row.balance.minor,
        }
        for row in made.installments
    ]
    nothing = dict.fromkeys(_FIGURES, 0)
    return rows + [nothing] * (len(timetable.due) - len(rows))


def _amortization(timetable: Timetable) -> Amortization:
    then: LevelPayment | EqualPrincipal
    match timetable.kind:
        case "standard":
            then = LevelPayment(residual=Residual.formula, basis=PaymentBasis.equal_periods)
        case "linear":
            then = EqualPrincipal()
        case "in_fine":
            return Bullet()
        case other:
            raise Unsupported(f"timetable {other}")
    if timetable.deferred:
        return InterestOnly(installments=timetable.deferred, then=then)
    return then


def _bullet(timetable: Timetable) -> int:
    """What is paid at the end when the interest of each period is added to the principal."""
    dates = ExplicitDates(dates=timetable.due)
    contract = Contract(
        principal=timetable.principal,
        disbursed_on=timetable.start,
        rate=timetable.rate,
        earning=Earning(
            day_count=timetable.interest.day_count,
            periods=timetable.periods,
            remainders=Remainders.dropped,
        ),
        interest_dates=(Recurrence(first=timetable.due[0], frequency=dates),),
        capitalized=True,
        maturity=LastDay(on=timetable.due[-1]),
    )
    received = [flow.amount for flow in project(contract, timetable.due[-1])]
    return sum((amount.minor for amount in received if amount > ZERO), 0)


def _day(text: str) -> date:
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(f"{text} is no date")


def _cents(text: str) -> int:
    return round(Fraction(text) * 100)


def _within(ours: int, theirs: int, what: str) -> None:
    if abs(ours - theirs) > _TOLERANCE:
        raise Differs(f"{what} {ours / 100:.2f}, expected {theirs / 100:.2f}")
