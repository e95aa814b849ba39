"""Every kind of fee as a product writes it: what is read, what is refused."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from engine.codec.definition import decode_definition, to_document
from engine.errors import DefinitionError
from engine.fees.fee import Fee
from engine.fees.fee_terms import FeeTerms
from engine.fees.late_fee import Grace, LateFee
from engine.fees.manual_fee import ManualFee
from engine.fees.origination_fee import OriginationFee
from engine.fees.returned_payment_fee import ReturnedPaymentFee

FLAT = {"kind": "flat", "amount": "25.00"}
ORIGINATION = {
    "kind": "origination_fee", "name": "origination_fee", "title": "Origination fee",
    "amount": {"kind": "percent", "of": "loan_amount", "rate": "0.03"},
    "collected": "financed", "finance_charge": True,
}  # fmt: skip
LATE = {
    "kind": "late_fee", "name": "late_fee", "title": "Late fee", "grace_days": 10,
    "grace": "business", "maximum_per_12_months": 6, "counts_towards_past_due": True,
    "charged_when": 'installment_unpaid > money("10.00")',
    "amount": {"kind": "lesser_of", "amounts": [
        {"kind": "percent", "of": "installment_unpaid", "rate": "0.05"},
        {"kind": "flat", "amount": "15.00"},
    ]},
}  # fmt: skip
RETURNED = {
    "kind": "returned_payment_fee", "name": "returned_payment_fee", "title": "Returned payment fee",
    "amount": FLAT, "return_codes": ["R01", "R09"],
}  # fmt: skip
MANUAL = {
    "kind": "manual_fee", "name": "tow_fee", "title": "Towing",
    "amount": {"kind": "stated", "maximum": "300.00"},
}  # fmt: skip
BY_SIZE = {
    "kind": "origination_fee", "name": "origination_fee", "title": "Origination fee",
    "amount": {
        "kind": "brackets", "of": "loan_amount", "above": FLAT,
        "brackets": [{"up_to": "1000.00", "amount": {"kind": "flat", "amount": "10.00"}}],
    },
}  # fmt: skip


def read(document: dict[str, Any]) -> Fee:
    fee: Fee = decode_definition(document, Fee)
    return fee


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (ORIGINATION, OriginationFee),
        (LATE, LateFee),
        (RETURNED, ReturnedPaymentFee),
        (MANUAL, ManualFee),
        (BY_SIZE, OriginationFee),
    ],
)
def test_a_fee_is_read_and_written_back_as_it_stood(document: dict[str, Any], kind: type) -> None:
    fee = read(document)
    assert isinstance(fee, kind)
    assert json.loads(json.dumps(to_document(fee))) == document
    assert read(to_document(fee)) == fee


def test_what_a_late_fee_leaves_out_has_the_usual_meaning() -> None:
    fee = read({name: LATE[name] for name in ("kind", "name", "title", "grace_days", "amount")})
    assert isinstance(fee, LateFee)
    assert (fee.grace, fee.maximum_per_12_months) == (Grace.calendar, None)
    assert not fee.counts_towards_past_due and not fee.finance_charge


def test_an_origination_fee_is_kept_from_the_proceeds_unless_financed() -> None:
    fee = read({key: value for key, value in ORIGINATION.items() if key != "collected"})
    assert isinstance(fee, OriginationFee) and fee.collected == "from_proceeds"


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({**LATE, "grace_days": -1}, "/grace_days"),
        ({**LATE, "grace": "working"}, "/grace"),
        ({**LATE, "maximum_per_12_months": 0}, "/maximum_per_12_months"),
        ({**LATE, "name": "Late Fee"}, "/name"),
        ({**LATE, "return_codes": ["R01"]}, ""),
        ({**RETURNED, "return_codes": []}, "/return_codes"),
        ({**RETURNED, "return_codes": ["NSF"]}, "/return_codes/0"),
        ({**RETURNED, "amount": {"kind": "flat", "amount": 25}}, "/amount/amount"),
        ({**RETURNED, "amount": {"kind": "flat", "amount": "25.005"}}, "/amount/amount"),
        ({**RETURNED, "amount": {"kind": "lesser_of", "amounts": [FLAT]}}, "/amount/amounts"),
        ({**MANUAL, "kind": "annual_fee"}, "/kind"),
    ],
)
def test_what_a_fee_may_not_say(document: dict[str, Any], fault: str) -> None:
    with pytest.raises(DefinitionError) as wrong:
        read(document)
    assert [problem.path for problem in wrong.value.problems] == [fault]


@pytest.mark.parametrize("kind", get_args(Fee))
def test_every_kind_says_which_facts_are_known_when_it_is_charged(kind: type[FeeTerms]) -> None:
    assert issubclass(kind, FeeTerms)
    assert "loan_amount" in kind.known_facts
