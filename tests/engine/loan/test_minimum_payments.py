"""Minimum payments: what each installment asks for is decided when it falls due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.amortization.percent_of_balance import PercentOfBalance, minimum_payment
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan import observe
from engine.loan.commands import BoardLoan
from engine.loan.events import InstallmentBilled
from engine.loan.explain import explain
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.loan.position import position
from engine.values.day_count import DayCount
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.standing import standing

FEB, MAR, APR = (date(2026, month, 15) for month in (2, 3, 4))
FIVE_PERCENT = PercentOfBalance(share=Rate.parse("0.05"), floor=Money(2_500))
WITH_INTEREST = PercentOfBalance(share=Rate.parse("0.05"), floor=Money(2_500), plus_interest=True)


def terms(minimum: PercentOfBalance, **interest: Any) -> TermsInForce:
    chosen = {"day_count": DayCount.thirty_360} | interest
    return in_force(a_product(interest=SimpleInterest(**chosen), amortization=minimum, fees=()))


def lent(minimum: PercentOfBalance, payments: int = 24, **interest: Any) -> Life:
    return a_loan(terms(minimum, **interest), rate="0.12", payments=payments)


def billed(life: Life) -> list[int]:
    return [bill.amount.minor for bill in life.events(InstallmentBilled)]


def test_a_share_with_a_floor_and_the_interest_on_top_where_it_says_so() -> None:
    principal, interest = Money(1_000_000), Money(10_000)
    assert minimum_payment(FIVE_PERCENT, principal, interest) == Money(50_000)
    assert minimum_payment(WITH_INTEREST, principal, interest) == Money(60_000)
    assert minimum_payment(FIVE_PERCENT, Money(40_000), interest) == Money(2_500)
    assert minimum_payment(WITH_INTEREST, Money(40_000), Money(400)) == Money(2_500)


@pytest.mark.parametrize("minimum", [FIVE_PERCENT, WITH_INTEREST])
@pytest.mark.parametrize("remainders", list(Remainders))
@pytest.mark.parametrize("day_count", [DayCount.thirty_360, DayCount.actual_365])
@pytest.mark.parametrize("payments", [6, 60])
def test_paid_on_time_every_bill_is_as_quoted(
    minimum: PercentOfBalance, remainders: Remainders, day_count: DayCount, payments: int
) -> None:
    life = lent(minimum, payments, remainders=remainders, day_count=day_count)
    assert life.loan is not None
    rows = contract_schedule(life.loan.agreed, life.terms).installments
    for row in rows:
        (due,) = observe.installments_due(
            life.at(row.due_date), row.due_date, life.terms.product.rounding
        )
        assert due.remaining == row.payment
        life.pays(row.payment.text(), row.due_date)
    assert life.loan.paid_off_on == rows[-1].due_date
    assert billed(life) == [row.payment.minor for row in rows]


def test_the_next_bill_follows_what_was_really_paid() -> None:
    life = lent(WITH_INTEREST)
    life.pays("600.00", FEB)
    assert life.numbers(FEB)["principal"] == "9500.00"
    assert observe.next_due_amount(life.at(FEB), FEB, life.terms.product.rounding) == Money(57_000)
    life.pays("4500.00", date(2026, 2, 20))
    paid = life.at(date(2026, 2, 20))
    coming = observe.unbilled(paid)[0]
    assert observe.amount_to_come(paid, coming, life.terms.product.rounding) < Money(31_000)
    life.until(APR)
    assert billed(life)[2] < billed(life)[0] // 2


def test_a_bill_not_paid_is_past_due_and_the_next_asks_for_its_own_share() -> None:
    life = lent(WITH_INTEREST)
    life.until(MAR)
    assert billed(life) == [60_000, 50_000]
    assert life.numbers(MAR)["past_due"] == "600.00"
    assert observe.next_due_date(life.at(MAR), MAR) == APR


def test_the_last_installment_takes_all() -> None:
    life = lent(FIVE_PERCENT, payments=3)
    life.until(APR)
    assert billed(life) == [50_000, 50_000, 930_000]


def test_a_loan_that_falls_behind_its_schedule_still_runs_its_whole_term() -> None:
    life = lent(PercentOfBalance(share=Rate.parse("0.4"), floor=Money(100_000)), payments=24)
    assert life.loan is not None
    assert len(contract_schedule(life.loan.agreed, life.terms).installments) < 10
    assert len(observe.planned(life.loan)) == 24
    life.until(date(2027, 12, 31))
    assert len(billed(life)) == 23


def test_a_boarded_loan_is_billed_by_its_balance() -> None:
    life = Life(terms(WITH_INTEREST))
    life.live(
        BoardLoan(
            borrower_id="brw_1", product="personal", boarded_on=FEB, original_amount="10000.00",
            note_rate="0.12", contract_date=date(2025, 2, 15), number_of_payments=36,
            next_due_date=MAR, installment_amount="300.00", principal_balance="8000.00",
            remaining_payments=24,
        )
    )  # fmt: skip
    life.until(APR)
    assert billed(life) == [48_000, 40_000]


def test_positions_and_explanations_say_the_same() -> None:
    life = lent(WITH_INTEREST)
    life.pays("600.00", FEB)
    held = position(life.at(FEB), FEB, life.terms)
    assert (held.next_due_amount, held.next_due_date) == (Money(57_000), MAR)
    life.until(MAR)
    history = [(item.seq, item.event) for item in life.history]
    found = explain("loan_test", history, "installment:2", MAR, life.terms)
    assert found.agrees and found.value == Money(57_000)
    assert "minimum_payment" in str(found.steps)


def test_a_payment_that_comes_back_leaves_the_bills_it_never_changed() -> None:
    life, never = lent(FIVE_PERCENT), lent(FIVE_PERCENT)
    payment = life.pays("3000.00", date(2026, 2, 20))
    life.until(APR)
    assert billed(life)[1] < 40_000
    life.is_reversed(payment, APR)
    never.until(APR)
    assert standing(life.at(APR)) == standing(never.at(APR))
    assert billed(life) == billed(never)


def test_time_in_steps_or_at_once() -> None:
    once, steps = lent(WITH_INTEREST), lent(WITH_INTEREST)
    for life in (once, steps):
        life.pays("100.00", date(2026, 1, 20))
    day = date(2026, 1, 20)
    while day < date(2026, 9, 1):
        day += timedelta(days=5)
        steps.until(day)
    once.until(day)
    assert standing(once.at(day)) == standing(steps.at(day))
