"""Loans whose schedule fixes the interest of each period: whatever day the money comes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.amortization.level_payment import LevelPayment
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.period_interest import PayoffInterest
from engine.interest.scheduled_interest import LaterInterest, ScheduledInterest
from engine.loan import observe
from engine.loan.closing import owed_at_payoff
from engine.loan.commands import (
    BoardLoan,
    ChangeRate,
    ChargeOffLoan,
    RecordBorrowerStatus,
)
from engine.loan.events import PaymentAllocated, ScheduleSet
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.loan.outcomes.later_interest import set_later_interest
from engine.loan.status import BorrowerStatusKind, LoanStatus, PaymentKind
from engine.payments.terms import PaymentTerms
from engine.values.day_count import DayCount
from engine.values.money import ZERO, Exact, Money
from engine.values.rounding import Rounding
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.service_law import LAW
from tests.engine.loan.standing import standing

UP = Rounding.half_up
FIRST, SECOND, THIRD = date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)


def terms(window: int = 15, rules: Any = None, **interest: Any) -> TermsInForce:
    method = ScheduledInterest(**({"day_count": DayCount.periods} | interest))
    return in_force(
        a_product(
            interest=method,
            amortization=LevelPayment(),
            fees=(),
            payments=PaymentTerms(early_window_days=window),
        ),
        rules=rules,
    )


def lent(**more: Any) -> Life:
    """12,000 at one percent a month: interest 120.00, 110.54, 100.98 …, payments 1,066.19."""
    return a_loan(terms(**more), amount="12000.00", rate="0.12", payments=12)


def split(life: Life) -> list[tuple[str, str]]:
    return [(e.interest.text(), e.principal.text()) for e in life.events(PaymentAllocated)]


@pytest.mark.parametrize("days", [-10, -1, 0, 1, 10, 40])
def test_early_or_late_each_installment_takes_its_own_interest(days: int) -> None:
    life = lent()
    assert life.loan is not None
    rows = contract_schedule(life.loan.agreed, life.terms).installments
    for row in rows:
        life.pays(row.payment.text(), row.due_date + timedelta(days=days))
    assert split(life) == [(row.interest.text(), row.principal.text()) for row in rows]
    assert life.loan.status is LoanStatus.paid_off


def test_a_part_of_a_period_earns_evenly_by_its_days() -> None:
    life = lent()
    life.pays("1066.19", FIRST)
    half_way = date(2026, 3, 1)
    assert observe.accrued_interest(life.at(half_way), half_way) == Exact(5_527)
    assert observe.per_diem(life.at(half_way), half_way) == Exact(11_054, 28)


def test_time_in_steps_earns_what_time_at_once_earns() -> None:
    at_once, stepped = lent(), lent()
    for life in (at_once, stepped):
        life.pays("1500.00", date(2026, 2, 20))
    day, end = date(2026, 2, 20), date(2027, 3, 1)
    while day < end:
        day += timedelta(days=7)
        stepped.until(day)
    assert standing(at_once.at(day)) == standing(stepped.at(day))


def test_nothing_is_earned_after_the_last_period() -> None:
    life = lent()
    assert life.loan is not None
    whole = contract_schedule(life.loan.agreed, life.terms).total_interest
    late = date(2028, 1, 1)
    assert observe.interest_owed(life.at(late), late, UP) == whole
    assert observe.per_diem(life.at(late), late) == 0


def test_a_payment_that_came_back_leaves_no_trace() -> None:
    life, never = lent(), lent()
    payment = life.pays("5000.00", date(2026, 2, 20))
    assert life.loan is not None
    life.until(THIRD)
    life.is_reversed(payment, THIRD)
    never.until(THIRD)
    assert standing(life.at(THIRD)) == standing(never.at(THIRD))


# --- principal paid beyond what is due ------------------------------------------------------------


def test_the_period_under_way_keeps_its_interest_and_later_ones_are_set_anew() -> None:
    life = lent()
    life.pays("1066.19", FIRST)
    life.pays("1000.00", date(2026, 3, 1), PaymentKind.principal_only)
    life.pays("1066.19", SECOND)
    life.pays("1066.19", THIRD)
    assert split(life)[2:] == [("110.54", "955.65"), ("90.98", "975.21")]
    assert [e.reason for e in life.events(ScheduleSet)] == ["contract", "prepayment"]


def test_on_a_due_date_the_next_period_has_not_begun() -> None:
    life = lent()
    life.pays("2066.19", FIRST)
    life.pays("1066.19", SECOND)
    # 12,000.00 − 946.19 − 1,000.00, a percent of it
    assert split(life)[-1] == ("100.54", "965.65")


def test_interest_stays_where_the_product_says_so_and_the_loan_ends_sooner() -> None:
    life = lent(after_prepayment=LaterInterest.stays)
    life.pays("3066.19", FIRST)
    assert life.loan is not None
    rows = contract_schedule(life.loan.agreed, life.terms).installments
    assert len(life.events(ScheduleSet)) == 1
    for row in rows[1:11]:
        life.pays(row.payment.text(), row.due_date)
        if life.loan.paid_off_on:
            break
    taken = [(e.interest, e.installments) for e in life.events(PaymentAllocated)]
    assert [interest for interest, _ in taken[1:-1]] == [
        row.interest for row in rows[1 : len(taken) - 1]
    ]
    assert life.loan.paid_off_on == rows[len(taken) - 1].due_date < rows[-1].due_date


def test_a_payoff_that_falls_short_meets_the_interest_of_its_installment() -> None:
    life = lent(after_prepayment=LaterInterest.stays)
    life.pays("2000.00", date(2026, 1, 30), PaymentKind.payoff)
    earned = life.events(PaymentAllocated)[0].interest
    assert ZERO < earned < Money(12_000)
    life.pays("2000.00", FIRST)
    of_installment = life.events(PaymentAllocated)[1].interest
    assert earned + of_installment == Money(12_000)  # 120.00, as scheduled


def test_a_loan_paid_off_asks_for_nothing_more() -> None:
    """A curtailment found later pays the loan off; money taken after that day is held."""
    life = lent(
        window=None,
        payoff=PayoffInterest.whole_period,
        after_prepayment=LaterInterest.stays,
    )
    life.pays("100.00", FIRST)
    life.pays("12500.00", date(2026, 1, 30), PaymentKind.principal_only)
    assert life.loan is not None and life.loan.paid_off_on == date(2026, 1, 30)
    last = life.events(PaymentAllocated)[-1]
    assert (last.interest, last.principal, last.unapplied) == (ZERO, ZERO, Money(10_000))


def test_curtailments_are_returned_too() -> None:
    life, never = lent(), lent()
    payment = life.pays("3000.00", date(2026, 2, 3), PaymentKind.principal_only)
    life.until(SECOND)
    life.comes_back(payment, SECOND, "R01")
    never.until(SECOND)
    assert standing(life.at(SECOND)) == standing(never.at(SECOND))


def test_nothing_is_set_anew_when_nothing_changes() -> None:
    life = lent()
    assert life.loan is not None
    draft = Draft.on(life.loan, life.terms)
    set_later_interest(draft, date(2026, 1, 20))
    assert draft.events == []


# --- payoff --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payoff", "owed"),
    [
        (PayoffInterest.through_payoff_day, "11109.08"),
        (PayoffInterest.whole_period, "11164.35"),
    ],
)
def test_a_payoff_owes_the_interest_the_product_says(payoff: PayoffInterest, owed: str) -> None:
    life = lent(payoff=payoff)
    life.pays("1066.19", FIRST)
    day = date(2026, 3, 1)
    assert owed_at_payoff(life.at(day), day, UP).text() == owed
    life.pays(owed, day, PaymentKind.payoff)
    assert life.loan is not None and life.loan.status is LoanStatus.paid_off
    assert life.loan.unapplied_funds == ZERO
    assert observe.interest_owed(life.at(THIRD), THIRD, UP) == ZERO


def test_a_payoff_on_a_due_date_owes_the_period_that_ends_and_no_other() -> None:
    life = lent(payoff=PayoffInterest.whole_period)
    assert owed_at_payoff(life.at(FIRST), FIRST, UP).text() == "12120.00"
    day = date(2026, 1, 15)
    assert owed_at_payoff(life.at(day), day, UP).text() == "12000.00"


def test_a_payoff_of_a_late_loan_owes_every_period_ended() -> None:
    life = lent()
    day = date(2026, 4, 30)
    owed = owed_at_payoff(life.at(day), day, UP)
    # 120.00 + 110.54 + 100.98, and half of the fourth month's 91.33
    assert owed == Money(1_200_000 + 12_000 + 11_054 + 10_098 + 4_567)
    life.pays(owed.text(), day, PaymentKind.payoff)
    assert life.loan is not None and life.loan.status is LoanStatus.paid_off


def test_an_installment_paid_ahead_stays_paid() -> None:
    life = lent()
    life.pays("1066.19", date(2026, 2, 5))
    day = date(2026, 2, 7)
    assert observe.accrued_interest(life.at(day), day) < 0
    assert owed_at_payoff(life.at(day), day, UP).text() == "11053.81"
    life.pays("11053.81", day, PaymentKind.payoff)
    assert life.loan is not None and life.loan.status is LoanStatus.paid_off
    assert observe.accrued_interest(life.loan, day) == 0


def test_more_than_everything_pays_off_and_the_rest_is_held() -> None:
    life = lent()
    life.pays("12500.00", date(2026, 1, 20))
    assert life.loan is not None and life.loan.status is LoanStatus.paid_off
    # five of thirty-one days of 120.00
    assert life.loan.unapplied_funds.text() == "480.65"


# --- rates, losses, boarding ----------------------------------------------------------------------


def test_a_rate_change_keeps_what_was_earned_and_sets_the_rest_of_the_period() -> None:
    life = lent()
    life.pays("1066.19", FIRST)
    day = date(2026, 3, 1)
    life.live(ChangeRate(note_rate="0.06", effective_on=day, reason="hardship"))
    assert observe.accrued_interest(life.at(day), day) == Exact(5_527)
    # 55.27 and half a month at half a percent of 11,053.81
    assert observe.accrued_interest(life.at(SECOND), SECOND) == Exact(5_527 + 2_763)
    life.until(THIRD)


def test_law_lowers_the_rate_of_scheduled_interest_too() -> None:
    life = lent(rules=LAW)
    served = RecordBorrowerStatus(
        status=BorrowerStatusKind.military_service, from_date=date(2026, 1, 16)
    )
    life.live(served)
    # one of 31 days at a percent of 12,000.00, thirty of them at half a percent
    assert observe.interest_owed(life.at(FIRST), FIRST, UP).text() == "61.93"


def test_a_charge_off_takes_what_was_earned() -> None:
    life = lent(payoff=PayoffInterest.whole_period)
    life.pays("1066.19", FIRST)
    life.live(ChargeOffLoan(charged_off_on=date(2026, 3, 1), reason="gone"))
    assert life.loan is not None
    assert life.loan.recovery_balance.text() == "11109.08"


def test_boarded_loans_go_on_from_their_balance() -> None:
    life = Life(terms())
    board = BoardLoan(
        borrower_id="brw_1",
        boarded_on=date(2026, 2, 20),
        original_amount="12000.00",
        note_rate="0.12",
        contract_date=date(2026, 1, 15),
        number_of_payments=12,
        remaining_payments=11,
        next_due_date=SECOND,
        installment_amount="1066.19",
        principal_balance="11053.81",
        accrued_interest="19.74",
    )
    life.live(board)
    loan = life.at(SECOND)
    # 23 of the 28 days of a percent of 11,053.81, and what it brought along
    assert observe.interest_owed(loan, SECOND, UP).text() == "110.54"
    life.pays("1066.19", SECOND)
    assert split(life) == [("110.54", "955.65")]
