"""After a change in mid-life the rest of the contract is paid down, not the whole of it again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.amortization.balloon import Balloon
from engine.amortization.deferred import Deferred
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.interest_deferred import InterestDeferred
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.amortization.stepped import PaymentStep, Stepped
from engine.loan import observe
from engine.loan.commands import ChangeRate
from engine.loan.outcomes.rest_of_term import rest_of
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.life import Life, a_loan
from tests.engine.loan.test_interest_choices import terms

LENT = Money(1_000_000)
UP = PaymentStep(from_installment=4, change=Rate.parse("0.10"))
FIXED = PaymentStep(from_installment=2, payment=Money(50_000))


@pytest.mark.parametrize(
    ("amortization", "done", "rest"),
    [
        (LevelPayment(), 5, LevelPayment()),
        (InterestOnly(installments=3), 2, InterestOnly(installments=1)),
        (InterestOnly(installments=3), 3, LevelPayment()),
        (Deferred(installments=3), 4, LevelPayment()),
        (InterestDeferred(installments=3), 2, InterestDeferred(installments=1)),
        (InterestDeferred(installments=3), 3, InterestDeferred(installments=0)),
        (InterestDeferred(installments=3), 4, LevelPayment()),
        (
            InterestDeferred(installments=3, principal=InterestOnly(installments=2)),
            2,
            InterestDeferred(installments=1),
        ),
        (Balloon(share=Rate.parse("0.3")), 4, Balloon(amount=Money(300_000))),
        (Balloon(amount=Money(5)), 4, Balloon(amount=Money(5))),
        (Balloon(amortization_installments=36), 4, Balloon(amortization_installments=32)),
        (
            ExplicitPayments(payments=(Money(1), Money(2), Money(3))),
            1,
            ExplicitPayments(payments=(Money(2), Money(3))),
        ),
        (
            ExplicitPayments(payments=(Money(1), Money(2))),
            5,
            ExplicitPayments(payments=(Money(2),)),
        ),
        (
            Stepped(steps=(FIXED, UP)),
            2,
            Stepped(
                steps=(
                    PaymentStep(from_installment=1, payment=Money(50_000)),
                    PaymentStep(from_installment=2, change=Rate.parse("0.10")),
                )
            ),
        ),
        (Stepped(steps=(UP,)), 6, Stepped(steps=())),
    ],
)
def test_what_lies_behind_is_not_owed_again(amortization: Any, done: int, rest: Any) -> None:
    assert rest_of(amortization, done, LENT) == rest


def coming(life: Life) -> list[str]:
    assert life.loan is not None
    return [row.amount.text() for row in observe.unbilled(life.loan)]


def test_a_lower_rate_does_not_bring_interest_only_months_back() -> None:
    life = a_loan(terms(amortization=InterestOnly(installments=3)), rate="0.12", payments=12)
    for month in (2, 3, 4):
        row = observe.unbilled(life.at(date(2026, month, 1)))[0]
        life.pays(row.amount.text(), row.due_date)
    life.live(ChangeRate(note_rate="0.06", effective_on=date(2026, 4, 15), reason="hardship"))
    amounts = coming(life)
    assert len(amounts) == 9 and len(set(amounts[:-1])) == 1
    assert amounts[0] == "1139.16"  # 1138.91 by equal months; these nine have 275 days


def test_payments_that_end_early_leave_installments_of_nothing() -> None:
    listed = ExplicitPayments(payments=(Money(300_000),))
    life = a_loan(terms(amortization=listed), rate="0.12", payments=4)
    assert coming(life)[:3] == ["3000.00"] * 3
    life.pays("6500.00", date(2026, 2, 1))
    life.live(ChangeRate(note_rate="0.06", effective_on=date(2026, 2, 1), reason="hardship"))
    assert coming(life)[2:] == ["0.00", "0.00"]
    life.until(date(2026, 6, 1))
