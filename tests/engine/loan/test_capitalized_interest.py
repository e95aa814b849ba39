"""Unpaid interest becomes principal on the days the product names, and no cent is lost by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.stepped import PaymentStep, Stepped
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.capitalization import AtConversion, EveryDueDate, GivenMonths
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.ledger.chart import AccountRole
from engine.ledger.entry import net
from engine.ledger.journalize import journalize
from engine.loan import observe
from engine.loan.commands import BoardLoan
from engine.loan.events import InterestCapitalized, OutcomeUndone, PaymentAllocated, ScheduleSet
from engine.loan.outcomes.capitalization import LIMIT_REACHED
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.values.day_count import DayCount
from engine.values.money import Exact, Money
from engine.values.rate import Rate
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.standing import standing

FEB, MAR, APR, MAY = (date(2026, month, 15) for month in (2, 3, 4, 5))


def terms(amortization: Any, capitalization: Any = None, **interest: Any) -> TermsInForce:
    """10,000.00 at one percent a month, nothing charged besides."""
    chosen = {"day_count": DayCount.thirty_360, "capitalization": capitalization} | interest
    return in_force(
        a_product(interest=SimpleInterest(**chosen), amortization=amortization, fees=())
    )


def lent(amortization: Any, capitalization: Any = None, **interest: Any) -> Life:
    return a_loan(terms(amortization, capitalization, **interest), rate="0.12")


LOW = ExplicitPayments(payments=(Money(5_000),))
DEFERRED = Deferred(installments=3, interest=DeferredInterest.capitalized)
GROWING = Stepped(
    steps=(
        PaymentStep(from_installment=1, payment=Money(5_000)),
        PaymentStep(from_installment=5, payment=Money(150_000)),
    ),
    negative_amortization=True,
)


def added(life: Life) -> list[tuple[date, int]]:
    return [(e.effective_on, e.amount.minor) for e in life.events(InterestCapitalized)]


def test_interest_of_a_deferral_is_principal_from_each_due_date() -> None:
    life = lent(DEFERRED)
    life.until(date(2026, 4, 30))
    assert added(life) == [(FEB, 10_000), (MAR, 10_100), (APR, 10_201)]
    assert life.numbers(APR)["principal"] == "10303.01"
    assert life.numbers(APR)["interest"] == "0.00"
    assert observe.accrued_interest(life.at(MAY), MAY) == Exact(1_030_301, 100)
    assert life.numbers(MAY)["days"] == 0


@pytest.mark.parametrize(
    ("deferred", "capitalization"),
    [(DeferredInterest.capitalized_at_end, None), (DeferredInterest.waits, AtConversion())],
)
def test_or_once_when_the_loan_begins_to_amortize(deferred: Any, capitalization: Any) -> None:
    life = lent(Deferred(installments=3, interest=deferred), capitalization)
    life.until(MAR)
    assert added(life) == [] and life.numbers(MAR)["interest"] == "200.00"
    life.until(MAY)
    assert added(life) == [(APR, 30_000)]
    assert observe.accrued_interest(life.at(MAY), MAY) == 10_300


def test_given_months_are_the_months_of_due_dates() -> None:
    life = lent(Bullet(interest=BulletInterest.at_maturity), GivenMonths(months=(3, 9)))
    life.until(date(2026, 12, 31))
    assert added(life) == [(MAR, 20_000), (date(2026, 9, 15), 61_200)]


@pytest.mark.parametrize(
    "chosen",
    [
        (DEFERRED, None),
        (Deferred(installments=3, interest=DeferredInterest.capitalized_at_end), None),
        (Deferred(installments=2, then=EqualPrincipal()), EveryDueDate()),
        (LOW, EveryDueDate()),
        (LOW, EveryDueDate(limit=Rate.parse("1.02"))),
        (GROWING, None),
        (Bullet(interest=BulletInterest.at_maturity), GivenMonths(months=(6, 12))),
    ],
)
@pytest.mark.parametrize("remainders", list(Remainders))
@pytest.mark.parametrize("day_count", [DayCount.thirty_360, DayCount.actual_365])
def test_paid_on_time_the_loan_follows_its_schedule(
    chosen: tuple[Any, Any], remainders: Remainders, day_count: DayCount
) -> None:
    life = lent(*chosen, remainders=remainders, day_count=day_count)
    assert life.loan is not None
    rows = contract_schedule(life.loan.agreed, life.terms).installments
    for row in rows:
        if row.payment:
            life.pays(row.payment.text(), row.due_date)
        else:
            life.until(row.due_date)
        stands = life.at(row.due_date).principal_balance
        assert abs((stands - row.balance).minor) <= 1, row
    assert life.loan.paid_off_on == rows[-1].due_date
    paid = sum(e.interest.minor + e.principal.minor for e in life.events(PaymentAllocated))
    planned = sum(row.payment.minor for row in rows)
    assert abs(paid - planned) <= (1 if remainders is Remainders.carried else 0)
    grown = sum(amount for _, amount in added(life))
    assert grown > 0 and life.loan.interest_capitalized == Money(grown)


def test_a_payment_below_the_interest_lets_the_principal_grow() -> None:
    life = lent(LOW, EveryDueDate())
    life.pays("50.00", FEB)
    assert added(life) == [(FEB, 5_000)]
    assert life.numbers(FEB) | {"stage": ""} == {
        "principal": "10050.00", "interest": "0.00", "fees": "0.00", "past_due": "0.00",
        "days": 0, "stage": "", "status": "active",
    }  # fmt: skip
    life.until(MAR)
    assert added(life)[-1] == (MAR, 5_050)


def test_what_is_billed_and_not_paid_stays_interest() -> None:
    life = lent(LOW, EveryDueDate())
    life.until(MAR)
    assert added(life) == [(FEB, 5_000), (MAR, 5_050)]
    assert life.numbers(MAR)["interest"] == "100.00"
    assert life.numbers(date(2026, 3, 16))["past_due"] == "100.00"


def test_at_the_limit_the_payment_is_set_anew_and_pays_the_loan_off() -> None:
    life = lent(LOW, EveryDueDate(limit=Rate.parse("1.0075")))
    life.pays("50.00", FEB)
    life.until(MAR)
    assert added(life) == [(FEB, 5_000)]
    anew = [e for e in life.events(ScheduleSet) if e.reason == LIMIT_REACHED]
    assert anew == []  # the schedule had seen it coming
    assert observe.planned(life.at(MAR))[1].amount == Money(96_936)


def test_a_boarded_loan_reaches_its_limit_and_gets_payments_that_amortize() -> None:
    limited = EveryDueDate(limit=Rate.parse("1.15"))
    life = Life(terms(LOW, limited))
    life.live(
        BoardLoan(
            borrower_id="brw_1", product="personal", boarded_on=FEB, original_amount="10000.00",
            note_rate="0.12", contract_date=date(2024, 2, 15), number_of_payments=36,
            next_due_date=MAR, installment_amount="50.00", principal_balance="11450.00",
            remaining_payments=12,
        )
    )  # fmt: skip
    life.until(MAR)
    (anew,) = [e for e in life.events(ScheduleSet) if e.reason == LIMIT_REACHED]
    assert anew.effective_on == MAR and len(anew.installments) == 12
    assert added(life) == []
    assert {row.amount.minor for row in anew.installments[:-1]} == {101_732}
    for row in anew.installments:
        life.pays(row.amount.text(), row.due_date)
    assert life.loan is not None and life.loan.paid_off_on == anew.installments[-1].due_date


def test_capitalized_interest_is_moved_in_the_books() -> None:
    life = lent(DEFERRED)
    life.until(APR)
    entries = [e for item in life.history for e in journalize(item.seq, item.event)]
    moved = {role: amount.minor for role, amount in net(entries).items()}
    assert moved[AccountRole.principal_receivable] == 1_030_301
    assert moved[AccountRole.interest_receivable] == -30_301


def test_a_payment_found_later_takes_back_what_was_added_after_it() -> None:
    late, on_time = lent(DEFERRED), lent(DEFERRED)
    late.until(APR)
    late.pays("60.00", date(2026, 3, 1))
    on_time.pays("60.00", date(2026, 3, 1))
    on_time.until(APR)
    assert any(isinstance(item.event, OutcomeUndone) for item in late.history)
    assert standing(late.at(APR)) == standing(on_time.at(APR))
    assert added(late) == added(on_time) != []


def test_a_payment_that_comes_back_leaves_what_would_have_been_added() -> None:
    life, never = lent(LOW, EveryDueDate()), lent(LOW, EveryDueDate())
    payment = life.pays("2000.00", date(2026, 2, 20))
    life.until(MAY)
    life.comes_back(payment, MAY, "R10")
    never.until(MAY)
    assert standing(life.at(MAY)) == standing(never.at(MAY))
    assert added(life) == added(never)
