"""Offers that cannot be made are refused with the reason, never a crash."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.fees.amount import Flat, Percent
from engine.fees.origination_fee import OriginationFee
from engine.loan.commands import BookLoan, RequestedTerms
from engine.loan.decisions.offer import beyond_the_dates, day_one_accrues, first_payment
from engine.loan.events import LoanBooked
from engine.values.frequency import EveryDays, ExplicitDates, Single
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.test_interest_choices import terms

DATES = ExplicitDates(dates=(date(2026, 3, 1), date(2026, 6, 1)))


def refused(life: Life, **changes: Any) -> list[tuple[str, str]]:
    asked: dict[str, Any] = {
        "amount": "1000.00", "note_rate": "0.10", "number_of_payments": 2,
        "contract_date": date(2026, 1, 15),
    }  # fmt: skip
    command = BookLoan(borrower_id="brw_test", terms=RequestedTerms(**(asked | changes)))
    return [(refusal.code, refusal.path) for refusal in life.refused(command)]


@pytest.mark.parametrize(
    "amount", [Percent(of="loan_amount", rate=Rate.parse("1")), Flat(amount=Money(150_000))]
)
def test_fees_that_leave_nothing_to_finance_have_no_annual_percentage_rate(amount: Any) -> None:
    fee = OriginationFee(name="fee", title="Fee", amount=amount, finance_charge=True)
    product = a_product(fees=(fee,))
    assert refused(Life(in_force(product))) == [("no_annual_percentage_rate", "/terms/amount")]


def test_a_single_payment_needs_its_day() -> None:
    life = Life(terms(Single()))
    wanted = [("no_first_payment_date", "/terms/first_payment_date")]
    assert refused(life, number_of_payments=1) == wanted
    many = refused(life, number_of_payments=2, first_payment_date=date(2026, 3, 1))
    assert many == [("outside_product_limits", "/terms/number_of_payments")]


def test_listed_dates_are_all_there_are() -> None:
    life = Life(terms(DATES))
    assert refused(life, number_of_payments=3) == [
        ("outside_product_limits", "/terms/number_of_payments")
    ]
    assert refused(life, first_payment_date=date(2026, 3, 2)) == [
        ("outside_product_limits", "/terms/first_payment_date")
    ]
    assert first_payment(date(2026, 1, 1), DATES) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "frequency", [EveryDays(days=10**9), EveryDays(days=0), ExplicitDates(dates=())]
)
def test_a_frequency_that_is_not_offered_is_refused_whatever_it_says(frequency: Any) -> None:
    for first in (None, date(2026, 3, 1)):
        found = refused(a_loan(), frequency=frequency, first_payment_date=first)
        assert ("outside_product_limits", "/terms/frequency") in found


def test_dates_that_repeat_go_on() -> None:
    life = a_loan()
    assert life.loan is not None and beyond_the_dates(life.loan.agreed, life.terms) == []


def test_the_contract_keeps_how_its_first_day_counts() -> None:
    later = terms(day_one_accrues=False)
    assert not day_one_accrues(later)
    (booked,) = a_loan(later).events(LoanBooked)
    assert not booked.terms.day_one_accrues
