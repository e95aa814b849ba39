"""Ten thousand schedules at once: the batch beside a bare loop over arrays and beside loan by loan.

The bare loop knows its loans: equal months, one term, halves up, nothing carried, no loan paid off
early, no figure beyond 64 bits. It checks none of that. All ways come to the same cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

import numpy as np

from bench.harness import Comparison, Way, timed
from engine.amortization.batch import Loans, Schedules, Whole, level_payments, level_schedules
from engine.amortization.interest_periods import InterestPeriods, interest_periods
from engine.amortization.level_payment import LevelPayment, Residual, level_payment_columns
from engine.amortization.roll import Columns, RollTerms, by_payment
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.rate import Rate
from engine.values.rounding import Rounding

LOANS, ROWS, PER = 10_000, 60, 10_000
START, FIRST = date(2026, 1, 1), date(2026, 2, 1)
ROUNDS = 31
FORMULA = LevelPayment(residual=Residual.formula)
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
    yield _equal_months(loans)
    yield _by_days(loans, loans._replace(number_of_payments=12 * (1 + place % 5)))
    yield _solved(loans)


def _equal_months(loans: Loans) -> Comparison:
    payment = level_payments(loans, MONTHS)
    _assert_same(_batch(loans, MONTHS, payment, carried=False), _bare(loans, payment))
    return Comparison(
        name="batch",
        title="10,000 schedules of 60 equal months, nothing carried",
        unit="schedules",
        ways=(
            Way("a bare loop over arrays", timed(lambda: _bare(loans, payment), LOANS)),
            Way("the batch", timed(lambda: _batch(loans, MONTHS, payment, carried=False), LOANS)),
        ),
        rounds=ROUNDS,
    )


def _by_days(loans: Loans, mixed: Loans) -> Comparison:
    payment, shorter = level_payments(loans, DAYS), level_payments(mixed, DAYS)
    ours = _batch(loans, DAYS, payment, carried=True)
    _assert_same(ours, _bare_carried(loans, payment))
    _assert_same(ours, _one_by_one(loans, payment))
    return Comparison(
        name="batch_by_days",
        title="10,000 schedules of 60 months, actual/365, remainders carried",
        unit="schedules",
        ways=(
            Way("a bare loop over arrays", timed(lambda: _bare_carried(loans, payment), LOANS)),
            Way("the batch", timed(lambda: _batch(loans, DAYS, payment, carried=True), LOANS)),
            Way(
                "the batch, 12 to 60 months",
                timed(lambda: _batch(mixed, DAYS, shorter, carried=True), LOANS),
            ),
            Way("loan by loan", timed(lambda: _one_by_one(loans, payment), LOANS)),
        ),
        rounds=ROUNDS,
    )


def _solved(loans: Loans) -> Comparison:
    def together() -> Schedules:
        return _batch(loans, MONTHS, level_payments(loans, MONTHS), carried=False)

    def alone() -> Schedules:
        terms = RollTerms(Rounding.half_up, carried=False)
        return _columns(
            level_payment_columns(principal, loans.periods(place, MONTHS), FORMULA, terms)
            for place, principal in enumerate(loans.principal.tolist())
        )

    _assert_same(together(), alone())
    return Comparison(
        name="batch_solved",
        title="10,000 schedules of 60 equal months, payments solved too",
        unit="schedules",
        ways=(
            Way("loan by loan", timed(alone, LOANS)),
            Way("payments one by one, then the batch", timed(together, LOANS)),
        ),
        rounds=ROUNDS,
    )


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


def _one_by_one(loans: Loans, payment: Whole) -> Schedules:
    terms = RollTerms(Rounding.half_up, carried=True)
    owed_and_paid = zip(loans.principal.tolist(), payment.tolist(), strict=True)
    return _columns(
        by_payment(principal, loans.periods(place, DAYS), [paid] * ROWS, terms)
        for place, (principal, paid) in enumerate(owed_and_paid)
    )


def _columns(alone: Iterable[Columns]) -> Schedules:
    return Schedules(*(np.array(column, np.int64).T for column in zip(*alone, strict=True)))


def _assert_same(ours: Schedules, theirs: Schedules) -> None:
    for column, other in zip(ours, theirs, strict=True):
        assert np.array_equal(column, other), "the two disagree"
