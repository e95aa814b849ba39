"""Loans whose rate moves by a plan, by an index, with the balance, or in default."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from engine.amortization.level_payment import LevelPayment
from engine.amortization.schedule import schedule
from engine.compliance.rule import Point
from engine.errors import Refused
from engine.interest.rate_plan.rate_plan import RatePlan
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan import observe
from engine.loan.commands import (
    AdvanceTo,
    ChangeRate,
    RecordBorrowerStatus,
    RequestedTerms,
    ReversePayment,
)
from engine.loan.decisions.offer import Offer, make_offer
from engine.loan.events import (
    OutcomeUndone,
    RateIndexPublished,
    RateReset,
    RateResetAwaited,
    ScheduleSet,
)
from engine.loan.position import position
from engine.loan.status import BorrowerStatusKind, PaymentKind
from engine.payments.terms import AfterPrepayment, PaymentTerms
from engine.values.day_count import DayCount
from engine.values.money import Money, total
from engine.values.rate import Rate
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.rate_plans import (
    EVERY_PLAN,
    INDEX,
    INDEX_KEPT,
    INDEXES,
    INTRODUCTORY,
    SLICES,
    STEPPED,
    STEPPED_KEPT,
    WHOLE,
    published,
)
from tests.engine.loan.service_law import LAW
from tests.engine.loan.standing import standing

START = date(2026, 1, 15)
FORESEEN = [plan for plan in EVERY_PLAN if plan not in (INDEX, INDEX_KEPT)]


def under(plan: RatePlan, **others: Any) -> Any:
    interest = {
        name: others.pop(name)
        for name in ("default_rate", "remainders", "day_count")
        if name in others
    }
    product = a_product(
        interest=SimpleInterest(rate_plan=plan, **interest),
        **({"payments": others.pop("payments")} if "payments" in others else {}),
    )
    return in_force(product, **({"indexes": INDEXES} | others))


def offered(terms: Any, payments: int = 12) -> Offer:
    asked = RequestedTerms(
        amount="10000.00", note_rate="0.10", number_of_payments=payments, contract_date=START
    )
    return make_offer(asked, terms, Point.quote)


def pays_on_schedule(life: Life) -> list[str]:
    """Every installment is paid on its day; what each came to."""
    paid = []
    rounding = life.terms.product.rounding
    while life.loan is not None and (coming := observe.unbilled(life.loan)):
        day = coming[0].due_date
        life.until(day)
        due = total(row.remaining for row in observe.installments_due(life.loan, day, rounding))
        if not due:
            break
        life.pays(due.text(), day)
        paid.append(due.text())
    return paid


def resets(life: Life) -> list[tuple[str, str, str]]:
    return [(str(e.effective_on), e.rate.text(), e.reason) for e in life.events(RateReset)]


@pytest.mark.parametrize("remainders", list(Remainders))
@pytest.mark.parametrize("day_count", [DayCount.actual_365, DayCount.thirty_360])
@pytest.mark.parametrize("plan", FORESEEN)
def test_a_rate_foreseen_is_billed_as_disclosed(
    plan: RatePlan, day_count: DayCount, remainders: Remainders
) -> None:
    terms = under(plan, day_count=day_count, remainders=remainders)
    quoted = [row.payment.text() for row in offered(terms).schedule.installments]
    life = a_loan(terms, rate="0.10")
    assert pays_on_schedule(life) == quoted
    assert len(life.events(ScheduleSet)) == 1  # what was foreseen needed no new installments
    assert life.loan is not None and life.loan.paid_off_on is not None


def test_steps_come_into_force_on_their_days() -> None:
    life = a_loan(under(STEPPED), rate="0.10")
    life.until(date(2026, 6, 1))
    assert resets(life) == [
        ("2026-03-15", "0.12", "rate_plan"), ("2026-05-15", "0.05", "rate_plan"),
    ]  # fmt: skip
    # 28 days of January and February at 10 %, 61 at 12 % from 15 March, 17 at 5 % from 15 May.
    earned = Fraction(1_000_000, 365) * (
        Fraction(10, 100) * 59 + Fraction(12, 100) * 61 + Fraction(5, 100) * 17
    )
    assert observe.accrued_interest(life.at(date(2026, 6, 1)), date(2026, 6, 1)) == earned


def test_each_step_works_out_the_rest_at_its_own_rate() -> None:
    rows = offered(under(STEPPED)).schedule.installments
    after_two = schedule(
        rows[1].balance, Rate.parse("0.12"), date(2026, 3, 15), [r.due_date for r in rows[2:]],
        interest=SimpleInterest(), amortization=LevelPayment(),
    )  # fmt: skip
    assert rows[2].payment == rows[3].payment == after_two.installments[0].payment
    level = {row.payment for row in offered(under(STEPPED_KEPT)).schedule.installments[:-1]}
    assert len(level) == 1


def test_an_introductory_rate_is_in_force_from_the_first_day() -> None:
    life = a_loan(under(INTRODUCTORY), rate="0.10")
    assert resets(life) == [("2026-01-15", "0.0199", "rate_plan")]
    assert position(life.at(START), START, life.terms).rate_numerator == 199
    life.until(date(2026, 4, 16))
    assert resets(life)[1:] == [("2026-04-15", "0.1", "rate_plan")]


def test_the_apr_of_a_rate_that_moves_is_a_composite() -> None:
    plain, low = offered(in_force()), offered(under(INTRODUCTORY))
    apr = low.truth_in_lending.apr
    assert Rate.parse("0.0199") < apr < plain.truth_in_lending.apr
    worth = Fraction(0)  # the payments, each month discounted at the APR, are the amount financed
    for number, row in enumerate(low.schedule.installments, 1):
        worth += row.payment.minor / (1 + apr.exact / 12) ** number
    assert abs(worth - low.truth_in_lending.amount_financed.minor) < Fraction(1, 100)


def test_a_balance_earns_by_its_band() -> None:
    for plan, yearly in ((WHOLE, 70_000), (SLICES, 300_000 * 18 // 100 + 55_000 + 14_000)):
        life = a_loan(under(plan), rate="0.10")
        earned = observe.accrued_interest(life.at(date(2026, 2, 1)), date(2026, 2, 1))
        assert earned == Fraction(yearly * 17, 365)
    life.pays("7200.00", date(2026, 2, 1), PaymentKind.principal_only)
    loan = life.at(date(2026, 3, 1))
    day_of = observe.per_diem(loan, date(2026, 3, 1))
    assert day_of == Fraction(loan.principal_balance.minor * 18, 100 * 365)
    assert resets(life) == []  # the rate follows the balance without anyone deciding it


def test_an_index_is_held_until_its_resets() -> None:
    offer = offered(under(INDEX))
    assert offer.variable_rate
    # 7.40 of 31 December and 3 points are 10.4, to the nearest eighth 10.375.
    assert [(str(c.on), c.rate.text()) for c in offer.rates[:2]] == [
        ("2026-01-15", "0.1"), ("2026-03-15", "0.10375"),
    ]  # fmt: skip
    life = a_loan(under(INDEX), rate="0.10")
    paid = pays_on_schedule(life)
    assert paid[:2] == [row.payment.text() for row in offer.schedule.installments[:2]]
    assert paid[2] > offer.schedule.installments[2].payment.text()
    assert resets(life)[:3] == [
        ("2026-03-15", "0.1075", "rate_plan"),
        ("2026-04-15", "0.11125", "rate_plan"),
        ("2026-05-15", "0.12", "rate_plan"),
    ]
    reset = life.events(RateReset)[0]
    assert reset.because.figures == {"contract_rate": "0.1075", "index_value": "0.0775"}
    assert reset.because.term == "/interest/rate_plan"


def test_no_offer_is_made_without_the_index() -> None:
    with pytest.raises(Refused) as refused:
        offered(under(INDEX, indexes={}))
    assert refused.value.refusals[0].code == "index_value_missing"


def test_a_reset_waits_for_its_value_and_says_so() -> None:
    life = a_loan(under(INDEX), rate="0.10")
    decision = life.until(date(2026, 5, 20))
    assert [e.effective_on for e in life.events(RateResetAwaited)] == [date(2026, 5, 15)]
    assert "index_value_missing" in [finding.rule for finding in decision.findings]
    assert resets(life)[-1] == ("2026-04-15", "0.11125", "rate_plan")


@pytest.mark.parametrize("paid", [True, False])
def test_a_reset_decided_late_comes_out_as_one_on_time(paid: bool) -> None:
    on_time = {"prime": tuple(published(str(v.value_on), v.value.text()) for v in INDEXES["prime"])}
    lives = [a_loan(under(INDEX), rate="0.10"), a_loan(under(INDEX, indexes=on_time), rate="0.10")]
    for life in lives:
        for month in (2, 3, 4, 5) if paid else (2,):
            life.pays("885.00", date(2026, month, 15 + (month == 4)))
        life.until(date(2026, 6, 10))
    late, early = lives
    assert resets(late) != resets(early)
    for life in lives:
        life.until(date(2026, 6, 15))
    assert resets(late) == resets(early)
    assert late.loan is not None and early.loan is not None
    assert standing(late.loan) == standing(early.loan)
    assert any(isinstance(item.event, OutcomeUndone) for item in late.history)
    assert late.events(RateResetAwaited) == []


def test_what_is_published_after_a_reset_is_no_drift() -> None:
    life = a_loan(under(INDEX), rate="0.10")
    life.until(date(2026, 3, 20))
    news = (*INDEXES["prime"], published("2026-03-04", "0.01", known="2026-03-18"))
    life.terms = in_force(life.terms.product, indexes={"prime": news})
    life.pays("100.00", date(2026, 3, 1))  # backdated: all is decided again
    assert resets(life) == [("2026-03-15", "0.1075", "rate_plan")]
    assert [e.value.text() for e in life.events(RateIndexPublished)] == ["0.0775"]


@pytest.mark.parametrize("in_between", [[], [date(2026, 6, 15)]], ids=["at once", "in steps"])
def test_a_value_that_has_come_is_adopted_before_money_is_taken(in_between: list[date]) -> None:
    """The value known on June 15 counts for a payment of the 18th, also where time stood still."""
    life = a_loan(under(INDEX), rate="0.10")
    life.until(date(2026, 5, 20))
    assert life.events(RateResetAwaited)
    for day in in_between:
        life.until(day)
    life.pays("20000.00", date(2026, 6, 18))
    assert life.loan is not None and life.loan.paid_off_on == date(2026, 6, 18)
    assert ("2026-05-15", "0.12", "rate_plan") in resets(life)


def test_what_an_index_comes_to_is_not_known_before_its_reset() -> None:
    """Installments lowered before a reset are decided again as they were, not with its value."""
    payments = PaymentTerms(early_window_days=0, after_prepayment=AfterPrepayment.lower_payment)
    life = a_loan(under(INDEX_KEPT, payments=payments), payments=4, on=date(2026, 1, 30))
    first = life.pays("892.87", date(2026, 1, 30))
    life.pays("892.87", date(2026, 3, 1))
    life.live(ReversePayment(payment=first, reversed_on=date(2026, 3, 2), reason="not this loan"))


def test_payments_kept_leave_the_difference_to_the_last() -> None:
    life = a_loan(under(INDEX_KEPT), rate="0.10")
    paid = pays_on_schedule(life)
    assert len(set(paid[:-1])) == 1 and paid[-1] > paid[0]
    assert len(life.events(ScheduleSet)) == 1


def test_a_rate_agreed_lower_is_the_most_the_plan_may_come_to() -> None:
    life = a_loan(under(STEPPED), rate="0.10")
    life.live(ChangeRate(note_rate="0.08", effective_on=date(2026, 2, 1), reason="hardship"))
    life.until(date(2026, 6, 1))
    assert resets(life) == [
        ("2026-02-01", "0.08", "rate_change"), ("2026-05-15", "0.05", "rate_plan"),
    ]  # fmt: skip
    [refusal] = life.refused(
        ChangeRate(note_rate="0.06", effective_on=date(2026, 6, 1), reason="-")
    )
    assert refusal.code == "adverse_change"


@pytest.mark.parametrize("plan", EVERY_PLAN)
def test_law_binds_a_plan_while_it_holds(plan: RatePlan) -> None:
    life = a_loan(under(plan, rules=LAW), rate="0.10")
    began, ended = date(2026, 2, 20), date(2026, 7, 1)
    service = BorrowerStatusKind.military_service
    life.live(RecordBorrowerStatus(status=service, from_date=began, to_date=ended))
    life.until(date(2026, 9, 1))
    for ahead in range((ended - began).days + 1):
        day = began + timedelta(days=ahead)
        in_force_then = [e.rate for e in life.events(RateReset) if e.effective_on <= day][-1]
        assert in_force_then <= Rate.parse("0.06" if day < date(2026, 4, 1) else "0.055")
    assert life.loan is not None
    assert life.loan.rate_changes[-1][2] > Rate.parse("0.04")


def test_time_stops_at_the_resets_and_nowhere_between() -> None:
    life = a_loan(under(INDEX), rate="0.10")
    life.until(date(2026, 3, 15))
    life.pays("5000.00", date(2026, 3, 16))
    assert life.loan is not None
    at = position(life.loan, date(2026, 3, 16), life.terms)
    assert at.next_boundary == date(2026, 4, 15)
    assert Rate(Fraction(at.rate_numerator, at.rate_denominator)) == Rate.parse("0.1075")
    answer = life.ask(AdvanceTo(day=date(2026, 4, 14)))
    assert not isinstance(answer, tuple) and answer.events == ()
    assert Money(0) < life.loan.principal_balance
