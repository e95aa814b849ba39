"""What a fee rests on, and whether that is known when it is charged."""

from __future__ import annotations

from datetime import date

import pytest

from engine.facts.facts import VOCABULARY, Facts
from engine.fees.amount import (
    Bracket,
    Brackets,
    FeeAmount,
    Flat,
    Formula,
    GreaterOf,
    Percent,
    Stated,
)
from engine.fees.fee import Fee
from engine.fees.known_facts import OF_CONTRACT, OF_INSTALLMENT, OF_LOAN, OF_RETURN
from engine.fees.late_fee import LateFee
from engine.fees.manual_fee import ManualFee
from engine.fees.origination_fee import OriginationFee
from engine.fees.rests_on import facts_of_amount, unknown_facts
from engine.fees.returned_payment_fee import ReturnedPaymentFee
from engine.loan.facts_on import loan_facts
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.fees import fee_facts, installment_facts
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.life import FEES, PERSONAL, a_loan

FLAT = Flat(amount=Money(1000))


def share(of: str) -> Percent:
    return Percent(of=of, rate=Rate.parse("0.05"))


@pytest.mark.parametrize(
    ("amount", "names"),
    [
        (FLAT, []),
        (share("loan_amount"), ["loan_amount"]),
        (GreaterOf(amounts=(FLAT, share("installment_unpaid"))), ["installment_unpaid"]),
        (
            Brackets(
                of="loan_amount",
                brackets=(Bracket(up_to=Money(1), amount=share("installment_amount")),),
                above=share("principal_balance"),
            ),
            ["loan_amount", "installment_amount", "principal_balance"],
        ),
        (Formula(expression="max(loan_amount, fees_owed)"), ["loan_amount", "fees_owed"]),
        (Formula(expression="max(loan_amount"), []),
        (Stated(), ["fee_amount"]),
    ],
)
def test_an_amount_rests_on(amount: FeeAmount, names: list[str]) -> None:
    assert list(facts_of_amount(amount, "USD")) == names


def origination(amount: FeeAmount, when: str | None = None) -> Fee:
    return OriginationFee(name="fee", title="Fee", amount=amount, charged_when=when)


@pytest.mark.parametrize(
    ("fee", "unknown"),
    [
        (origination(share("loan_amount")), ()),
        (origination(share("installment_unpaid")), ("installment_unpaid",)),
        (origination(FLAT, when="days_past_due > 5"), ("days_past_due",)),
        (LateFee(name="f", title="F", amount=share("installment_unpaid"), grace_days=1), ()),
        (LateFee(name="f", title="F", amount=Stated(), grace_days=1), ("fee_amount",)),
        (ManualFee(name="f", title="F", amount=Stated()), ()),
        (
            ReturnedPaymentFee(
                name="f", title="F", amount=share("payment_amount"), return_codes=("R01",)
            ),
            (),
        ),
    ],
)
def test_facts_nobody_knows_when_the_fee_is_charged(fee: Fee, unknown: tuple[str, ...]) -> None:
    assert unknown_facts(fee, "USD") == unknown


def known(facts: Facts) -> set[str]:
    return {name for name in VOCABULARY if facts.value(name) is not None}


def test_a_loan_knows_what_fees_are_promised() -> None:
    life = a_loan()
    day = date(2026, 2, 26)
    loan = life.at(day)
    facts = fee_facts(loan, day, Draft.on(loan, PERSONAL), FEES[1])
    assert known(facts) >= OF_LOAN
    assert known(installment_facts(loan, day, facts, loan.billed[0])) >= OF_INSTALLMENT
    back = facts.given(return_code="R01", payment_amount=Money(100))
    assert known(back) >= OF_RETURN


def test_an_offer_knows_what_origination_fees_are_promised() -> None:
    requested = a_loan().loan
    assert requested is not None and requested.terms is not None
    assert known(Facts(loan=loan_facts(requested.terms, PERSONAL))) >= OF_CONTRACT


def test_what_is_promised_is_in_the_vocabulary() -> None:
    assert VOCABULARY.keys() >= (OF_LOAN | OF_INSTALLMENT | OF_RETURN | OF_CONTRACT)
