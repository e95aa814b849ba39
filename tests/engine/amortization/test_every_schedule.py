"""Whatever the way down, the rhythm and the interest: what was lent is paid back, exactly."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.amortization.amortization import Amortization
from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_installments import EqualInstallments, Remainder
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.installment import Schedule
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment, PaymentBasis, Residual
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.schedule import schedule
from engine.amortization.stepped import PaymentStep, Stepped
from engine.interest.interest_method import InterestMethod
from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.values.day_count import DayCount, ReferencePeriods
from engine.values.due_dates import due_dates
from engine.values.frequency import (
    Biweekly,
    EveryDays,
    Frequency,
    Monthly,
    Quarterly,
    Semimonthly,
    Weekly,
    periods_per_year,
)
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding

START = date(2024, 1, 31)
UP = PaymentStep(from_installment=3, change=Rate.parse("0.25"))
GIVEN = PaymentStep(from_installment=1, payment=Money(5_000))
WAYS: list[Amortization] = [
    *(LevelPayment(residual=residual) for residual in Residual),
    LevelPayment(basis=PaymentBasis.equal_periods),
    LevelPayment(payment_multiple_of=Money(500)),
    EqualPrincipal(),
    *(EqualInstallments(remainder=remainder) for remainder in Remainder),
    InterestOnly(installments=3),
    InterestOnly(installments=2, then=EqualPrincipal()),
    *(Deferred(installments=2, interest=interest) for interest in DeferredInterest),
    *(InterestDeferred(installments=3, interest=interest) for interest in InterestFallsDue),
    InterestDeferred(installments=2, principal=EqualPrincipal()),
    InterestDeferred(installments=3, principal=InterestOnly(installments=2)),
    InterestDeferred(installments=1, principal=InterestOnly(installments=2, then=EqualPrincipal())),
    Balloon(amount=Money(40_000)),
    Balloon(share=Rate.parse("0.35")),
    Balloon(amortization_installments=90),
    *(Bullet(interest=interest) for interest in BulletInterest),
    Stepped(steps=(UP,)),
    Stepped(steps=(GIVEN, PaymentStep(from_installment=4, payment=Money(9_000)))),
    Stepped(steps=(GIVEN,), negative_amortization=True),
    ExplicitPayments(payments=(Money(100), Money(0), Money(9_999))),
    PercentOfBalance(share=Rate.parse("0.05"), floor=Money(2_500)),
]
RHYTHMS: list[Frequency] = [
    Monthly(), Monthly(day=31), Monthly(skip_months=(6, 7)), Biweekly(), Weekly(), Quarterly(),
    Semimonthly(), EveryDays(days=10),
]  # fmt: skip
simple = st.builds(
    SimpleInterest,
    day_count=st.sampled_from(
        [DayCount.actual_365, DayCount.actual_360, DayCount.thirty_360, DayCount.actual_actual_isda]
    ),
    rounding=st.sampled_from(Rounding),
    remainders=st.sampled_from(Remainders),
    day_one_accrues=st.booleans(),
)
rates = st.integers(0, 3_600).map(lambda points: Rate(Fraction(points, 10_000)))


@given(
    st.integers(10_000, 50_000_000),
    rates,
    st.integers(1, 60),
    st.sampled_from(WAYS),
    st.one_of(simple, st.just(NoInterest())),
    st.sampled_from(RHYTHMS),
    st.booleans(),
)
def test_what_was_lent_is_paid_back_and_every_row_adds_up(
    principal: int,
    rate: Rate,
    count: int,
    way: Amortization,
    interest: InterestMethod,
    rhythm: Frequency,
    in_advance: bool,
) -> None:
    first = START if in_advance else due_dates(START, rhythm, 2)[1]
    dates = due_dates(first, rhythm, count)
    if count == 1 and in_advance:
        return  # paid back when it is lent
    plan = schedule(
        Money(principal),
        Rate(Fraction(0)) if isinstance(interest, NoInterest) else rate,
        START,
        dates,
        interest=interest,
        amortization=way,
        periods=ReferencePeriods(per_year=periods_per_year(rhythm)),
    )
    adds_up(plan, principal)
    assert {row.due_date for row in plan.installments} <= set(dates)
    if isinstance(interest, NoInterest):
        assert plan.total_of_payments == Money(principal)


def adds_up(plan: Schedule, principal: int) -> None:
    """Each row in itself, all of them to what was lent, and nothing left."""
    balance = principal
    for number, row in enumerate(plan.installments, 1):
        assert row.number == number
        assert row.payment.minor == row.interest.minor + row.principal.minor
        assert min(row.payment.minor, row.interest.minor) >= 0
        balance -= row.principal.minor
        assert row.balance.minor == balance
    assert balance == 0
    assert plan.total_of_payments.minor == principal + plan.total_interest.minor
