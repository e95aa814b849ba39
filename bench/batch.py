"""Ten thousand schedules at once: the batch beside a bare loop over arrays and beside loan by loan.

The bare loop knows its loans: equal months, one term, halves up, nothing carried, no loan paid off
early, no figure beyond 64 bits. It checks none of that. All ways come to the same cents.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import numpy as np

from bench.harness import Comparison, Way, timed
from engine.amortization.batch import Loans, Schedules, Whole, level_payments, level_schedules
from engine.amortization.interest_periods import InterestPeriods, interest_periods
from engine.amortization.roll import RollTerms, by_payment
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.rate import Rate
from engine.values.rounding import Rounding

LOANS, ROWS, PER = 10_000, 60, 10_000
START, FIRST = date(2026, 1, 1), date(2026, 2, 1)
DATES = due_dates(FIRST, Monthly(), ROWS)
MONTHS = InterestPeriods(START, DATES, (1,) * ROWS, 12)
DAYS = interest_periods(START, DATES, Rate(Fraction(1)), DayCount.actual_365)


def comparisons() -> Iterator[Comparison]:
    """10,000 loans of 60 payments, 1,000 to 50,000 at 5 to 30 percent."""
    place = np.arange(LOANS, dtype=np.int64)
    loans = Loans(
        principal=100_000 + place * 7_919_317 % 4_900_000,
        rate=500 + place * 7_919 % 2_500,
        rate_denominator=PER,
        number_of_payments=np.full(LOANS, ROWS, np.int64),
    )
    mixed = loans._replace(number_of_payments=12 * (1 + place % 5))
    months, days = level_payments(loans, MONTHS), level_payments(loans, DAYS)
    shorter = level_payments(mixed, DAYS)
    _assert_same(_batch(loans, MONTHS, months, carried=False), _bare(loans, months))
    by_days = _batch(loans, DAYS, days, carried=True)
    _assert_same(by_days, _bare_carried(loans, days))
    _assert_same(by_days, _one_by_one(loans, DAYS, days))
    for name, title, ways in (
        (
            "batch",
            "10,000 schedules of 60 equal months, nothing carried",
            (
                Way("a bare loop over arrays", timed(lambda: _bare(loans, months), LOANS)),
                Way(
                    "the batch",
                    timed(lambda: _batch(loans, MONTHS, months, carried=False), LOANS),
                ),
            ),
        ),
        (
            "batch_by_days",
            "10,000 schedules of 60 months, actual/365, remainders carried",
            (
                Way("a bare loop over arrays", timed(lambda: _bare_carried(loans, days), LOANS)),
                Way("the batch", timed(lambda: _batch(loans, DAYS, days, carried=True), LOANS)),
                Way(
                    "the batch, 12 to 60 months",
                    timed(lambda: _batch(mixed, DAYS, shorter, carried=True), LOANS),
                ),
                Way("loan by loan", timed(lambda: _one_by_one(loans, DAYS, days), LOANS)),
            ),
        ),
        (
            "batch_payments",
            "10,000 payments of 60 equal months solved, then the schedules",
            (
                Way("payments alone", timed(lambda: level_payments(loans, MONTHS), LOANS)),
                Way(
                    "payments and schedules",
                    timed(
                        lambda: _batch(loans, MONTHS, level_payments(loans, MONTHS), carried=False),
                        LOANS,
                    ),
                ),
            ),
        ),
    ):
        yield Comparison(name=name, title=title, unit="schedules", ways=ways)


def _batch(loans: Loans, periods: InterestPeriods, payment: Whole, *, carried: bool) -> Schedules:
    return level_schedules(loans, periods, payment, Rounding.half_up, carried=carried)


def _bare(loans: Loans, payment: Whole) -> Schedules:
    """What a person writes who knows the loans: equal months, half up, nothing carried."""
    common = 12 * PER
    rows = Schedules(*np.zeros((4, ROWS, LOANS), np.int64))
    balance = loans.principal
    for at in range(ROWS):
        interest = (balance * loans.rate + common // 2) // common
        principal = payment - interest if at < ROWS - 1 else balance
        balance = balance - principal
        rows.payment[at], rows.interest[at] = principal + interest, interest
        rows.principal[at], rows.balance[at] = principal, balance
    return rows


def _bare_carried(loans: Loans, payment: Whole) -> Schedules:
    """The same by days of the months, remainders carried."""
    common = DAYS.denominator * PER
    rows = Schedules(*np.zeros((4, ROWS, LOANS), np.int64))
    balance, rest = loans.principal, np.full(LOANS, common // 2, np.int64)
    for at, share in enumerate(DAYS.numerators):
        earned = balance * (loans.rate * share) + rest
        interest = earned // common
        rest = earned - interest * common
        principal = payment - interest if at < ROWS - 1 else balance
        balance = balance - principal
        rows.payment[at], rows.interest[at] = principal + interest, interest
        rows.principal[at], rows.balance[at] = principal, balance
    return rows


def _one_by_one(loans: Loans, periods: InterestPeriods, payment: Whole) -> Schedules:
    terms = RollTerms(Rounding.half_up, carried=True)
    alone = [
        by_payment(principal, loans.periods(place, periods), [paid] * ROWS, terms)
        for place, (principal, paid) in enumerate(
            zip(loans.principal.tolist(), payment.tolist(), strict=True)
        )
    ]
    return Schedules(*(np.array(column, np.int64).T for column in zip(*alone, strict=True)))


def _assert_same(ours: Schedules, theirs: Schedules) -> None:
    for column, other in zip(ours, theirs, strict=True):
        assert np.array_equal(column, other), "the two disagree"
