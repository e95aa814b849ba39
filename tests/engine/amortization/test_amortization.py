"""Every kind of amortization: pays off, reads from plain data, and is what its name says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.amortization.amortization import Amortization
from engine.amortization.amortize import amortize
from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.installment import Schedule
from engine.amortization.interest_only import InterestOnly
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.roll import RollTerms
from engine.amortization.schedule import interest_factors, schedule
from engine.amortization.stepped import PaymentStep, Stepped
from engine.codec.definition import decode_definition, to_document
from engine.interest.simple_interest import SimpleInterest
from engine.values.day_count import DayCount
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Exact, Money
from engine.values.rate import Rate

START = date(2024, 1, 1)
PERIODIC = SimpleInterest(day_count=DayCount.periods)
KINDS: list[Amortization] = [
    InterestOnly(installments=3),
    InterestOnly(installments=3, then=EqualPrincipal()),
    Deferred(installments=2),
    Deferred(installments=2, interest=DeferredInterest.capitalized),
    Balloon(amount=Money(30_000)),
    Balloon(share=Rate.parse("0.25")),
    Balloon(amortization_installments=60),
    Bullet(),
    Bullet(interest=BulletInterest.at_maturity),
    Stepped(steps=(PaymentStep(from_installment=4, change=Rate.parse("0.1")),)),
    Stepped(
        steps=(PaymentStep(from_installment=1, payment=Money(500)),), negative_amortization=True
    ),
    ExplicitPayments(payments=(Money(1_000), Money(20_000))),
    PercentOfBalance(share=Rate.parse("0.05"), floor=Money(2_500)),
    PercentOfBalance(share=Rate.parse("0.05"), plus_interest=True),
]


def plan(amortization: Amortization, rate: str = "0.12", count: int = 12) -> Schedule:
    return schedule(
        Money(100_000),
        Rate.parse(rate),
        START,
        due_dates(date(2024, 2, 1), Monthly(), count),
        interest=PERIODIC,
        amortization=amortization,
    )


def column(made: Schedule, name: str) -> list[int]:
    return [getattr(row, name).minor for row in made.installments]


@given(
    st.sampled_from(KINDS),
    st.integers(1, 10**8),
    st.decimals("0", "0.6", places=4),
    st.integers(1, 48),
    st.integers(0, 10**6),
    st.booleans(),
)
def test_principal_sums_to_what_was_lent(
    amortization: Amortization,
    principal: int,
    rate: object,
    count: int,
    carry: int,
    carried: bool,
) -> None:
    dates = due_dates(date(2024, 2, 20), Monthly(), count)
    yearly = Rate(Fraction(str(rate)))
    periods = interest_factors(yearly, START, dates, SimpleInterest())
    roll = RollTerms(carried=carried, carry=Exact(carry, 365))
    columns = amortize(principal, periods, amortization, roll, yearly.exact / 12)
    assert sum(columns.principal) == principal
    assert columns.balance[-1] == 0
    balance = principal
    for payment, interest, part, left in zip(*columns, strict=True):
        assert payment == interest + part and payment >= 0
        balance -= part
        assert balance == left


@pytest.mark.parametrize("amortization", KINDS)
def test_every_kind_is_plain_data_with_a_name(amortization: Amortization) -> None:
    written = to_document(amortization)
    assert written["kind"] == type(amortization).__struct_config__.tag
    read: Amortization = decode_definition(written, Amortization)
    assert read == amortization


def test_interest_only_repays_nothing_at_first() -> None:
    made = plan(InterestOnly(installments=3))
    assert column(made, "payment")[:3] == [1_000] * 3
    assert column(made, "balance")[:3] == [100_000] * 3
    assert made.installments[3].payment == Money(11_674)
    falling = plan(InterestOnly(installments=2, then=EqualPrincipal()))
    assert column(falling, "principal") == [0, 0, *[10_000] * 10]


def test_deferred_interest_waits_or_becomes_principal() -> None:
    waiting = plan(Deferred(installments=2))
    assert column(waiting, "payment")[:2] == [0, 0]
    assert waiting.installments[2].interest == Money(3_000)
    assert max(column(waiting, "balance")) == 100_000
    capitalized = plan(Deferred(installments=2, interest=DeferredInterest.capitalized))
    assert column(capitalized, "balance")[:2] == [101_000, 102_010]
    assert capitalized.total_interest > waiting.total_interest
    for made in (waiting, capitalized):
        assert abs(column(made, "payment")[-1] - column(made, "payment")[2]) <= 6


def test_a_balloon_is_due_with_the_last_level_payment() -> None:
    made = plan(Balloon(amount=Money(30_000)))
    level = made.installments[0].payment
    assert abs((made.installments[-1].payment - level - Money(30_000)).minor) <= 12
    assert plan(Balloon(share=Rate.parse("0.30"))).installments == made.installments
    longer = plan(Balloon(amortization_installments=360), count=60)
    assert longer.installments[0].payment == Money(1_029)
    assert longer.installments[-2].balance == Money(97_684)


def test_a_bullet_pays_principal_once() -> None:
    assert column(plan(Bullet()), "payment") == [*[1_000] * 11, 101_000]
    at_maturity = plan(Bullet(interest=BulletInterest.at_maturity))
    assert column(at_maturity, "payment") == [*[0] * 11, 112_000]


def test_payments_rise_in_steps_and_still_pay_off() -> None:
    steps = tuple(PaymentStep(from_installment=n, change=Rate.parse("0.075")) for n in (5, 9))
    payments = column(plan(Stepped(steps=steps)), "payment")
    assert len(set(payments[:4])) == len(set(payments[4:8])) == len(set(payments[8:11])) == 1
    assert abs(payments[4] - payments[0] * 1.075) <= 1
    assert abs(payments[8] - payments[4] * 1.075) <= 2
    assert abs(payments[11] - payments[10]) <= 12


def test_a_step_may_state_its_payment_and_the_first_level_is_solved() -> None:
    step = PaymentStep(from_installment=7, payment=Money(5_000))
    payments = column(plan(Stepped(steps=(step,))), "payment")
    assert payments[6:11] == [5_000] * 5
    assert abs(payments[11] - 5_000) <= 12
    assert payments[0] > 11_000


def test_too_small_payments_wait_or_grow_the_principal() -> None:
    small = (PaymentStep(from_installment=1, payment=Money(500)),)
    waiting, growing = (
        plan(Stepped(steps=small, negative_amortization=choice), count=3)
        for choice in (False, True)
    )
    assert column(waiting, "balance") == [100_000, 100_000, 0]
    assert column(growing, "balance") == [100_500, 101_005, 0]
    assert column(waiting, "payment")[-1] == 102_000
    assert column(growing, "payment")[-1] == 102_015


def test_a_balance_that_may_not_grow_further_is_paid_off_in_level_payments() -> None:
    steps = (PaymentStep(from_installment=1, payment=Money(500)),)
    limited = Stepped(
        steps=steps, negative_amortization=True, negative_amortization_limit=Rate.parse("1.012")
    )
    made = plan(limited, count=12)
    assert column(made, "payment")[:2] == [500, 500]
    assert max(column(made, "balance")) == 101_005
    assert column(made, "payment")[2] > 10_000
    assert column(made, "balance")[-1] == 0


def test_listed_payments_are_made_as_listed() -> None:
    made = plan(ExplicitPayments(payments=(Money(0), Money(20_000))), count=4)
    assert column(made, "payment") == [0, 20_000, 20_000, 63_448]
    assert column(made, "interest") == [0, 2_000, 820, 628]


def test_a_minimum_payment_falls_to_its_floor() -> None:
    made = plan(PercentOfBalance(share=Rate.parse("0.05"), floor=Money(4_800)))
    assert column(made, "payment")[:3] == [5_000, 4_800, 4_800]
    plus = plan(PercentOfBalance(share=Rate.parse("0.05"), plus_interest=True))
    assert column(plus, "principal")[:3] == [5_000, 4_750, 4_513]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (Balloon, {"kind": "balloon"}),
        (Stepped, {"kind": "stepped", "steps": [{"from_installment": 1}]}),
        (ExplicitPayments, {"kind": "explicit_payments", "payments": []}),
    ],
)
def test_terms_that_say_nothing_are_refused(kind: type, wrong: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, kind)
