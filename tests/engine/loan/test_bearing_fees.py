"""Fees that earn interest while unpaid: 1,000.00 at 36.5 percent is 1.00 a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import replace

from engine.amortization.bullet import Bullet, BulletInterest
from engine.fees.amount import Flat
from engine.fees.late_fee import LateFee
from engine.fees.manual_fee import ManualFee
from engine.loan import observe
from engine.loan.commands import AssessFee, ChargeOffLoan, WaiveFee
from engine.loan.events import FeeAssessed, LoanChargedOff, PaymentAllocated
from engine.loan.position import position
from engine.product.product import Product
from engine.values.money import Money
from tests.engine.loan.life import Life, a_loan, a_product, in_force

START, FEB, LATER = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
FEE = ManualFee(
    name="copy_fee", title="Copy fee", amount=Flat(amount=Money(10_000)), interest_bearing=True
)
LATE = LateFee(
    name="late_fee",
    title="Late fee",
    grace_days=10,
    amount=Flat(amount=Money(5_000)),
    interest_bearing=True,
)


def bearing() -> Product:
    limits = a_product().limits
    highest = replace(limits.note_rate, maximum=limits.note_rate.maximum.parse("0.365"))
    return a_product(
        fees=(FEE, LATE),
        amortization=Bullet(interest=BulletInterest.at_maturity),
        limits=replace(limits, note_rate=highest),
    )


def with_a_fee() -> Life:
    """100.00 charged on 1 February, after 31 days at 1.00."""
    life = a_loan(in_force(bearing()), amount="1000.00", rate="0.365", payments=12, on=START)
    life.live(AssessFee(fee="copy_fee", assessed_on=FEB, reason="asked for"))
    return life


def test_a_fee_earns_what_principal_earns_from_its_day() -> None:
    life = with_a_fee()
    loan = life.at(LATER)
    assert loan.interest_bearing == Money(110_000)
    assert observe.per_diem(loan, LATER) == Fraction(110)
    assert life.numbers(LATER)["interest"] == "61.80"  # 31.00, and 28 days at 1.10
    assert life.numbers(LATER)["principal"] == "1000.00"


def test_it_stops_when_the_fee_is_paid_or_forgiven() -> None:
    paid, waived = with_a_fee(), with_a_fee()
    mid = date(2026, 2, 11)
    (fee,) = waived.events(FeeAssessed)
    waived.live(WaiveFee(fee_id=fee.fee_id, waived_on=mid, reason="goodwill"))
    assert waived.numbers(LATER)["interest"] == "60.00"
    paid.pays("100.00", mid)
    (event,) = paid.events(PaymentAllocated)
    assert event.bearing_fees == sum((amount for _, amount in event.fees), Money(0))
    assert paid.loan is not None and paid.loan.bearing_fees == Money(10_000) - event.bearing_fees


def test_a_payment_that_came_back_lets_the_fee_earn_all_along() -> None:
    life, never = with_a_fee(), with_a_fee()
    life.comes_back(life.pays("900.00", date(2026, 2, 11)), LATER, "R10")
    never.until(LATER)
    assert life.numbers(LATER) == never.numbers(LATER)
    assert life.at(LATER).principal_changes == never.at(LATER).principal_changes


def test_a_late_fee_earns_once_it_is_charged_and_a_charge_off_ends_it() -> None:
    life = with_a_fee()
    day = date(2027, 2, 1)
    loan = life.at(day)
    charged = [fee.assessed_on for fee in loan.fees if fee.kind == "late_fee"]
    assert charged and loan.interest_bearing == Money(115_000)
    life.live(ChargeOffLoan(charged_off_on=day, reason="gone"))
    (event,) = life.events(LoanChargedOff)
    assert event.bearing_fees == event.fees == Money(15_000)
    assert life.loan is not None and life.loan.interest_bearing == Money(0)


@pytest.mark.parametrize("day", [FEB, LATER])
def test_the_portfolio_counts_interest_on_both(day: date) -> None:
    life = with_a_fee()
    held = position(life.at(day), day, life.terms)
    assert (held.principal, held.interest_bearing) == (Money(100_000), Money(110_000))
