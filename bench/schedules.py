"""Schedules of thirty years: our rows and columns beside a published library, the same cents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bench.harness import Comparison, Way, timed
from engine.amortization.amortize import amortize
from engine.amortization.level_payment import LevelPayment, Residual
from engine.amortization.roll import Columns
from engine.amortization.schedule import interest_factors, roll_terms, schedule
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Money
from engine.values.rate import Rate

PRINCIPAL, RATE, START = Money(30_000_000), Rate.parse("0.065"), date(2026, 1, 1)
DATES = due_dates(date(2026, 2, 1), Monthly(), 360)
FORMULA = LevelPayment(residual=Residual.formula)
MONTHS = SimpleInterest(day_count=DayCount.thirty_360, remainders=Remainders.dropped)
DAYS = SimpleInterest(day_count=DayCount.actual_365)


def comparisons() -> Iterator[Comparison]:
    """300,000 at 6.5 % over 360 months."""
    ways = [
        Way("rows, 30/360", timed(lambda: _rows(MONTHS))),
        Way("columns, 30/360", timed(lambda: _columns(MONTHS))),
        Way("rows, actual/365, remainders carried", timed(lambda: _rows(DAYS))),
        Way("rows, least different last installment", timed(lambda: _rows(DAYS, LevelPayment()))),
    ]
    theirs = _published()
    if theirs is not None:
        assert _payments(theirs()) == _columns(MONTHS).payment, "the two disagree"
        ways.insert(0, Way("mortgagemath, rows", timed(theirs)))
    yield Comparison(
        name="schedule", title="A schedule of 360 months", unit="schedules", ways=tuple(ways)
    )


def _rows(interest: SimpleInterest, amortization: LevelPayment = FORMULA) -> object:
    return schedule(PRINCIPAL, RATE, START, DATES, interest=interest, amortization=amortization)


def _columns(interest: SimpleInterest) -> Columns:
    factors = interest_factors(RATE, START, DATES, interest)
    periodic = RATE.exact / Fraction(12)
    return amortize(PRINCIPAL.minor, factors, FORMULA, roll_terms(interest), periodic)


def _published() -> Callable[[], Any] | None:
    """mortgagemath's schedule of the same loan; None when it is not installed."""
    try:
        import mortgagemath as published  # noqa: PLC0415  # an extra: pip install '.[bench]'
    except ImportError:
        print("mortgagemath is not installed (pip install '.[bench]'): ours alone")
        return None
    rounding = published.PaymentRounding.ROUND_HALF_UP

    def rows() -> Any:
        loan = published.us_30_year_fixed("300000", "6.5", payment_rounding=rounding)
        return published.amortization_schedule(loan)

    return rows


def _payments(rows: Any) -> list[int]:
    """Payments of the published schedule in cents; its row 0 is the start."""
    return [int(Decimal(row.payment) * 100) for row in rows[1:]]
