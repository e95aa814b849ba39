"""What a product chooses about interest is what a loan is serviced by, cent by cent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet
from engine.amortization.deferred import Deferred
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_only import InterestOnly
from engine.amortization.stepped import PaymentStep, Stepped
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan import observe
from engine.loan.commands import ChangeRate
from engine.loan.events import PaymentAllocated
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.loan.timeline import earning_rate
from engine.product.due_dates import DueDates, FirstPayment
from engine.values.calendar import BusinessDayAdjustment
from engine.values.day_count import DayCount
from engine.values.frequency import (
    Biweekly,
    ExplicitDates,
    Frequency,
    Monthly,
    Quarterly,
    Semimonthly,
    Single,
)
from engine.values.money import Exact
from engine.values.rate import Rate
from engine.values.rounding import round_exact
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.standing import standing

COUNTED = [
    DayCount.actual_365, DayCount.actual_360, DayCount.actual_364, DayCount.actual_365_25,
    DayCount.actual_actual_isda, DayCount.actual_actual_icma, DayCount.actual_actual_afb,
    DayCount.actual_365_actual, DayCount.actual_365_no_leap, DayCount.actual_360_no_leap,
    DayCount.thirty_360, DayCount.thirty_u_360, DayCount.thirty_e_360, DayCount.thirty_e_plus_360,
    DayCount.thirty_360_psa, DayCount.thirty_365, DayCount.thirty_e_365, DayCount.periods,
]  # fmt: skip


def terms(
    frequency: Frequency | None = None,
    adjustment: BusinessDayAdjustment = BusinessDayAdjustment.none,
    amortization: Any = None,
    **interest: Any,
) -> TermsInForce:
    chosen: dict[str, Any] = {
        "interest": SimpleInterest(**interest),
        "fees": (),
        "due_dates": DueDates(
            frequencies=(frequency or Monthly(),),
            first_payment=FirstPayment(minimum_days=1, maximum_days=400),
            business_days=adjustment,
            calendar="us_federal@1",
        ),
    }
    if amortization is not None:
        chosen["amortization"] = amortization
    return in_force(a_product(**chosen))


def paid_on_time(life: Life) -> None:
    """Every installment is paid on its due date, and each takes what the schedule says of it."""
    assert life.loan is not None
    planned = contract_schedule(life.loan.agreed, life.terms).installments
    rows = [row for row in planned if row.payment]
    for row in rows:
        life.pays(row.payment.text(), row.due_date)
    taken = [(e.interest.minor, e.principal.minor) for e in life.events(PaymentAllocated)]
    assert taken == [(row.interest.minor, row.principal.minor) for row in rows]
    assert life.loan.paid_off_on == rows[-1].due_date


@pytest.mark.parametrize("day_count", COUNTED)
@pytest.mark.parametrize("day_one", [True, False])
def test_payments_on_their_days_follow_the_schedule(day_count: DayCount, day_one: bool) -> None:
    chosen = terms(day_count=day_count, day_one_accrues=day_one)
    paid_on_time(a_loan(chosen, payments=26, on=date(2026, 11, 30)))


@pytest.mark.parametrize("frequency", [Biweekly(), Semimonthly(days=(10, 25)), Quarterly()])
@pytest.mark.parametrize("day_count", [DayCount.actual_actual_icma, DayCount.periods])
def test_every_rhythm_counts_by_its_own_periods(frequency: Frequency, day_count: DayCount) -> None:
    paid_on_time(a_loan(terms(frequency, day_count=day_count), payments=14))


def test_a_payment_period_earns_its_share_of_the_year_whatever_its_days() -> None:
    life = a_loan(terms(Quarterly(), day_count=DayCount.periods), rate="0.08", payments=4)
    assert observe.accrued_interest(life.at(date(2026, 4, 15)), date(2026, 4, 15)) == Exact(20_000)


def test_due_dates_moved_to_business_days_and_periods_agree() -> None:
    moved = terms(adjustment=BusinessDayAdjustment.following, day_count=DayCount.actual_actual_icma)
    paid_on_time(a_loan(moved, payments=13, on=date(2026, 1, 31)))


@pytest.mark.parametrize("remainders", list(Remainders))
def test_remainders_are_carried_or_dropped(remainders: Remainders) -> None:
    life = a_loan(terms(remainders=remainders), payments=24)
    paid_on_time(life)
    assert life.loan is not None
    assert (life.loan.interest_dropped == 0) == (remainders is Remainders.carried)


def test_a_dropped_remainder_is_not_owed_later_and_comes_back_with_its_payment() -> None:
    dropped = a_loan(terms(remainders=Remainders.dropped))
    day = date(2026, 2, 15)
    first = dropped.pays("892.87", day)
    assert observe.accrued_interest(dropped.at(day), day) == 0
    dropped.is_reversed(first, day)
    never = a_loan(terms(remainders=Remainders.dropped))
    never.until(day)
    assert standing(dropped.at(day)) == standing(never.at(day))


def test_a_partial_payment_of_interest_drops_nothing() -> None:
    life = a_loan(terms(remainders=Remainders.dropped))
    life.pays("10.00", date(2026, 2, 14))
    assert life.loan is not None and life.loan.interest_dropped == 0


@pytest.mark.parametrize("day_count", [DayCount.actual_actual_icma, DayCount.periods])
@pytest.mark.parametrize("day_one", [True, False])
def test_time_in_steps_and_at_once_come_to_the_same(day_count: DayCount, day_one: bool) -> None:
    chosen = terms(day_count=day_count, day_one_accrues=day_one, remainders=Remainders.dropped)
    at_once, in_steps = a_loan(chosen, payments=6), a_loan(chosen, payments=6)
    end = date(2027, 3, 1)
    day = date(2026, 1, 15)
    while day < end:
        day += timedelta(days=11)
        in_steps.until(day)
        if day in (date(2026, 3, 11), date(2026, 8, 1)):
            assert in_steps.pays("1000.00", day) and at_once.pays("1000.00", day)
    assert standing(at_once.at(day)) == standing(in_steps.at(day))
    assert observe.interest_earned_to(at_once.at(day), day) == observe.interest_of_timeline(
        at_once.at(day), day
    )


def test_interest_runs_on_by_regular_periods_after_maturity() -> None:
    life = a_loan(terms(day_count=DayCount.actual_actual_icma), rate="0.12", payments=2)
    late = date(2036, 1, 15)
    assert (
        round_exact(
            observe.accrued_interest(life.at(late), late), life.terms.product.rounding
        ).text()
        == "12000.00"
    )


@pytest.mark.parametrize(
    "amortization",
    [
        InterestOnly(installments=3),
        Balloon(amortization_installments=36),
        Deferred(installments=2),
        Stepped(steps=(PaymentStep(from_installment=4, change=Rate.parse("0.25")),)),
        EqualPrincipal(),
        Bullet(),
    ],
)
def test_other_ways_of_paying_down_follow_their_schedule(amortization: object) -> None:
    paid_on_time(a_loan(terms(amortization=amortization), payments=9))


def test_a_balloon_amortizes_by_periods_of_its_own_rhythm() -> None:
    """2 weeks are a 26th of a year: 10,000 at 13 % over 52 of them, by the annuity formula."""
    balloon = Balloon(amortization_installments=52)
    life = a_loan(terms(Biweekly(), amortization=balloon), rate="0.13", payments=26)
    assert life.loan is not None
    first = contract_schedule(life.loan.agreed, life.terms).installments[0]
    assert first.payment.text() == "218.87"


def test_a_single_payment_and_listed_dates_are_serviced() -> None:
    single = terms(Single())
    due = date(2026, 7, 1)
    paid_on_time(a_loan(single, payments=1, first_payment_date=due))
    listed = terms(ExplicitDates(dates=(date(2026, 3, 1), date(2026, 3, 20), date(2026, 9, 5))))
    paid_on_time(a_loan(listed, payments=3))


def test_a_canadian_mortgage_compounds_half_yearly() -> None:
    """100,000.00 over 25 years at 6 percent, compounded twice a year: 639.81 (Interest Act s. 6).

    The month earns 1.03 to the sixth part less one, on a principal that is owed to the cent.
    """
    life = a_loan(
        terms(day_count=DayCount.periods, compounded_per_year=2),
        amount="100000.00", rate="0.06", payments=300,
    )  # fmt: skip
    first = date(2026, 2, 15)
    assert life.numbers(first)["interest"] == "493.86"
    life.pays("639.81", first)
    assert life.numbers(first)["principal"] == "99854.05"
    assert life.loan is not None and life.loan.agreed.note_rate == Rate.parse("0.06")
    assert observe.per_diem(life.loan, first) > 0
    life.until(date(2026, 3, 15))
    assert life.numbers(date(2026, 3, 15))["interest"] == "493.14"


def test_a_rate_that_is_changed_compounds_as_the_note_does() -> None:
    life = a_loan(terms(compounded_per_year=1), rate="0.12", payments=12)
    life.live(ChangeRate(note_rate="0.06", effective_on=date(2026, 2, 15), reason="hardship"))
    assert life.loan is not None
    point = life.loan.accrual
    assert point is not None and point.rate == earning_rate(life.loan.agreed, Rate.parse("0.06"))
    assert Rate.parse("0.0584") < point.rate < Rate.parse("0.0585")
