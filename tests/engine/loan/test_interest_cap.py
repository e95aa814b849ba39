"""A cap on the interest of a loan's whole life, and installments free of interest at the start."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule_book import RuleBook
from engine.interest.lifetime_cap import LifetimeCap
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan import observe
from engine.loan.commands import BoardLoan, ChangeRate, PauseInterest
from engine.loan.events import InterestCapReached, RateReset
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.product.limits import AmountRange, CountRange, Limits, RateRange
from engine.values.day_count import DayCount
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.compliance.laws import law
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.standing import standing

ALL_OF_IT = LifetimeCap(share=Rate.parse("1"))
LIMITS = Limits(
    amount=AmountRange(minimum=Money(10_000), maximum=Money(10_000_000)),
    note_rate=RateRange(minimum=Rate.parse("0"), maximum=Rate.parse("9")),
    number_of_payments=CountRange(minimum=4, maximum=60),
)


def terms(amortization: Any = None, rules: RuleBook | None = None, **interest: Any) -> TermsInForce:
    product = a_product(
        limits=LIMITS,
        interest=SimpleInterest(**interest),
        amortization=amortization or LevelPayment(),
        fees=(),
    )
    return in_force(product, rules=rules)


def dear(amortization: Any = None, cap: LifetimeCap = ALL_OF_IT, **interest: Any) -> Life:
    """1,000.00 at 365 percent a year: a percent a day under actual/365."""
    return a_loan(
        terms(amortization, lifetime_cap=cap, **interest), amount="1000.00", rate="3.65",
        payments=12,
    )  # fmt: skip


def test_earning_stops_on_the_day_the_cap_is_earned() -> None:
    life = dear(Bullet(interest=BulletInterest.at_maturity))
    reached = date(2026, 1, 15) + timedelta(days=100)
    before = reached - timedelta(days=1)
    assert observe.accrued_interest(life.at(before), before) == 99_000
    for day in (reached, reached + timedelta(days=200)):
        assert observe.accrued_interest(life.at(day), day) == 100_000
        assert observe.per_diem(life.at(day), day) == 0
    life.until(reached)
    (event,) = life.events(InterestCapReached)
    assert (event.effective_on, event.amount, event.interest_dropped) == (
        reached, Money(100_000), 0,
    )  # fmt: skip
    assert life.events(RateReset)[-1].reason == "interest_cap"


def test_what_the_last_day_earns_beyond_the_cap_is_not_earned() -> None:
    life = dear(Bullet(interest=BulletInterest.at_maturity), LifetimeCap(amount=Money(99_500)))
    reached = date(2026, 1, 15) + timedelta(days=100)
    life.until(reached)
    (event,) = life.events(InterestCapReached)
    assert (event.effective_on, event.interest_dropped) == (reached, 500)
    assert observe.accrued_interest(life.at(reached), reached) == 99_500


@pytest.mark.parametrize(
    "amortization",
    [
        LevelPayment(), EqualPrincipal(), InterestOnly(installments=3), Deferred(installments=2),
        InterestOnly(installments=3, then=EqualPrincipal()), Balloon(share=Rate.parse("0.4")),
        Deferred(installments=2, interest=DeferredInterest.capitalized), Bullet(),
        Deferred(installments=2, interest=DeferredInterest.capitalized_at_end),
        Bullet(interest=BulletInterest.at_maturity),
    ],
)  # fmt: skip
@pytest.mark.parametrize("remainders", list(Remainders))
@pytest.mark.parametrize("day_count", [DayCount.actual_365, DayCount.thirty_360])
def test_what_is_quoted_under_the_cap_is_billed_and_paid(
    amortization: Any, remainders: Remainders, day_count: DayCount
) -> None:
    life = dear(amortization, remainders=remainders, day_count=day_count)
    assert life.loan is not None and life.loan.agreed.interest_cap == Money(100_000)
    rows = contract_schedule(life.loan.agreed, life.terms).installments
    assert sum(row.payment.minor for row in rows) == 200_000
    for row in rows:
        due = observe.installments_due(
            life.at(row.due_date), row.due_date, life.terms.product.rounding
        )
        assert abs(sum(bill.remaining.minor for bill in due) - row.payment.minor) <= 1, row
        if due:
            life.pays(due[0].remaining.text(), row.due_date)
        else:
            life.until(row.due_date)
        stands = life.at(row.due_date).principal_balance
        assert abs((stands - row.balance).minor) <= 1, row
    assert life.loan.paid_off_on == rows[-1].due_date
    assert life.loan.cash_received == Money(200_000)


def test_a_level_payment_has_the_cap_in_it() -> None:
    life = dear()
    assert life.loan is not None
    payments = [row.amount.minor for row in observe.planned(life.loan)]
    assert set(payments) == {16_667, 16_663}


def test_a_cap_that_is_not_reached_changes_nothing() -> None:
    capped = a_loan(terms(lifetime_cap=ALL_OF_IT))
    plain = a_loan(terms())
    assert observe.planned(capped.at(date(2026, 2, 1))) == observe.planned(
        plain.at(date(2026, 2, 1))
    )


def test_a_payment_found_later_moves_the_day() -> None:
    late, on_time = dear(), dear()
    late.until(date(2026, 9, 1))
    late.pays("600.00", date(2026, 2, 1))
    on_time.pays("600.00", date(2026, 2, 1))
    on_time.until(date(2026, 9, 1))
    end = date(2026, 9, 1)
    assert standing(late.at(end)) == standing(on_time.at(end))
    assert late.events(InterestCapReached) == on_time.events(InterestCapReached)


def test_time_in_steps_or_at_once() -> None:
    once, steps = dear(), dear()
    day = date(2026, 1, 15)
    while day < date(2026, 8, 1):
        day += timedelta(days=6)
        steps.until(day)
    once.until(day)
    assert standing(once.at(day)) == standing(steps.at(day))


def test_a_pause_and_a_rate_change_only_delay_the_cap() -> None:
    life = dear(Bullet(interest=BulletInterest.at_maturity))
    life.live(
        PauseInterest(from_date=date(2026, 2, 4), to_date=date(2026, 2, 13), reason="hardship")
    )
    life.live(ChangeRate(note_rate="1.825", effective_on=date(2026, 3, 6), reason="hardship"))
    life.until(date(2026, 12, 1))
    (event,) = life.events(InterestCapReached)
    # 20 days at a percent, 10 days of nothing, 20 days at a percent, 120 days at half of one.
    assert event.effective_on == date(2026, 1, 15) + timedelta(days=170)


def test_law_may_lower_the_cap() -> None:
    rule = law(
        {
            "kind": "limit", "rule": "policy.cost_cap", "title": "Half at most",
            "at": ["quote", "originate"], "value_on": "contract_date", "applies_when": "true",
            "narrows": "interest_cap", "maximum": "loan_amount * most",
            "message": "Above {most} is not lawful.", "citation": {"cite": "a law"},
            "values": {"most": {"2015-01-02": "0.5"}}, "tests": [],
        }
    )  # fmt: skip
    life = a_loan(
        terms(rules=RuleBook.of([rule]), lifetime_cap=ALL_OF_IT), amount="1000.00", rate="3.65"
    )
    assert life.loan is not None and life.loan.agreed.interest_cap == Money(50_000)


def test_a_boarded_loan_cannot_say_what_was_earned_before() -> None:
    life = Life(terms(lifetime_cap=ALL_OF_IT))
    refusals = life.refused(
        BoardLoan(
            borrower_id="brw_1", product="personal", boarded_on=date(2026, 2, 15),
            original_amount="10000.00", note_rate="0.12", contract_date=date(2025, 2, 15),
            number_of_payments=36, next_due_date=date(2026, 3, 15), installment_amount="300.00",
            principal_balance="8000.00", remaining_payments=24,
        )
    )  # fmt: skip
    assert [refusal.path for refusal in refusals] == ["/product"]


# --- free of interest at the start -------------------------------------------------------------


@pytest.mark.parametrize(
    "amortization", [LevelPayment(), EqualPrincipal(), Deferred(installments=2)]
)
@pytest.mark.parametrize("day_one", [True, False])
def test_the_first_installments_are_free_of_interest(amortization: Any, day_one: bool) -> None:
    life = a_loan(
        terms(amortization, interest_free_installments=3, day_one_accrues=day_one), rate="0.12"
    )
    assert life.loan is not None
    assert life.loan.agreed.interest_free_until == date(2026, 4, 15)
    rows = contract_schedule(life.loan.agreed, life.terms).installments
    assert [row.interest.minor for row in rows[:3]] == [0, 0, 0]
    assert rows[3].interest > Money(0)
    for row in rows:
        if row.payment:
            life.pays(row.payment.text(), row.due_date)
        else:
            life.until(row.due_date)
    assert life.loan.paid_off_on == rows[-1].due_date
    assert life.loan.cash_received == Money(sum(row.payment.minor for row in rows))
    reasons = [(event.effective_on, event.reason) for event in life.events(RateReset)]
    assert reasons == [
        (date(2026, 1, 15), "interest_free"), (date(2026, 4, 15), "interest_pause_ended"),
    ]  # fmt: skip


def test_a_boarded_loan_is_free_of_what_is_left_of_it() -> None:
    life = Life(terms(interest_free_installments=4))
    life.live(
        BoardLoan(
            borrower_id="brw_1", product="personal", boarded_on=date(2026, 2, 15),
            original_amount="10000.00", note_rate="0.12", contract_date=date(2025, 12, 15),
            number_of_payments=12, next_due_date=date(2026, 3, 15), installment_amount="850.00",
            principal_balance="9000.00", remaining_payments=10,
        )
    )  # fmt: skip
    assert life.loan is not None
    assert life.loan.agreed.interest_free_until == date(2026, 4, 15)
    assert life.numbers(date(2026, 4, 15))["interest"] == "0.00"
    assert life.numbers(date(2026, 4, 25))["interest"] != "0.00"
