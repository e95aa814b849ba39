"""A pause of interest: nothing is earned in it, and installments go on, wait or are set anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.amortization.bullet import Bullet
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.simple_interest import SimpleInterest
from engine.loan import observe
from engine.loan.commands import (
    ChangeRate,
    EndInterestPause,
    PauseInterest,
    RecordBorrowerStatus,
)
from engine.loan.decisions.pause import paused_before
from engine.loan.events import PaymentAllocated, RateReset, ScheduleSet
from engine.loan.status import BorrowerStatusKind, PausedAmounts, PausedInstallments
from engine.product.due_dates import DueDates, FirstPayment
from engine.values.day_count import DayCount
from engine.values.frequency import ExplicitDates
from engine.values.money import Exact
from engine.values.rate import Rate
from tests.engine.loan.life import PAY_IN_4, Life, a_loan, a_product, in_force
from tests.engine.loan.service_law import LAW
from tests.engine.loan.standing import standing

FEB, MAR, APR, MAY, JUN = (date(2026, month, 15) for month in (2, 3, 4, 5, 6))
THIRTY = in_force(a_product(interest=SimpleInterest(day_count=DayCount.thirty_360), fees=()))
LATER = in_force(
    a_product(interest=SimpleInterest(day_count=DayCount.actual_365, day_one_accrues=False))
)


def lent(terms: TermsInForce = THIRTY, rate: str = "0.12", **others: Any) -> Life:
    return a_loan(terms, rate=rate, **others)


def paused(
    life: Life, first: date, last: date, *, wait: bool = False, anew: bool = False
) -> PauseInterest:
    command = PauseInterest(
        from_date=first,
        to_date=last,
        installments=PausedInstallments.wait if wait else PausedInstallments.go_on,
        amounts=PausedAmounts.set_anew if anew else PausedAmounts.last_absorbs,
        reason="hardship",
    )
    life.live(command)
    return command


def dues(life: Life, day: date) -> list[date]:
    return [row.due_date for row in observe.planned(life.at(day))]


def amounts(life: Life, day: date) -> list[int]:
    return [row.amount.minor for row in observe.planned(life.at(day))]


@pytest.mark.parametrize("terms", [THIRTY, LATER])
def test_nothing_is_earned_from_the_first_day_through_the_last(terms: TermsInForce) -> None:
    life, never = lent(terms), lent(terms)
    paused(life, date(2026, 1, 20), date(2026, 1, 29))
    for day in range(15, 31):
        on = date(2026, 1, day)
        earned = observe.accrued_interest(life.at(on), on)
        before = min(on, date(2026, 1, 20))
        after = max(on, date(2026, 1, 30))
        expected = observe.accrued_interest(never.at(before), before) + (
            observe.accrued_interest(never.at(after), after)
            - observe.accrued_interest(never.at(date(2026, 1, 30)), date(2026, 1, 30))
        )
        assert earned == expected, on
    assert observe.per_diem(life.at(date(2026, 1, 25)), date(2026, 1, 25)) == 0
    assert observe.per_diem(life.at(date(2026, 1, 30)), date(2026, 1, 30)) > 0


def test_installments_go_on_and_the_last_takes_what_was_not_earned() -> None:
    life = lent()
    before = amounts(life, FEB)
    paused(life, date(2026, 1, 15), date(2026, 3, 14))
    assert amounts(life, MAR) == before and dues(life, MAR) == dues(lent(), MAR)
    for row in observe.planned(life.at(FEB)):
        if life.loan is not None and life.loan.paid_off_on is None:
            day = row.due_date
            left = observe.installments_due(life.at(day), day, THIRTY.product.rounding)
            life.pays(left[0].remaining.text(), day)
    parts = life.events(PaymentAllocated)
    assert [part.interest.minor for part in parts[:3]] == [0, 0, 8_223]
    assert life.loan is not None and life.loan.paid_off_on == date(2027, 1, 15)
    last = parts[-1].interest + parts[-1].principal
    assert last.minor < before[-1] - 20_000


def test_or_all_are_set_anew_with_the_pause_in_them() -> None:
    life = lent()
    paused(life, date(2026, 1, 15), date(2026, 3, 14), anew=True)
    level = amounts(life, MAR)
    assert set(level[:-1]) == {87_174} and abs(level[-1] - 87_174) < 12
    (anew,) = [e for e in life.events(ScheduleSet) if e.reason == "interest_pause"]
    assert anew.effective_on == date(2026, 1, 15)


def test_installments_wait_for_the_due_dates_after_the_pause() -> None:
    life = lent()
    before = amounts(life, FEB)
    paused(life, date(2026, 2, 1), date(2026, 4, 20), wait=True)
    assert dues(life, FEB)[:2] == [MAY, JUN]
    assert dues(life, FEB)[-1] == date(2027, 4, 15) and len(dues(life, FEB)) == 12
    assert amounts(life, FEB) == before
    life.until(date(2026, 5, 1))
    assert life.numbers(date(2026, 5, 1))["past_due"] == "0.00"
    assert observe.accrued_interest(life.at(MAY), MAY) == Exact(1_000_000 * (16 + 24) * 12, 36_000)


def test_what_was_past_due_stays_so() -> None:
    life = lent()
    life.until(date(2026, 2, 20))
    paused(life, date(2026, 2, 20), date(2026, 4, 20), wait=True)
    assert life.numbers(APR)["past_due"] == "888.49"
    assert life.numbers(APR)["days"] == (APR - FEB).days
    assert dues(life, APR)[:2] == [FEB, MAY]


def test_a_pause_ends_early_and_installments_that_waited_come_sooner() -> None:
    life = lent()
    paused(life, date(2026, 2, 1), date(2026, 4, 20), wait=True)
    life.live(EndInterestPause(ended_on=date(2026, 3, 1), reason="back at work"))
    assert dues(life, MAR)[0] == MAR and dues(life, MAR)[-1] == date(2027, 2, 15)
    assert observe.accrued_interest(life.at(MAR), MAR) == Exact(1_000_000 * (16 + 14) * 12, 36_000)
    assert [e.reason for e in life.events(RateReset)] == ["interest_pause", "interest_pause_ended"]


def test_an_early_end_sets_amounts_anew_where_the_pause_had() -> None:
    life = lent()
    paused(life, date(2026, 1, 15), date(2026, 3, 14), anew=True)
    life.live(EndInterestPause(ended_on=FEB, reason="back at work"))
    assert amounts(life, MAR)[:2] == [87_174, 88_046]


def test_a_rate_changed_in_the_pause_is_in_force_after_it_and_sets_amounts_anew() -> None:
    life = lent()
    paused(life, date(2026, 2, 1), date(2026, 4, 20))
    life.live(ChangeRate(note_rate="0.06", effective_on=date(2026, 3, 1), reason="hardship"))
    assert life.events(RateReset)[-1].rate == Rate.parse("0")
    life.until(MAY)
    resets = [(e.effective_on, e.rate.text(), e.reason) for e in life.events(RateReset)]
    assert resets == [
        (date(2026, 2, 1), "0", "interest_pause"),
        (date(2026, 4, 21), "0.06", "rate_change"),
    ]
    assert life.events(ScheduleSet)[-1].effective_on == date(2026, 4, 21)


def test_law_goes_on_in_a_pause() -> None:
    life = lent(in_force(THIRTY.product, rules=LAW))
    paused(life, date(2026, 2, 1), date(2026, 2, 28))
    serving = BorrowerStatusKind.military_service
    life.live(RecordBorrowerStatus(status=serving, from_date=date(2026, 2, 10)))
    life.until(MAR)
    resets = [(e.effective_on, e.rate.text(), e.reason) for e in life.events(RateReset)]
    assert resets == [
        (date(2026, 2, 1), "0", "interest_pause"), (date(2026, 3, 1), "0.06", "rate_limit"),
    ]  # fmt: skip


@pytest.mark.parametrize("wait", [True, False])
@pytest.mark.parametrize("anew", [True, False])
def test_a_pause_found_out_late_counts_from_its_day(wait: bool, anew: bool) -> None:
    late, on_time = lent(), lent()
    late.pays("888.49", FEB)
    late.pays("500.00", APR)
    late.until(MAY)
    paused(late, date(2026, 3, 1), date(2026, 4, 10), wait=wait, anew=anew)
    on_time.pays("888.49", FEB)
    paused(on_time, date(2026, 3, 1), date(2026, 4, 10), wait=wait, anew=anew)
    on_time.pays("500.00", APR)
    on_time.until(MAY)
    assert standing(late.at(MAY)) == standing(on_time.at(MAY))


def test_time_in_steps_or_at_once() -> None:
    once, steps = lent(LATER), lent(LATER)
    for life in (once, steps):
        paused(life, date(2026, 2, 1), date(2026, 4, 20), wait=True, anew=True)
    day = date(2026, 2, 1)
    while day < JUN:
        day += timedelta(days=4)
        steps.until(day)
    once.until(day)
    assert standing(once.at(day)) == standing(steps.at(day))


def test_what_cannot_be_is_refused() -> None:
    life = lent()
    wrong = PauseInterest(from_date=MAR, to_date=FEB, reason="x")
    assert life.refused(wrong)[0].path == "/to_date"
    paused(life, FEB, MAR)
    again = PauseInterest(from_date=MAR, to_date=APR, reason="x")
    assert life.refused(again)[0].code == "already_paused"
    early = EndInterestPause(ended_on=FEB, reason="x")
    assert life.refused(early)[0].code == "not_paused"
    late = EndInterestPause(ended_on=date(2026, 3, 16), reason="x")
    assert life.refused(late)[0].code == "not_paused"
    assert paused_before(life.at(MAR), MAR) == FEB
    free = a_loan(PAY_IN_4, amount="400.00", rate="0", payments=4)
    assert free.refused(PauseInterest(from_date=FEB, to_date=MAR, reason="x"))[0].code == (
        "nothing_to_pause"
    )


def test_installments_cannot_wait_for_days_the_contract_does_not_have() -> None:
    listed = DueDates(
        frequencies=(ExplicitDates(dates=(MAR, JUN)),),
        first_payment=FirstPayment(minimum_days=1, maximum_days=400),
        calendar="us_federal@1",
    )
    life = a_loan(in_force(a_product(due_dates=listed, amortization=Bullet())), payments=2,
                  first_payment_date=MAR)  # fmt: skip
    wait = PauseInterest(
        from_date=FEB, to_date=APR, installments=PausedInstallments.wait, reason="x"
    )
    assert life.refused(wait)[0].code == "no_later_due_dates"
    paused(life, FEB, APR)
