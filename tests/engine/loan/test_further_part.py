"""A further part beside money paid ahead: nothing piles up at the end, and rows add up."""

from __future__ import annotations

from datetime import date

import pytest

from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import SimpleInterest
from engine.loan import observe
from engine.loan.events import InstallmentBilled
from engine.loan.installments import installment_rows
from engine.payments.terms import InterestDue, PaymentTerms
from engine.values.day_count import DayCount
from engine.values.money import Money
from tests.engine.loan.test_disbursing import asked, booked, drawn, terms

FEB_1, MAR_1 = date(2026, 2, 1), date(2026, 3, 1)
PAYMENTS = [
    PaymentTerms(early_window_days=None),
    PaymentTerms(early_window_days=None, interest_due=InterestDue.by_installment),
]


@pytest.mark.parametrize(
    ("payments", "free"), [(PAYMENTS[0], True), (PAYMENTS[0], False), (PAYMENTS[1], False)]
)
def test_the_last_installment_does_not_take_what_was_paid_ahead(
    payments: PaymentTerms, *, free: bool
) -> None:
    interest = NoInterest() if free else SimpleInterest(day_count=DayCount.periods)
    chosen = terms(interest=interest, payments=payments)
    life, _ = booked(chosen, asked(rate="0" if free else "0.1299"))
    drawn(life, date(2026, 1, 15))
    first = observe.planned(life.at(date(2026, 1, 15)))[0]
    ahead = Money(first.amount.minor + first.amount.minor // 2)
    life.pays(ahead.text(), date(2026, 1, 20))
    drawn(life, FEB_1, "6000.00")
    coming = observe.planned(life.at(FEB_1))
    for row in coming:
        day, rounding = row.due_date, chosen.product.rounding
        due = observe.installments_due(life.at(day), day, rounding)
        owed = sum(bill.remaining.minor for bill in due)
        assert owed <= row.amount.minor * 101 // 100
        if owed:
            life.pays(Money(owed).text(), row.due_date)
    level = coming[1].amount.minor
    assert (
        level * 98 // 100 <= life.events(InstallmentBilled)[-1].amount.minor <= level * 101 // 100
    )
    assert life.at(coming[-1].due_date).principal_balance == Money(0)


def test_a_row_knows_nothing_of_money_lent_after_it() -> None:
    interest = SimpleInterest(day_count=DayCount.periods)
    chosen = terms(interest=interest, payments=PAYMENTS[1])
    life, _ = booked(chosen, asked())
    drawn(life, date(2026, 1, 15))
    due = observe.planned(life.at(date(2026, 1, 15)))[0].due_date
    life.until(due)
    alone = installment_rows(life.at(due), due, chosen.product)[0].balance
    drawn(life, due)
    rows = installment_rows(life.at(due), due, chosen.product)
    assert rows[0].balance == alone
    assert rows[1].balance == alone + Money(350_000) - rows[1].principal
