"""Rates that move while the schedule fixes the interest of each period."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.amortization.amortization import Amortization
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.rate_change_effect import PaymentAtChange
from engine.interest.rate_plan.rate_plan import RatePlan
from engine.interest.scheduled_interest import ScheduledInterest
from engine.loan import observe
from engine.loan.commands import BoardLoan
from engine.loan.events import PaymentAllocated, RateReset, ScheduleSet
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.loan.status import LoanStatus, PaymentKind
from engine.values.day_count import DayCount
from engine.values.rate import Rate
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.rate_plans import INDEX_KEPT, INDEXES, PLANS_BY_INSTALLMENT

PLANNED = [plan for plan in PLANS_BY_INSTALLMENT if not isinstance(plan, IndexLinked)]
STEPPED, STEPPED_KEPT = PLANNED[0], PLANNED[1]
DUE = [date(2026, month, 15) for month in range(2, 9)]


def lent(plan: RatePlan, way: Amortization | None = None, **more: Any) -> Life:
    """12,000.00 at one percent a month over six months, until the plan moves it."""
    product = a_product(
        interest=ScheduledInterest(**({"day_count": DayCount.periods, "rate_plan": plan} | more)),
        amortization=way or LevelPayment(),
        fees=(),
    )
    terms = in_force(product, indexes=INDEXES)
    return a_loan(terms, amount="12000.00", rate="0.12", payments=6)


@pytest.mark.parametrize("way", [LevelPayment(), EqualPrincipal(), InterestOnly(installments=2)])
@pytest.mark.parametrize("plan", PLANNED)
@pytest.mark.parametrize("day_count", [DayCount.periods, DayCount.actual_365])
def test_paid_in_time_it_is_the_contracts_schedule(
    plan: RatePlan, way: Amortization, day_count: DayCount
) -> None:
    life = lent(plan, way, day_count=day_count)
    assert life.loan is not None
    rows = contract_schedule(life.loan.agreed, life.terms).installments
    for row in rows:
        life.pays(row.payment.text(), row.due_date)
    paid = [(e.interest, e.principal) for e in life.events(PaymentAllocated)]
    assert paid == [(row.interest, row.principal) for row in rows]
    assert life.loan.status is LoanStatus.paid_off
    assert life.events(RateReset)


def test_a_step_moves_the_interest_of_the_periods_after_it() -> None:
    life = lent(STEPPED)  # 14 percent after the first installment
    assert life.loan is not None
    first, second = contract_schedule(life.loan.agreed, life.terms).installments[:2]
    assert first.interest.text() == "120.00"
    assert second.interest.minor == round(first.balance.minor * 0.14 / 12)


def test_an_index_sets_interest_and_payment_at_its_reset() -> None:
    plan = PLANS_BY_INSTALLMENT[3]
    assert isinstance(plan, IndexLinked) and plan.payment is PaymentAtChange.set_anew
    life = lent(plan)
    for day in DUE[:3]:
        assert life.loan is not None
        life.pays(
            observe.next_due_amount(life.at(day), day, life.terms.product.rounding).text(), day
        )
    third = life.events(PaymentAllocated)[2]
    assert life.loan is not None
    owed = life.loan.principal_balance + third.principal
    reset = next(event for event in life.events(RateReset) if event.effective_on == DUE[1])
    assert third.interest.minor == round(owed.minor * float(reset.rate.exact) / 12)
    assert any(event.reason == "rate_plan" for event in life.events(ScheduleSet))


def test_a_payment_that_is_kept_takes_the_interest_of_the_rate() -> None:
    life = lent(INDEX_KEPT)  # reset with the first installment, every third after
    assert life.loan is not None
    before = observe.planned(life.loan)
    life.pays(before[0].amount.text(), DUE[0])
    after = observe.planned(life.loan)
    assert [row.amount for row in after[1:5]] == [row.amount for row in before[1:5]]
    (reset,) = [event for event in life.events(RateReset) if event.effective_on == DUE[0]]
    assert reset.rate != Rate.parse("0.12")
    owed = life.loan.principal_balance.minor
    assert after[1].interest.minor == round(owed * float(reset.rate.exact) / 12)


def test_principal_paid_early_lowers_interest_at_the_rates_to_come() -> None:
    life = lent(STEPPED_KEPT)
    assert life.loan is not None
    life.pays(observe.planned(life.loan)[0].amount.text(), DUE[0])
    life.pays("3000.00", DUE[0], PaymentKind.principal_only)
    rows = observe.planned(life.loan)
    # The second period has not begun on its first day.
    assert rows[1].interest.minor == round(life.loan.principal_balance.minor * 0.14 / 12)


def test_a_boarded_loan_has_the_interest_of_the_plans_rate() -> None:
    life = Life(lent(STEPPED).terms)
    life.live(
        BoardLoan(
            borrower_id="brw_old", original_amount="12000.00", note_rate="0.12",
            number_of_payments=6, remaining_payments=3, contract_date=date(2026, 1, 15),
            boarded_on=DUE[2], next_due_date=DUE[3], principal_balance="6000.00",
            accrued_interest="0.00", installment_amount="2050.00",
        )
    )  # fmt: skip
    assert life.loan is not None
    rows = observe.planned(life.loan)
    assert rows[0].interest.text() == "70.00"
    assert rows[1].interest.text() == "16.75"  # 5 percent on 4,020.00
