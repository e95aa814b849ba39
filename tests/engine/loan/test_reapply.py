"""Corrections: a payment that came back counts as never received, and so on for every past day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.ledger.entry import net
from engine.ledger.journalize import journalize
from engine.loan.commands import AdvanceTo, ChargeOffLoan, ReceivePayment, ReversePayment
from engine.loan.events import FeeAssessed, OutcomeUndone, PaymentReturned
from engine.loan.evolve import fold
from tests.engine.loan.life import PAY_IN_4, PERSONAL, THIRTY_360, Life, a_loan
from tests.engine.loan.standing import standing

FEB, MAR, APR, MAY = date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15), date(2026, 5, 15)
INSTALLMENT = "892.87"


def books(life: Life) -> dict[object, object]:
    """Net journal of everything that happened."""
    return dict(net(e for item in life.history for e in journalize(item.seq, item.event)))


def test_a_payment_returned_unauthorized_after_45_days_is_as_if_it_never_came() -> None:
    returned, never = a_loan(), a_loan()
    for life in (returned, never):
        life.pays(INSTALLMENT, FEB)
        life.pays(INSTALLMENT, MAR)
    third = returned.pays(INSTALLMENT, APR)
    back = APR + timedelta(days=45)
    returned.comes_back(third, back, "R10")
    returned.until(back)
    never.until(back)
    assert standing(returned.at(back)) == standing(never.at(back))
    assert returned.numbers(back) == never.numbers(back)
    assert books(returned) == books(never)
    assert not [f for f in returned.events(FeeAssessed) if f.name == "returned_payment_fee"]


def test_a_payment_returned_for_lack_of_funds_costs_the_returned_payment_fee() -> None:
    life = a_loan()
    first = life.pays(INSTALLMENT, FEB)
    life.comes_back(first, FEB + timedelta(days=2), "R01")
    (fee,) = life.events(FeeAssessed)
    assert (fee.fee_id, fee.amount.text(), fee.effective_on) == (
        f"returned_payment_fee/{first}",
        "25.00",
        FEB + timedelta(days=2),
    )
    assert fee.because.term == "/fees/2"


def test_late_fee_comes_back_with_the_lateness_a_returned_payment_had_hidden() -> None:
    life = a_loan()
    first = life.pays(INSTALLMENT, FEB)
    life.until(date(2026, 3, 10))
    assert not life.events(FeeAssessed)
    life.comes_back(first, date(2026, 3, 10), "R10")
    (fee,) = life.events(FeeAssessed)
    assert (fee.fee_id, fee.effective_on) == ("late_fee/1", date(2026, 2, 26))


def test_corrections_name_what_they_undo_and_edit_nothing() -> None:
    life = a_loan()
    first = life.pays(INSTALLMENT, FEB)
    before = list(life.history)
    decision = life.comes_back(first, MAR, "R10")
    assert life.history[: len(before)] == before
    undone = [e for _, e in decision.events if isinstance(e, OutcomeUndone)]
    assert undone and all(before[e.undoes - 1].event == e.outcome for e in undone)
    assert isinstance(decision.events[0][1], PaymentReturned)


def test_a_payment_recorded_late_counts_from_the_day_it_was_received() -> None:
    told_late, told_at_once = a_loan(), a_loan()
    told_at_once.pays(INSTALLMENT, FEB)
    told_late.until(date(2026, 3, 12))
    assert [f.fee_id for f in told_late.events(FeeAssessed)] == ["late_fee/1"]
    told_late.pays(INSTALLMENT, FEB)
    day = date(2026, 3, 12)
    assert standing(told_late.at(day)) == standing(told_at_once.at(day))
    assert not told_late.events(FeeAssessed)


def test_a_returned_payment_reopens_a_loan_it_had_paid_off() -> None:
    life = a_loan(PAY_IN_4, amount="400.00", rate="0", payments=4)
    for days in (14, 28, 42):
        life.pays("100.00", date(2026, 1, 15) + timedelta(days=days))
    last = life.pays("100.00", date(2026, 3, 12))
    assert life.numbers(date(2026, 3, 12))["status"] == "paid_off"
    life.comes_back(last, date(2026, 3, 14), "R01")
    assert life.numbers(date(2026, 3, 14))["status"] == "active"
    assert life.numbers(date(2026, 3, 14))["past_due"] == "100.00"


def test_a_payment_is_returned_once() -> None:
    life = a_loan()
    first = life.pays(INSTALLMENT, FEB)
    life.comes_back(first, MAR, "R10")
    (refusal,) = life.refused(ReversePayment(payment=first, reversed_on=MAR, reason="again"))
    assert refusal.code == "already_undone"


def test_money_found_later_is_not_put_before_a_charge_off() -> None:
    life = a_loan()
    life.pays(INSTALLMENT, FEB)
    life.live(ChargeOffLoan(charged_off_on=date(2026, 8, 1), reason="120 days"))
    backdated = ReceivePayment(amount="5.00", received_on=MAR)
    assert [r.code for r in life.refused(backdated)] == ["after_charge_off"]


payments = st.lists(
    st.tuples(
        st.integers(0, 45),
        st.sampled_from(["892.87", "500.00", "100.00", "1.00", "3000.00"]),
    ),
    min_size=1,
    max_size=7,
)


@given(payments, st.integers(0, 6), st.sampled_from([PERSONAL, THIRTY_360]))
@settings(max_examples=40)
def test_reversing_any_payment_equals_never_having_received_it(
    drawn: list[tuple[int, str]], place: int, terms: object
) -> None:
    place %= len(drawn)
    with_it, without = a_loan(terms), a_loan(terms)  # type: ignore[arg-type]
    day, number = date(2026, 1, 16), 0
    for index, (days, amount) in enumerate(drawn):
        day += timedelta(days=days)
        if with_it.at(day).paid_off_on or without.at(day).paid_off_on:
            return  # money a paid-off loan refuses makes two different lives
        seq = with_it.pays(amount, day)
        if index == place:
            number = seq
        else:
            without.pays(amount, day)
    end = day + timedelta(days=20)
    with_it.is_reversed(number, end)
    for life in (with_it, without):
        life.live(AdvanceTo(day=end))
    assert standing(with_it.at(end)) == standing(without.at(end))
    assert books(with_it) == books(without)
    assert with_it.loan == fold("loan_test", [(i.seq, i.event) for i in with_it.history])


@pytest.mark.parametrize("code", ["R01", "R10"])
def test_deciding_again_without_a_change_finds_no_drift(code: str) -> None:
    life = a_loan()
    first = life.pays(INSTALLMENT, FEB + timedelta(days=20))
    assert life.comes_back(first, APR, code).drift is None


def test_a_payment_before_the_day_another_came_back_is_no_drift() -> None:
    life = a_loan()
    first = life.pays(INSTALLMENT, FEB)
    life.comes_back(first, date(2026, 4, 9), "R10")
    second = life.pays("1000.00", date(2026, 3, 28))
    decision = life.is_reversed(second, date(2026, 4, 26))
    assert decision.drift is None
    never = a_loan()
    never.until(date(2026, 4, 26))
    assert standing(life.at(date(2026, 4, 26))) == standing(never.at(date(2026, 4, 26)))
