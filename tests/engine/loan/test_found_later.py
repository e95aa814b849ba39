"""Money found later and put into a past in which more was lent since."""

from __future__ import annotations

from datetime import date

import pytest

from engine.loan.commands import DisburseLoan, ReceivePayment
from engine.loan.status import PaymentKind
from engine.product.disbursement import SeveralDisbursements
from tests.engine.loan.life import a_loan, a_product, in_force


@pytest.mark.parametrize("kind", [PaymentKind.regular, PaymentKind.payoff])
def test_it_does_not_close_a_loan_before_a_part_of_it(kind: PaymentKind) -> None:
    """2,350.00 would have paid all of the first part off; the second went out eleven days later."""
    several = SeveralDisbursements(maximum_count=4, within_days=90)
    life = a_loan(in_force(a_product(disbursement=several)), payments=7, part="2325.00")
    life.live(DisburseLoan(disbursed_on=date(2026, 2, 12), amount="1000.00"))
    found = ReceivePayment(amount="2350.00", received_on=date(2026, 2, 1), kind=kind)
    assert [refusal.code for refusal in life.refused(found)] == ["lent_after_payoff"]
    life.pays("2350.00", date(2026, 2, 12))
    assert life.numbers(date(2026, 2, 12))["status"] == "active"
