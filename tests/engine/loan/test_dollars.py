"""Installments that ask for principal alone, while their interest waits, as payments meet them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.interest.simple_interest import SimpleInterest
from engine.loan import observe
from engine.loan.dollars import in_parts, interest_waits
from engine.loan.events import InterestCapitalized, PaymentAllocated, ScheduleSet
from engine.loan.status import PaymentKind
from engine.payments.terms import AfterPrepayment, InterestDue, PaymentTerms
from engine.payments.waterfall import Style, Waterfall
from engine.values.day_count import DayCount
from engine.values.money import Money
from engine.values.rounding import Rounding
from tests.engine.loan.life import WATERFALL, Life, a_loan, a_product, in_force

FEB, MAR, APR, MAY = (date(2026, month, 15) for month in (2, 3, 4, 5))


def lent(style: Style = Style.by_installment, **changes: Any) -> Life:
    """1,200.00 in six parts of 200.00 at one percent a month; two ask for no interest."""
    way = InterestDeferred(installments=2, principal=EqualPrincipal())
    product = a_product(
        **({"amortization": way, "interest": SimpleInterest(day_count=DayCount.periods)} | changes)
    )
    waterfall = Waterfall(style=style, order=WATERFALL.order)
    terms = in_force(product, waterfall=waterfall)
    return a_loan(terms, amount="1200.00", rate="0.12", payments=6)


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("due", InterestDue)
def test_payments_in_time_are_those_of_the_schedule(style: Style, due: InterestDue) -> None:
    life = lent(style, payments=PaymentTerms(interest_due=due))
    for amount, on in (("200.00", FEB), ("200.00", MAR), ("230.00", APR)):
        life.pays(amount, on)
        assert life.numbers(on)["past_due"] == "0.00"
        assert life.loan is not None and not observe.installments_due(
            life.loan, on, Rounding.half_up
        )
    paid = [
        (event.principal.text(), event.interest.text()) for event in life.events(PaymentAllocated)
    ]
    assert paid == [("200.00", "0.00"), ("200.00", "0.00"), ("200.00", "30.00")]
    assert life.numbers(APR)["interest"] == "0.00"


def test_more_than_is_due_lowers_principal_while_interest_waits() -> None:
    life = lent()
    life.pays("250.00", FEB)
    (event,) = life.events(PaymentAllocated)
    assert (event.principal.text(), event.interest.text()) == ("250.00", "0.00")
    assert life.loan is not None and interest_waits(life.loan)
    life.until(APR)
    assert not interest_waits(life.loan)


def test_a_payoff_owes_the_interest_that_waits() -> None:
    life = lent()
    life.pays("200.00", FEB)
    life.pays("1020.00", MAR, PaymentKind.payoff)
    assert life.numbers(MAR)["status"] == "active"
    life.pays("2.00", MAR, PaymentKind.payoff)  # 1,000.00 with 12.00 and 10.00
    assert life.numbers(MAR)["status"] == "paid_off"


def test_a_late_payment_meets_the_principal_of_the_oldest() -> None:
    life = lent(fees=())
    life.pays("300.00", MAR)
    (event,) = life.events(PaymentAllocated)
    assert (event.principal.text(), event.interest.text()) == ("300.00", "0.00")
    assert life.numbers(APR)["past_due"] == "100.00"


def test_waiting_interest_is_added_to_the_principal() -> None:
    way = InterestDeferred(
        installments=2, interest=InterestFallsDue.capitalized, principal=EqualPrincipal()
    )
    life = lent(amortization=way)
    life.pays("200.00", FEB)
    life.pays("200.00", MAR)
    (event,) = life.events(InterestCapitalized)
    assert (event.effective_on, event.amount.text()) == (MAR, "22.00")
    assert life.numbers(MAR)["principal"] == "822.00"
    life.pays("213.72", APR)
    assert life.numbers(APR)["past_due"] == "0.00"
    assert life.numbers(APR)["principal"] == "616.50"


def test_a_prepayment_sets_the_rest_anew_with_the_interest_still_waiting() -> None:
    life = lent(payments=PaymentTerms(after_prepayment=AfterPrepayment.lower_payment))
    life.pays("200.00", FEB)
    life.pays("500.00", FEB, PaymentKind.principal_only)
    rows = life.events(ScheduleSet)[-1].installments
    # 500.00 in five parts; 12.00 waits, and the parts earn 5.00 and 4.00 until April.
    assert [row.amount.text() for row in rows] == ["100.00", "121.00", "103.00", "102.00", "101.00"]


def test_dollars_pay_interest_first_where_it_does_not_wait() -> None:
    life = lent()
    assert life.loan is not None
    dollars = (Money(20_000), Money(1_200), Money(120_000))
    alone, whole = (in_parts(life.loan, number, *dollars) for number in (1, 3))
    assert (alone.interest, alone.principal) == (Money(0), Money(20_000))
    assert (whole.interest, whole.principal) == (Money(1_200), Money(18_800))
    last = in_parts(life.loan, 1, Money(20_000), Money(1_200), Money(500))
    assert (last.interest, last.principal) == (Money(1_200), Money(500))
