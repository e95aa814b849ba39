"""What a version may change for loans moved to it, and what of it needs consent."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from engine.delinquency.stages import Delinquency
from engine.fees.amount import Flat, Percent
from engine.fees.late_fee import LateFee
from engine.fees.manual_fee import ManualFee
from engine.interest.no_interest import NoInterest
from engine.payments.terms import InterestDue, PaymentTerms
from engine.product.moving import adverse_changes, contract_differences
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.life import WATERFALL, a_product

FIVE = Percent(of="installment_unpaid", rate=Rate.parse("0.05"), maximum=Money(1500))


def late(**changes: Any) -> LateFee:
    terms: dict[str, Any] = {
        "name": "late_fee", "title": "Late fee", "amount": Flat(amount=Money(1500)),
        "grace_days": 10,
    }  # fmt: skip
    return LateFee(**(terms | changes))


@pytest.mark.parametrize(
    ("before", "after", "adverse"),
    [
        ({}, {"grace_days": 15}, ""),
        ({}, {"grace_days": 9}, "Late fee: grace days is 9 instead of 10"),
        ({}, {"amount": Flat(amount=Money(1400))}, ""),
        ({}, {"amount": Flat(amount=Money(1501))}, "Late fee is another amount"),
        ({}, {"amount": FIVE}, "Late fee is another amount"),
        ({"amount": FIVE}, {"amount": replace(FIVE, maximum=Money(900))}, ""),
        ({"amount": FIVE}, {"amount": replace(FIVE, maximum=None)}, "another amount"),
        ({"amount": FIVE}, {"amount": replace(FIVE, minimum=Money(1))}, "another amount"),
        ({"amount": FIVE}, {"amount": replace(FIVE, of="installment_amount")}, "another amount"),
        ({}, {"maximum_per_12_months": 3}, ""),
        ({"maximum_per_12_months": 3}, {}, "maximum per 12 months is nothing instead of 3"),
        ({}, {"title": "Charge for lateness"}, ""),
        ({}, {"charged_when": "loan_amount > 1"}, "charged when is loan_amount > 1"),
    ],
)
def test_a_fee_is_adverse_unless_it_is_plainly_no_dearer(
    before: dict[str, Any], after: dict[str, Any], adverse: str
) -> None:
    found = adverse_changes(
        a_product(fees=(late(**before),)), a_product(fees=(late(**(before | after)),))
        if after or not before else a_product(fees=(late(),)),
    )  # fmt: skip
    assert (len(found), adverse in "".join(found)) == (bool(adverse), True)


def test_fees_that_come_go_or_change_their_kind() -> None:
    copy = ManualFee(name="copy_fee", title="Copy fee", amount=Flat(amount=Money(500)))
    one, two = a_product(fees=(late(),)), a_product(fees=(late(), copy))
    assert adverse_changes(one, two) == ("Copy fee is new",)
    assert adverse_changes(two, one) == ()
    other = ManualFee(name="late_fee", title="Late fee", amount=Flat(amount=Money(1500)))
    assert "another kind" in adverse_changes(one, a_product(fees=(other,)))[0]


def test_how_payments_and_lateness_are_handled() -> None:
    strict = a_product(payments=PaymentTerms(early_window_days=5))
    open_ = a_product(payments=PaymentTerms(early_window_days=None))
    assert adverse_changes(strict, open_) == ()
    assert "early window days is 5 instead of nothing" in adverse_changes(open_, strict)[0]
    soon = a_product(delinquency=Delinquency(charge_off_proposed_after_days=60))
    assert "charge off proposed after days is 60" in adverse_changes(a_product(), soon)[0]
    backwards = replace(WATERFALL, order=WATERFALL.order[::-1])
    assert "another order" in adverse_changes(a_product(), a_product(waterfall=backwards))[0]


def test_the_contract_itself_is_not_moved() -> None:
    assert contract_differences(a_product(), a_product(fees=(late(),), version=2)) == ()
    found = contract_differences(a_product(), a_product(interest=NoInterest(), currency="CAD"))
    assert found == ("currency", "interest")
    by_installment = PaymentTerms(interest_due=InterestDue.by_installment)
    found = contract_differences(a_product(), a_product(payments=by_installment))
    assert found == ("payments/interest_due",)
