"""Loans disbursed on several days."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.amortization.disbursements import Disbursement, TermsOfSchedule, disbursed_schedule
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.installment import Schedule
from engine.amortization.level_payment import LevelPayment
from engine.amortization.schedule import schedule
from engine.interest.accrual import BalanceChange, RateChange, interest_earned
from engine.interest.simple_interest import SimpleInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact

START = date(2024, 1, 1)
DUE = due_dates(date(2024, 2, 1), Monthly(), 6)
RATE = Rate.parse("0.12")
DAILY = SimpleInterest(day_count=DayCount.actual_365)


def made(*lent: tuple[date, int], rate: Rate = RATE, added: bool = False) -> Schedule:
    return disbursed_schedule(
        [Disbursement(day, Money(cents)) for day, cents in lent],
        DUE,
        TermsOfSchedule(
            rate=rate, interest=DAILY, amortization_after=lambda done, lent: LevelPayment()
        ),
        added=added,
    )


def test_one_disbursement_is_an_ordinary_schedule() -> None:
    ordinary = schedule(
        Money(100_000), RATE, START, DUE, interest=DAILY, amortization=LevelPayment()
    )
    assert made((START, 100_000)).installments == ordinary.installments
    assert made((START, 60_000), (START, 40_000)).installments == ordinary.installments


def test_money_lent_within_a_period_earns_from_its_day() -> None:
    plan = made((START, 100_000), (date(2024, 1, 11), 200_000))
    expected = Fraction(12, 36_500) * (100_000 * 31 + 200_000 * 21)
    assert plan.installments[0].interest == round_exact(expected, Rounding.half_up)
    assert plan.principal == Money(300_000)
    assert abs((plan.installments[-1].payment - plan.regular_payment).minor) <= 3


def test_money_lent_on_a_due_date_belongs_to_the_next_period() -> None:
    alone, with_more = made((START, 100_000)), made((START, 100_000), (DUE[0], 50_000))
    assert with_more.installments[0].interest == alone.installments[0].interest
    assert with_more.installments[0].payment == alone.installments[0].payment
    assert with_more.installments[1].payment > alone.installments[1].payment


@given(
    st.lists(
        st.tuples(st.dates(START, date(2024, 6, 30)), st.integers(1_000, 900_000)),
        min_size=1,
        max_size=5,
    ),
    st.decimals("0", "0.5", places=3),
    st.booleans(),
)
def test_whatever_is_lent_is_repaid_with_what_it_earned(
    draws: list[tuple[date, int]], rate: object, added: bool
) -> None:
    draws = [(START, 50_000), *sorted(draws)]
    yearly = Rate.parse(str(rate))
    plan = made(*draws, rate=yearly, added=added)
    assert sum(row.principal.minor for row in plan.installments) == plan.principal.minor
    assert [row.number for row in plan.installments] == list(range(1, 7))
    changes = [BalanceChange(day, Money(cents)) for day, cents in draws]
    changes += [BalanceChange(row.due_date, -row.principal) for row in plan.installments]
    earned = interest_earned(changes, [RateChange(START, yearly)], [], DAILY.day_count, DUE[-1])
    assert abs(earned - plan.total_interest.minor) <= 3


def test_money_lent_at_maturity_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        made((START, 100_000), (DUE[-1], 1_000))


def test_a_part_with_installments_of_its_own_leaves_the_others_as_they_stand() -> None:
    alone, with_more = made((START, 100_000)), made((START, 100_000), (DUE[1], 40_000), added=True)
    part = schedule(
        Money(40_000), RATE, DUE[1], DUE[2:], interest=DAILY, amortization=LevelPayment()
    )
    both = [
        (one.payment + other.payment).minor
        for one, other in zip(alone.installments[2:], part.installments, strict=True)
    ]
    found = [row.payment.minor for row in with_more.installments[2:]]
    assert found[:-1] == both[:-1] and abs(found[-1] - both[-1]) <= 2


def test_nothing_is_lent_after_all_is_paid_back() -> None:
    terms = TermsOfSchedule(
        rate=RATE,
        interest=DAILY,
        amortization_after=lambda done, lent: ExplicitPayments(payments=(Money(200_000),)),
    )
    parts = [Disbursement(START, Money(100_000)), Disbursement(DUE[2], Money(1))]
    with pytest.raises(ValueError, match="paid back before"):
        disbursed_schedule(parts, DUE, terms)
