"""Schedules of every kind: they pay off what was lent, to the cent, and as their terms say."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.amortization.amortization import Amortization
from engine.amortization.equal_installments import EqualInstallments, Remainder
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.installment import Schedule
from engine.amortization.level_payment import LevelPayment, PaymentBasis, Residual
from engine.amortization.schedule import schedule
from engine.interest.accrual import BalanceChange, Pause, RateChange, interest_earned
from engine.interest.interest_method import InterestMethod
from engine.interest.no_interest import NoInterest
from engine.interest.precomputed_interest import ChargeParts, PrecomputedInterest
from engine.interest.simple_interest import FirstPeriod, Remainders, SimpleInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_date, due_dates
from engine.values.frequency import Biweekly, Monthly
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact

START = date(2024, 1, 10)
MONTHLY_12 = due_dates(date(2024, 2, 10), Monthly(), 12)
THIRTY_360 = SimpleInterest(day_count=DayCount.thirty_360)
KINDS: list[Amortization] = [
    LevelPayment(),
    LevelPayment(residual=Residual.formula),
    LevelPayment(residual=Residual.spread),
    LevelPayment(basis=PaymentBasis.equal_periods),
    EqualPrincipal(),
    EqualInstallments(),
    EqualInstallments(remainder=Remainder.first),
    EqualInstallments(remainder=Remainder.one_each),
]
METHODS: list[InterestMethod] = [
    SimpleInterest(),
    THIRTY_360,
    SimpleInterest(remainders=Remainders.dropped, rounding=Rounding.half_even),
    SimpleInterest(day_count=DayCount.actual_actual_isda, day_one_accrues=False),
    PrecomputedInterest(),
    PrecomputedInterest(parts=ChargeParts.by_period, day_count=DayCount.actual_365),
    NoInterest(),
]
RATES = st.decimals("0", "0.9", places=4).map(lambda rate: Rate(Fraction(str(rate))))


def made(
    principal: int = 1_000_000,
    rate: str = "0.12",
    interest: InterestMethod = THIRTY_360,
    amortization: Amortization = KINDS[0],
    dates: tuple[date, ...] = MONTHLY_12,
) -> Schedule:
    return schedule(
        Money(principal),
        Rate.parse(rate),
        START,
        dates,
        interest=interest,
        amortization=amortization,
    )


def assert_pays_off(plan: Schedule) -> None:
    balance = plan.principal
    for number, row in enumerate(plan.installments, 1):
        assert row.number == number
        assert row.payment == row.interest + row.principal
        balance = balance - row.principal
        assert row.balance == balance
        assert min(row.interest, row.principal, row.balance) >= Money(0)
    assert balance == Money(0)


@given(
    st.integers(1, 50_000_000),
    RATES,
    st.integers(1, 60),
    st.sampled_from(KINDS),
    st.sampled_from(METHODS),
)
def test_every_kind_pays_off_what_was_lent(
    principal: int,
    rate: Rate,
    count: int,
    amortization: Amortization,
    interest: InterestMethod,
) -> None:
    plan = schedule(
        Money(principal),
        rate,
        START,
        due_dates(date(2024, 2, 29), Monthly(day=31), count),
        interest=interest,
        amortization=amortization,
    )
    if isinstance(interest, PrecomputedInterest) and principal < 100 * count:
        return  # a charge of cents over more installments than cents
    assert_pays_off(plan)


def test_a_thousand_at_one_percent_a_month_over_a_year() -> None:
    plan = made(principal=100_000)
    assert plan.regular_payment == Money(8885)
    assert plan.installments[0].interest == Money(1000)
    assert plan.total_interest == plan.total_of_payments - Money(100_000)
    assert plan.maturity_date == date(2025, 1, 10)


@given(st.integers(50_000, 50_000_000), RATES, st.integers(2, 72))
def test_no_other_level_payment_has_a_nearer_last_installment(
    principal: int, rate: Rate, count: int
) -> None:
    dates = due_dates(date(2024, 3, 1), Monthly(), count)
    best = schedule(
        Money(principal), rate, START, dates, interest=SimpleInterest(), amortization=LevelPayment()
    )
    payment = best.regular_payment

    def difference(candidate: Money) -> int:
        rows = schedule(
            Money(principal),
            rate,
            START,
            dates,
            interest=SimpleInterest(),
            amortization=LevelPayment(),
            payment=candidate,
        ).installments
        missing = count - len(rows)
        return abs(rows[-1].payment.minor - candidate.minor * (1 + missing))

    if count > 1 and len(best.installments) == count:
        nearest = difference(payment)
        assert nearest <= min(difference(payment + Money(1)), difference(payment - Money(1)))


@given(st.integers(100_000, 9_000_000), RATES)
def test_carried_remainders_keep_the_sum_of_interest_exact(principal: int, rate: Rate) -> None:
    plan = schedule(
        Money(principal),
        rate,
        START,
        MONTHLY_12,
        interest=SimpleInterest(),
        amortization=LevelPayment(),
    )
    changes = [BalanceChange(START, Money(principal))]
    changes += [BalanceChange(row.due_date, -row.principal) for row in plan.installments]
    earned = interest_earned(
        changes, [RateChange(START, rate)], [], DayCount.actual_365, plan.maturity_date
    )
    assert round_exact(earned, Rounding.half_up) == plan.total_interest


def test_odd_days_are_paid_for_unless_the_first_period_is_regular() -> None:
    first = date(2024, 3, 1)
    dates = due_dates(first, Monthly(), 12)
    regular_start = due_date(first, Monthly(), 0)

    def first_interest(choice: FirstPeriod) -> Money:
        terms = SimpleInterest(day_count=DayCount.thirty_360, first_period=choice)
        plan = schedule(
            Money(1_000_000),
            Rate.parse("0.12"),
            START,
            dates,
            interest=terms,
            amortization=LevelPayment(),
            regular_start=regular_start,
        )
        return plan.installments[0].interest

    assert first_interest(FirstPeriod.regular) == Money(10_000)
    assert first_interest(FirstPeriod.actual) == Money(17_000)


def test_a_payment_may_be_a_multiple_and_the_last_takes_the_rest() -> None:
    terms = LevelPayment(
        residual=Residual.formula, payment_multiple_of=Money(100), payment_rounding=Rounding.up
    )
    plan = made(amortization=terms)
    assert {row.payment for row in plan.installments[:-1]} == {Money(88_900)}
    assert plan.installments[-1].payment < Money(88_900)


def test_equal_periods_leave_odd_days_to_the_last_installment() -> None:
    terms = LevelPayment(basis=PaymentBasis.equal_periods, residual=Residual.formula)
    plan = made(interest=SimpleInterest(day_count=DayCount.actual_360), amortization=terms)
    assert plan.regular_payment == Money(88_849)
    assert plan.installments[-1].payment > Money(88_849)


@pytest.mark.parametrize(
    ("remainder", "payments"),
    [
        (Remainder.last, [2500, 2500, 2500, 2503]),
        (Remainder.first, [2503, 2500, 2500, 2500]),
        (Remainder.one_each, [2501, 2501, 2501, 2500]),
    ],
)
def test_pay_in_four_says_who_pays_the_odd_cents(remainder: Remainder, payments: list[int]) -> None:
    plan = schedule(
        Money(10_003),
        Rate.parse("0"),
        START,
        due_dates(START, Biweekly(), 4),
        interest=NoInterest(),
        amortization=EqualInstallments(remainder=remainder),
    )
    assert [row.payment.minor for row in plan.installments] == payments
    assert plan.installments[0].due_date == START


def test_equal_principal_falls_by_the_interest_on_each_part() -> None:
    plan = made(principal=120_000, amortization=EqualPrincipal())
    assert [row.interest.minor for row in plan.installments[:3]] == [1200, 1100, 1000]
    rounded = made(principal=100_000, amortization=EqualPrincipal(principal_multiple_of=Money(100)))
    assert [row.principal.minor for row in rounded.installments[-2:]] == [8300, 8700]


def test_add_on_interest_is_charged_on_the_amount_lent_for_the_whole_term() -> None:
    plan = made(principal=500_000, interest=PrecomputedInterest(), amortization=LevelPayment())
    assert plan.total_interest == Money(60_000)
    assert plan.regular_payment == Money(46_667)
    assert {row.interest.minor for row in plan.installments} == {5000}


def test_rates_that_change_and_pauses_are_in_the_schedule_from_the_start() -> None:
    step = RateChange(date(2024, 7, 10), Rate.parse("0.24"))
    pause = Pause(date(2024, 3, 10), date(2024, 4, 9))
    plan = schedule(
        Money(1_000_000),
        Rate.parse("0.12"),
        START,
        MONTHLY_12,
        interest=THIRTY_360,
        amortization=LevelPayment(),
        rate_changes=[step],
        pauses=[pause],
    )
    assert_pays_off(plan)
    rows = plan.installments
    assert rows[2].interest == Money(0)
    assert rows[6].interest == round_exact(
        Fraction(rows[5].balance.minor * 2, 100), Rounding.half_up
    )
    assert abs((rows[-1].payment - plan.regular_payment).minor) < 12


def test_rate_of_a_period_may_be_rounded_first() -> None:
    terms = SimpleInterest(
        day_count=DayCount.thirty_360, period_rate_decimals=19, rounding=Rounding.half_even
    )
    exact = SimpleInterest(day_count=DayCount.thirty_360, rounding=Rounding.half_even)
    assert made(75_000, "0.07", exact).installments[0].interest == Money(438)
    assert made(75_000, "0.07", terms).installments[0].interest == Money(437)
