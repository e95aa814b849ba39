"""A due date that moves to a business day alone: the period of interest ends on the regular day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.level_payment import LevelPayment
from engine.catalog.terms_in_force import TermsInForce
from engine.codec.json_text import JsonText
from engine.fees.late_fee import LateFee
from engine.interest.interest_method import InterestMethod
from engine.interest.no_interest import NoInterest
from engine.interest.period_interest import PayoffInterest
from engine.interest.precomputed_interest import ChargeParts, PrecomputedInterest
from engine.interest.scheduled_interest import ScheduledInterest
from engine.interest.simple_interest import SimpleInterest
from engine.loan import observe
from engine.loan.closing import owed_at_payoff
from engine.loan.commands import BookLoan, DisburseLoan, RequestedTerms
from engine.loan.events import (
    FeeAssessed,
    InstallmentBilled,
    InterestPeriodEnded,
    PaymentAllocated,
    PlannedInstallment,
)
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.loan.position import positions
from engine.loan.serviceable import not_serviceable
from engine.loan.status import LoanStatus
from engine.payments.terms import InterestDue, PaymentTerms
from engine.product.due_dates import DueDates, FirstPayment
from engine.values.calendar import AccrualPeriod, BusinessDayAdjustment
from engine.values.day_count import DayCount
from engine.values.frequency import EveryDays, Monthly
from engine.values.money import Exact, Money
from engine.values.rounding import round_exact
from tests.engine.loan.life import FEES, Life, a_loan, a_product, in_force

FOLLOWING, PRECEDING = BusinessDayAdjustment.following, BusinessDayAdjustment.preceding
FIRST = date(2026, 2, 15)
"""A Sunday: due on Monday the 16th or Friday the 13th."""
REGULAR = [date(2026, month, 15) for month in range(2, 8)]
METHODS = {
    "simple": SimpleInterest(),
    "scheduled": ScheduledInterest(day_count=DayCount.actual_365),
    "precomputed": PrecomputedInterest(parts=ChargeParts.by_period, day_count=DayCount.actual_365),
    "none": NoInterest(),
}


def terms(
    method: InterestMethod,
    moves: BusinessDayAdjustment = FOLLOWING,
    period: AccrualPeriod = AccrualPeriod.unadjusted,
    **others: Any,
) -> TermsInForce:
    free = isinstance(method, NoInterest)
    fixed = isinstance(method, PrecomputedInterest)
    due = DueDates(
        frequencies=(others.pop("frequency", Monthly()),),
        first_payment=FirstPayment(minimum_days=1, maximum_days=62),
        in_advance=others.pop("in_advance", False),
        business_days=moves,
        accrual_period=period,
        calendar="us_federal@1",
    )
    chosen: dict[str, Any] = {
        "interest": method,
        "amortization": EqualInstallments() if free else LevelPayment(),
        "fees": FEES[1:2],
        "payments": PaymentTerms(early_window_days=None if fixed else 15),
        "due_dates": due,
    }
    return in_force(a_product(**(chosen | others)))


def lent(method: InterestMethod, moves: BusinessDayAdjustment = FOLLOWING, **others: Any) -> Life:
    rate = "0" if isinstance(method, NoInterest) else "0.12"
    return a_loan(terms(method, moves, **others), amount="6000.00", rate=rate, payments=6)


@pytest.mark.parametrize("moves", [FOLLOWING, PRECEDING])
@pytest.mark.parametrize("kind", METHODS)
def test_amounts_are_those_of_the_regular_dates_and_due_dates_move(
    kind: str, moves: BusinessDayAdjustment
) -> None:
    regular = lent(METHODS[kind], BusinessDayAdjustment.none, period=AccrualPeriod.adjusted)
    moved = lent(METHODS[kind], moves)
    assert regular.loan is not None and moved.loan is not None
    rows, fixed = observe.planned(moved.loan), observe.planned(regular.loan)
    assert [row.ends_on for row in rows] == REGULAR
    assert [(row.amount, row.interest) for row in rows] == [(r.amount, r.interest) for r in fixed]
    calendar = moved.terms.calendar
    assert [row.due_date for row in rows] == [calendar.adjust(day, moves) for day in REGULAR]
    shown = contract_schedule(moved.loan.agreed, moved.terms).installments
    assert [row.due_date for row in shown] == [row.due_date for row in rows]
    assert [row.payment for row in shown] == [row.amount for row in rows]
    moved.until(date(2026, 8, 1))
    billed = moved.events(InstallmentBilled)
    assert [event.effective_on for event in billed] == [row.due_date for row in rows]


@pytest.mark.parametrize("moves", BusinessDayAdjustment)
@pytest.mark.parametrize("kind", ["scheduled", "precomputed", "none"])
@pytest.mark.parametrize("days", [-2, -1, 0, 1, 9])
def test_paid_around_each_due_date_the_loan_costs_what_was_scheduled(
    kind: str, moves: BusinessDayAdjustment, days: int
) -> None:
    alone = moves is not BusinessDayAdjustment.none
    period = AccrualPeriod.unadjusted if alone else AccrualPeriod.adjusted
    life = lent(METHODS[kind], moves, period=period)
    assert life.loan is not None
    rows = contract_schedule(life.loan.agreed, life.terms).installments
    for row in rows:
        life.pays(row.payment.text(), row.due_date + timedelta(days=days))
    split = [(e.interest, e.principal) for e in life.events(PaymentAllocated)]
    assert split == [(row.interest, row.principal) for row in rows]
    assert life.loan.status is LoanStatus.paid_off


def test_interest_on_what_is_owed_is_earned_until_it_is_paid() -> None:
    life = lent(METHODS["simple"])
    life.pays("1035.29", date(2026, 2, 16))
    assert [e.interest.text() for e in life.events(PaymentAllocated)] == ["63.12"]  # 32 days
    assert life.numbers(date(2026, 2, 17))["days"] == 0


def test_the_next_period_begins_on_the_regular_day() -> None:
    life = lent(METHODS["scheduled"])
    on_the_day, at_due = date(2026, 2, 15), date(2026, 2, 16)
    first, second = observe.planned(life.at(on_the_day))[:2]
    earned = observe.interest_earned_to(life.at(on_the_day), on_the_day)
    assert earned == first.interest.minor
    assert observe.interest_earned_to(life.at(at_due), at_due) == earned + Exact(
        second.interest.minor, 28
    )
    assert life.numbers(on_the_day)["past_due"] == "0.00"
    life.until(at_due)
    (ended,) = life.events(InterestPeriodEnded)
    assert (ended.effective_on, ended.number) == (on_the_day, 1)


def test_a_payment_due_before_its_period_ends_asks_for_all_of_its_interest() -> None:
    life = lent(METHODS["scheduled"], PRECEDING)
    due, end, after = date(2026, 2, 13), date(2026, 2, 15), date(2026, 2, 20)
    first, second = observe.planned(life.at(due))[:2]
    for day in (due, end):
        assert observe.interest_earned_to(life.at(day), day) == first.interest.minor
    spread = Exact(second.interest.minor * 5, (date(2026, 3, 13) - end).days)
    assert observe.interest_earned_to(life.at(after), after) == first.interest.minor + spread


def test_positions_end_where_periods_do() -> None:
    life = lent(METHODS["scheduled"])
    life.until(date(2026, 3, 20))
    history = [(item.seq, item.event) for item in life.history]
    rows = positions(None, history, life.terms, loan_id="loan_test")
    held = {row.valid_from: row for row in rows}
    assert {FIRST, date(2026, 2, 16)} <= held.keys()
    for day in (date(2026, 2, 14) + timedelta(days=n) for n in range(33)):
        row = held[max(on for on in held if on <= day)]
        assert row.per_day_numerator is not None and row.per_day_denominator is not None
        pace = Exact(row.per_day_numerator, row.per_day_denominator)
        carry = Exact(row.carry_numerator, row.carry_denominator)
        accrued = carry + pace * (day - row.anchor).days
        assert accrued == observe.accrued_interest(life.at(day), day)


def test_late_fees_count_from_the_moved_day() -> None:
    life = lent(METHODS["scheduled"])
    assert isinstance(FEES[1], LateFee) and FEES[1].grace_days == 10
    life.until(date(2026, 3, 1))
    (fee,) = life.events(FeeAssessed)
    assert fee.effective_on == date(2026, 2, 27)
    assert life.numbers(date(2026, 2, 26))["days"] == 10


def test_a_payoff_goes_by_the_regular_day() -> None:
    """On the Sunday one period has ended; on the Monday, the due date, another is under way."""
    sunday, monday = date(2026, 2, 15), date(2026, 2, 16)
    for kind in ("scheduled", "simple"):
        method = msgspec.structs.replace(METHODS[kind], payoff=PayoffInterest.whole_period)
        life = lent(method)
        up = life.terms.product.rounding
        january, through_march = Exact(600_000 * 12 * 31, 36_500), Exact(600_000 * 12 * 59, 36_500)
        owed = owed_at_payoff(life.at(sunday), sunday, up)
        assert owed == Money(600_000) + round_exact(january, up)
        owed = owed_at_payoff(life.at(monday), monday, up)
        if kind == "simple":
            assert owed == Money(600_000) + round_exact(through_march, up)
        else:
            rows = observe.planned(life.at(monday))
            assert owed == Money(600_000) + rows[0].interest + rows[1].interest


def test_two_installments_may_fall_due_on_one_day() -> None:
    for method in METHODS.values():
        life = lent(method, frequency=EveryDays(days=1))
        life.until(date(2026, 2, 1))
        assert life.loan is not None and len(life.loan.billed) == 6
        days = [row.due_date for row in life.loan.billed]
        assert days == sorted(days) and len(set(days)) == 4


def test_what_was_planned_before_reads_as_before() -> None:
    text = JsonText[PlannedInstallment](PlannedInstallment)
    now = text.encode(PlannedInstallment(1, FIRST, Money(51_720), Money(6_000)))
    old = text.decode(now.removesuffix(b",null]") + b"]")
    assert old == text.decode(now)
    assert (old.ends_on, old.earned_on) == (old.due_date, old.due_date)


def test_what_cannot_be_honored_is_refused_by_name() -> None:
    asks = PaymentTerms(interest_due=InterestDue.by_installment)
    grows = Deferred(installments=2, interest=DeferredInterest.capitalized)
    for chosen in ({"payments": asks}, {"amortization": grows}):
        product = terms(SimpleInterest(), **chosen).product
        (problem,) = not_serviceable(product)
        assert problem.path == "/due_dates/accrual_period"
        adjusted = replace(product.due_dates, accrual_period=AccrualPeriod.adjusted)
        assert not_serviceable(replace(product, due_dates=adjusted)) == ()


@pytest.mark.parametrize("period", AccrualPeriod)
@pytest.mark.parametrize("in_advance", [True, False])
def test_a_payment_that_would_move_onto_the_money_is_refused(
    in_advance: bool, period: AccrualPeriod
) -> None:
    """Contract on Friday, every two days: the payment of Sunday would move back to that Friday."""
    rules = terms(
        SimpleInterest(), PRECEDING, period, frequency=EveryDays(days=2), in_advance=in_advance
    )
    asked = RequestedTerms(
        amount="1000.00", note_rate="0.12", number_of_payments=4, contract_date=date(2026, 1, 16)
    )
    life = Life(rules)
    (refusal,) = life.refused(BookLoan(borrower_id="brw_1", terms=asked))
    assert refusal.code == "outside_product_limits"
    assert "The payment of 2026-01-18 would move to 2026-01-16" in refusal.message
    life.live(BookLoan(borrower_id="brw_1", terms=replace(asked, contract_date=date(2026, 1, 14))))
    (late,) = life.refused(DisburseLoan(disbursed_on=date(2026, 1, 16)))
    assert late.code == "after_first_payment"
    life.live(DisburseLoan(disbursed_on=date(2026, 1, 14)))
