"""Schedules of thirty years: our rows and columns beside a published library, the same cents.

Ours begin with making the due dates, which the published 30/360 schedule has none of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bench.harness import Comparison, Way, timed
from engine.amortization.amortize import amortize
from engine.amortization.installment import Schedule
from engine.amortization.level_payment import LevelPayment, PaymentBasis, Residual
from engine.amortization.roll import Columns
from engine.amortization.schedule import interest_factors, roll_terms, schedule
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Money
from engine.values.rate import Rate

PRINCIPAL, RATE, START = Money(30_000_000), Rate.parse("0.065"), date(2026, 1, 1)
FIRST, MONTHLY, COUNT = date(2026, 2, 1), Monthly(), 360
FORMULA = LevelPayment(residual=Residual.formula, basis=PaymentBasis.equal_periods)
MONTHS = SimpleInterest(day_count=DayCount.thirty_360, remainders=Remainders.dropped)
DAYS_360 = SimpleInterest(day_count=DayCount.actual_360)
DAYS = SimpleInterest(day_count=DayCount.actual_365)
ROUNDS = 31


def comparisons() -> Iterator[Comparison]:
    """300,000 at 6.5 % over 360 months: equal months, then months by their days."""
    theirs = _published()
    equal = [
        Way("rows with due dates", timed(lambda: _rows(MONTHS))),
        Way("columns", timed(lambda: _columns(MONTHS))),
    ]
    dated = [
        Way("rows with due dates, remainders carried", timed(lambda: _rows(DAYS_360))),
        Way("columns, remainders carried", timed(lambda: _columns(DAYS_360))),
        Way("rows, actual/365, payment of its own days", timed(lambda: _rows(DAYS, _DATED))),
        Way(
            "rows, actual/365, least different last one",
            timed(lambda: _rows(DAYS, LevelPayment())),
        ),
    ]
    if theirs is not None:
        by_months, by_days = theirs
        assert _payments(by_months()) == _columns(MONTHS).payment, "the two disagree"
        # Theirs carries fractions of a cent that nobody pays: the last payment alone differs.
        assert _payments(by_days())[:-1] == _columns(DAYS_360).payment[:-1], "the two disagree"
        equal.insert(0, Way("mortgagemath, rows without dates", timed(by_months)))
        dated.insert(0, Way("mortgagemath, rows by days of months", timed(by_days)))
    for name, title, ways in (
        ("schedule", "A schedule of 360 months, 30/360", equal),
        ("schedule_by_days", "A schedule of 360 months, actual/360", dated),
    ):
        yield Comparison(name=name, title=title, unit="schedules", ways=tuple(ways), rounds=ROUNDS)


_DATED = LevelPayment(residual=Residual.formula)


def _rows(interest: SimpleInterest, amortization: LevelPayment = FORMULA) -> Schedule:
    dates = due_dates(FIRST, MONTHLY, COUNT)
    return schedule(PRINCIPAL, RATE, START, dates, interest=interest, amortization=amortization)


def _columns(interest: SimpleInterest) -> Columns:
    factors = interest_factors(RATE, START, due_dates(FIRST, MONTHLY, COUNT), interest)
    periodic = RATE.exact / Fraction(12)
    return amortize(PRINCIPAL.minor, factors, FORMULA, roll_terms(interest), periodic)


def _published() -> tuple[Callable[[], Any], Callable[[], Any]] | None:
    """mortgagemath's schedules of the same loan; None when it is not installed."""
    try:
        import mortgagemath as published  # noqa: PLC0415  # an extra: pip install '.[bench]'
    except ImportError:
        print("mortgagemath is not installed (pip install '.[bench]'): ours alone")
        return None
    rounding = published.PaymentRounding.ROUND_HALF_UP

    def by_months() -> Any:
        loan = published.us_30_year_fixed("300000", "6.5", payment_rounding=rounding)
        return published.amortization_schedule(loan)

    def by_days() -> Any:
        loan = published.us_actual_360_commercial(
            "300000", "6.5", term_years=30, amortization_years=30, start_date=START
        )
        return published.amortization_schedule(loan)

    return by_months, by_days


def _payments(rows: Any) -> list[int]:
    """Payments of the published schedule in cents; its row 0 is the start."""
    return [int(Decimal(row.payment) * 100) for row in rows[1:]]
