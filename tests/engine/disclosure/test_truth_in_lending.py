"""APR, Truth in Lending figures and MAPR of whole loans."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.amortization.installment import Installment, Schedule
from engine.amortization.level_payment import LevelPayment
from engine.amortization.schedule import schedule
from engine.disclosure.apr import DatedAmount, annual_percentage_rate, disclosed
from engine.disclosure.military_apr import military_apr
from engine.disclosure.tolerance import is_accurate
from engine.disclosure.truth_in_lending import truth_in_lending
from engine.interest.simple_interest import SimpleInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import (
    Biweekly,
    EveryMonths,
    EveryWeeks,
    Frequency,
    Monthly,
    Quarterly,
    Weekly,
)
from engine.values.money import Money
from engine.values.rate import Rate


def payments(first: str, amounts: list[int]) -> list[DatedAmount]:
    dates = due_dates(date.fromisoformat(first), Monthly(), len(amounts))
    return [DatedAmount(day, Money(cents)) for day, cents in zip(dates, amounts, strict=True)]


@pytest.mark.parametrize(
    ("advanced", "amount", "first", "amounts", "percent"),
    [
        ("1978-01-10", 500_000, "1978-02-10", [23_000] * 24, "0.0969"),
        ("1978-01-10", 500_000, "1978-02-10", [25_000, *[23_000] * 23], "0.1008"),
        ("1978-01-10", 500_000, "1978-02-10", [*[23_000] * 23, 28_000], "0.105"),
        ("1978-01-03", 100_000, "1978-09-15", [108_000], "0.1145"),
        ("1978-07-15", 100_000, "1979-01-15", [104_400], "0.088"),
        ("1978-01-03", 100_000, "1980-01-03", [124_000], "0.1136"),
    ],
)
def test_examples_of_appendix_j_from_their_dates(
    advanced: str, amount: int, first: str, amounts: list[int], percent: str
) -> None:
    lent = DatedAmount(date.fromisoformat(advanced), Money(amount))
    assert disclosed(annual_percentage_rate([lent], payments(first, amounts))) == Rate.parse(
        percent
    )


@pytest.mark.parametrize(
    ("advanced", "amount", "first", "frequency", "amounts", "percent"),
    [
        ("1978-02-10", 600_000, "1978-04-01", Monthly(), [20_000] * 36, "0.1182"),
        ("1978-05-23", 1_000_000, "1978-10-01", Quarterly(), [38_500] * 40, "0.0897"),
        ("1978-03-20", 50_000, "1978-04-21", Weekly(), [1_760] * 30, "0.1496"),
        ("1978-03-18", 40_000, "1978-04-20", EveryWeeks(weeks=4), [3950, *[3831] * 11], "0.285"),
        ("1978-04-03", 20_000, "1978-04-11", Biweekly(), [*[950] * 19, 3000], "0.1222"),
        (
            "1978-01-10",
            800_000,
            "1978-03-01",
            EveryMonths(months=2),
            [44_936, *[46_500] * 18, 20_000],
            "0.073",
        ),
    ],
)
def test_examples_with_odd_first_periods_tell_their_unit_period_and_rate(
    advanced: str, amount: int, first: str, frequency: Frequency, amounts: list[int], percent: str
) -> None:
    lent = DatedAmount(date.fromisoformat(advanced), Money(amount))
    dates = due_dates(date.fromisoformat(first), frequency, len(amounts))
    paid = [DatedAmount(day, Money(cents)) for day, cents in zip(dates, amounts, strict=True)]
    assert disclosed(annual_percentage_rate([lent], paid)) == Rate.parse(percent)


def loan(rate: str = "0.12", count: int = 24) -> Schedule:
    return schedule(
        Money(1_000_000),
        Rate.parse(rate),
        date(2024, 1, 15),
        due_dates(date(2024, 2, 15), Monthly(), count),
        interest=SimpleInterest(day_count=DayCount.periods),
        amortization=LevelPayment(),
    )


def test_the_four_figures_and_the_runs_of_payments() -> None:
    plan = loan()
    figures = truth_in_lending(plan, prepaid_finance_charge=Money(25_000))
    assert figures.amount_financed == Money(975_000)
    assert figures.total_of_payments == plan.total_of_payments
    assert figures.finance_charge == plan.total_interest + Money(25_000)
    assert figures.amount_financed + figures.finance_charge == figures.total_of_payments
    runs = figures.payment_schedule
    assert sum(run.count for run in runs) == 24
    assert Money(sum(run.amount.minor * run.count for run in runs)) == plan.total_of_payments
    assert (runs[0].count, runs[0].first_due_date) == (23, date(2024, 2, 15))
    assert figures.apr > Rate.parse("0.12")
    assert figures.disclosed_apr == Rate.parse("0.1457")


@given(st.integers(0, 3600), st.integers(1, 84))
def test_without_fees_and_odd_days_the_apr_is_the_note_rate(basis_points: int, count: int) -> None:
    rate = Rate.parse(f"{basis_points / 10_000:.4f}")
    figures = truth_in_lending(loan(rate.text(), count))
    assert abs(figures.apr.exact - rate.exact) < 1e-4


@given(st.integers(0, 900_000), st.integers(0, 50_000))
def test_a_dearer_loan_has_a_higher_rate(charges: int, more: int) -> None:
    cheap = military_apr(loan(), charges=Money(charges))
    dear = military_apr(loan(), charges=Money(charges + more + 1))
    assert dear > cheap


def test_the_mapr_counts_charges_that_the_apr_leaves_out() -> None:
    plan = loan("0.35")
    apr = truth_in_lending(plan).apr
    mapr = military_apr(plan, charges=Money(9_900))
    assert apr < Rate.parse("0.36") < mapr


def test_an_installment_without_payment_is_no_payment() -> None:
    row = Installment(1, date(2024, 2, 15), Money(0), Money(0), Money(0), Money(100))
    last = Installment(2, date(2025, 1, 15), Money(110), Money(10), Money(100), Money(0))
    plan = Schedule(start=date(2024, 1, 15), principal=Money(100), installments=(row, last))
    assert truth_in_lending(plan).apr == Rate.parse("0.1")


def test_tolerance_is_an_eighth_of_a_point_or_a_quarter_when_irregular() -> None:
    exact = Rate.parse("0.12")
    assert is_accurate(Rate.parse("0.12125"), exact)
    assert not is_accurate(Rate.parse("0.1213"), exact)
    assert is_accurate(Rate.parse("0.1175"), exact, irregular=True)
    assert not is_accurate(Rate.parse("0.1174"), exact, irregular=True)
