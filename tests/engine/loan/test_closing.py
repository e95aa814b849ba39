"""What closes a loan: interest to the day, or of the whole period under way."""

from __future__ import annotations

from datetime import date

import pytest

from engine.interest.period_interest import PayoffInterest
from engine.interest.simple_interest import SimpleInterest
from engine.loan import observe
from engine.loan.closing import owed_at_payoff, payoff_interest
from engine.loan.events import LoanPaidOff, PaymentAllocated
from engine.loan.status import PaymentKind
from engine.payments.terms import InterestDue, PaymentTerms
from engine.values.day_count import DayCount
from engine.values.rounding import Rounding
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.standing import standing

UP = Rounding.half_up
FEB, MARCH_1 = date(2026, 2, 15), date(2026, 3, 1)


def begun(due: InterestDue = InterestDue.to_payment_day) -> Life:
    """A loan of 10,000.00 at one percent a month, each period's interest owed whole."""
    interest = SimpleInterest(day_count=DayCount.periods, payoff=PayoffInterest.whole_period)
    payments = PaymentTerms(early_window_days=None, interest_due=due)
    return a_loan(in_force(a_product(fees=(), interest=interest, payments=payments)), rate="0.12")


def test_a_payoff_owes_the_whole_period_under_way_and_the_day_only_what_is_earned() -> None:
    life = begun()
    life.pays("888.49", FEB)
    loan = life.at(MARCH_1)
    # 9,211.51 × 1 %, half of February's 28 days and all of them
    assert observe.interest_owed(loan, MARCH_1, UP).text() == "46.06"
    assert payoff_interest(loan, MARCH_1, UP).text() == "92.12"
    assert owed_at_payoff(loan, MARCH_1, UP).text() == "9303.63"
    assert payoff_interest(loan, FEB, UP).text() == "0.00"  # a period that has not begun is free


@pytest.mark.parametrize("due", InterestDue)
@pytest.mark.parametrize("kind", [PaymentKind.regular, PaymentKind.payoff])
def test_money_that_leaves_nothing_to_earn_on_pays_it(due: InterestDue, kind: PaymentKind) -> None:
    life, other = begun(due), begun(due)
    for each in (life, other):
        each.pays("888.49", FEB)
    payment = life.pays("9303.63", MARCH_1, kind)
    assert len(life.events(LoanPaidOff)) == 1
    assert life.events(PaymentAllocated)[-1].interest.text() == "92.12"
    assert observe.accrued_interest(life.at(MARCH_1), MARCH_1) == 0
    life.is_reversed(payment, date(2026, 3, 3))
    other.until(date(2026, 3, 3))
    assert standing(life.at(date(2026, 3, 20))) == standing(other.at(date(2026, 3, 20)))


def test_a_part_paid_early_owes_no_more_than_is_earned() -> None:
    life = begun(InterestDue.by_installment)
    life.pays("888.49", FEB)
    life.pays("888.49", MARCH_1)
    assert life.events(PaymentAllocated)[-1].interest.text() == "46.06"


def test_money_between_what_is_earned_and_the_whole_period_is_held_until_it_covers_that() -> None:
    life = begun()
    life.pays("888.49", FEB)
    life.pays("9300.00", MARCH_1)  # 9,257.57 is owed to the day, a payoff owes 9,303.63
    assert life.loan is not None and life.loan.unapplied_funds.text() == "9300.00"
    assert life.loan.principal_balance.text() == "9211.51"
    life.pays("3.63", date(2026, 3, 2))
    assert len(life.events(LoanPaidOff)) == 1 and life.loan.unapplied_funds.text() == "0.00"


def test_a_payoff_that_is_too_small_pays_what_is_earned() -> None:
    life = begun()
    life.pays("888.49", FEB)
    life.pays("2000.00", MARCH_1, PaymentKind.payoff)
    assert life.events(PaymentAllocated)[-1].interest.text() == "46.06"


def test_principal_alone_ends_no_period_either() -> None:
    life = begun()
    life.pays("9990.00", date(2026, 2, 1), PaymentKind.principal_only)
    life.pays("10.00", date(2026, 2, 2), PaymentKind.principal_only)
    assert life.loan is not None and life.loan.unapplied_funds.text() == "10.00"
