"""One loan beside a candidate: one history, two sides, and the day the candidate decides next."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from engine.catalog.terms_in_force import TermsInForce
from engine.fees.late_fee import LateFee
from engine.interest.no_interest import NoInterest
from engine.loan import observe
from servicing.publishing.shadow_loan import Shadowed, shadowed
from tests.engine.loan.life import PERSONAL, Life, a_loan

MADE = date(2026, 1, 15)


def with_grace(days: int) -> TermsInForce:
    """The personal loan as version 9, with so many days of grace."""
    fees = tuple(
        replace(fee, grace_days=days) if isinstance(fee, LateFee) else fee
        for fee in PERSONAL.product.fees
    )
    return replace(PERSONAL, product=replace(PERSONAL.product, version=9, fees=fees))


def both(candidate: TermsInForce, version: int) -> TermsInForce:
    """The terms of one of the two versions, each of which knows the other."""
    found = candidate if version == 9 else PERSONAL
    return replace(found, versions=lambda number: both(candidate, number))


def beside(life: Life, candidate: TermsInForce, began: date, day: date) -> Shadowed:
    history = [(item.seq, item.event) for item in life.history]
    return shadowed(
        "loan_test", history, lambda v: both(candidate, v), both(candidate, 9), began, day
    )


def test_a_fee_one_side_charges_and_the_day_the_other_will() -> None:
    life = a_loan(both(with_grace(15), 1), payments=12, on=MADE)
    first = observe.unbilled(life.at(MADE))[0].due_date
    candidate, began = with_grace(15), MADE + timedelta(days=3)
    before = beside(life, candidate, began, first + timedelta(days=10))
    assert before.divergences == () and before.moved == 0
    after = beside(life, candidate, began, first + timedelta(days=11))
    (found,) = after.divergences
    assert found.candidate == "" and found.live.startswith(str(first + timedelta(days=11)))
    assert after.moved < 0 and after.next_boundary == first + timedelta(days=16)
    same = beside(life, replace(PERSONAL, product=replace(PERSONAL.product, version=9)), began,
                  first + timedelta(days=40))  # fmt: skip
    assert same.divergences == () and same.moved == 0


def test_a_loan_whose_contract_would_be_another_is_not_compared_unless_made_since() -> None:
    free = replace(PERSONAL, product=replace(PERSONAL.product, version=9, interest=NoInterest()))
    life = a_loan(both(free, 1), payments=12, on=MADE)
    there = beside(life, free, MADE + timedelta(days=1), MADE + timedelta(days=40))
    assert there.fault == "the contract is another: interest" and there.divergences == ()
    made = beside(life, free, MADE, MADE + timedelta(days=40))
    assert made.fault == "" and made.divergences
