"""Loans taken over in mid-life: what was brought in counts as what it is, while it may."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.loan import counters, observe
from engine.loan.additive import added, placed
from engine.loan.commands import BoardLoan, OpeningFee
from engine.loan.events import ChargeOffProposed, FeeAssessed
from engine.loan.loan import Loan
from engine.product.due_dates import DueDates, FirstPayment
from engine.values.calendar import BusinessDayAdjustment
from engine.values.money import Money
from tests.engine.loan.life import PERSONAL, Life, a_loan, a_product, in_force

FIRST_DAY = date(2026, 6, 1)


def boarded(terms: Any = PERSONAL, **changes: Any) -> Life:
    told: dict[str, Any] = {
        "borrower_id": "brw_test", "boarded_on": FIRST_DAY, "original_amount": "12000.00",
        "note_rate": "0.10", "contract_date": date(2025, 6, 15), "number_of_payments": 24,
        "remaining_payments": 12, "next_due_date": date(2026, 6, 15),
        "installment_amount": "553.74", "principal_balance": "6300.00",
        "accrued_interest": "27.6164",
    }  # fmt: skip
    life = Life(terms)
    life.live(BoardLoan(**(told | changes)))
    return life


def the(life: Life) -> Loan:
    assert life.loan is not None
    return life.loan


def late(**changes: Any) -> Life:
    """Two installments behind, with a late fee brought in."""
    told: dict[str, Any] = {
        "past_due_amount": "1107.48",
        "oldest_unpaid_due_date": date(2026, 4, 15),
        "fees_owed": (
            OpeningFee(name="late_fee", amount="15.00", assessed_on=date(2026, 4, 26)),
            OpeningFee(name="old_fee", amount="3.00", assessed_on=date(2026, 4, 26)),
        ),
        "late_fees_last_12_months": 2,
    }
    return boarded(**(told | changes))


def test_a_late_fee_brought_in_is_a_late_fee_for_the_law() -> None:
    life = late()
    assert [(fee.name, fee.kind) for fee in the(life).fees] == [
        ("late_fee", "late_fee"),
        ("old_fee", "boarded"),
    ]
    assert life.numbers(FIRST_DAY)["fees"] == "18.00"


def test_late_fees_before_boarding_count_once_and_for_a_year() -> None:
    loan = the(late())
    assert counters.late_fees_in_year(loan, FIRST_DAY) == 2
    assert counters.late_fees_in_year(loan, date(2027, 5, 31)) == 2
    assert counters.late_fees_in_year(loan, date(2027, 6, 2)) == 0


def test_a_missed_installment_whose_fee_day_comes_here_is_charged_for_here() -> None:
    life = late(oldest_unpaid_due_date=date(2026, 5, 25), next_due_date=date(2026, 6, 25),
                past_due_amount="553.74", fees_owed=(), late_fees_last_12_months=0)  # fmt: skip
    life.until(date(2026, 6, 10))
    (fee,) = life.events(FeeAssessed)
    assert (fee.fee_id, fee.effective_on) == ("late_fee/12", date(2026, 6, 5))


def test_a_charge_off_long_due_is_proposed_on_the_first_day_here() -> None:
    life = late(oldest_unpaid_due_date=date(2026, 1, 15), past_due_amount="2768.70", fees_owed=())
    life.until(FIRST_DAY)
    (proposed,) = life.events(ChargeOffProposed)
    assert (proposed.effective_on, proposed.days_past_due) == (FIRST_DAY, 137)


def test_installments_to_come_fall_on_business_days_where_the_product_says_so() -> None:
    moved = DueDates(
        frequencies=a_product().due_dates.frequencies,
        first_payment=FirstPayment(minimum_days=1, maximum_days=62),
        business_days=BusinessDayAdjustment.following,
        calendar="us_federal@1",
    )
    life = boarded(in_force(a_product(due_dates=moved)))
    days = [row.due_date for row in observe.unbilled(the(life))]
    assert days[2] == date(2026, 8, 17)  # the 15th is a Saturday
    assert all(day.weekday() < 5 for day in days)


def test_only_what_the_bank_took_back_counts_as_returned() -> None:
    life = a_loan()
    first = life.pays("892.87", date(2026, 2, 15))
    second = life.pays("892.87", date(2026, 3, 15))
    life.is_reversed(second, date(2026, 3, 16))
    assert counters.returns_in_year(the(life), date(2026, 3, 20)) == 0
    life.comes_back(first, date(2026, 3, 20), "R01")
    assert counters.returns_in_year(the(life), date(2026, 3, 20)) == 1
    assert counters.returns_in_year(the(life), date(2027, 3, 21)) == 0
    assert counters.fees_in_year(the(life), "returned_payment_fee", date(2026, 3, 20)) == 1


def test_what_is_added_and_taken_leaves_nothing() -> None:
    assert added(added({}, 1, Money(5)), 1, Money(-5)) == {}
    assert placed(placed((1, 3), 2, 1, lambda n: n), 2, -1) == (1, 3)
