"""Choices that cannot be serviced are named, each at its place; what can be is let through."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import PaymentStep, Stepped
from engine.interest.capitalization import EveryDueDate
from engine.interest.lifetime_cap import LifetimeCap
from engine.interest.no_interest import NoInterest
from engine.interest.scheduled_interest import LaterInterest, ScheduledInterest
from engine.interest.simple_interest import FirstPeriod, SimpleInterest
from engine.loan.serviceable import not_serviceable
from engine.payments.terms import AfterPrepayment, InterestDue, PaymentTerms
from engine.product.disbursement import FurtherInstallments, SeveralDisbursements
from engine.product.down_payment import ShareOfPrice
from engine.product.due_dates import DueDates, FirstPayment
from engine.values.day_count import DayCount
from engine.values.frequency import Single
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding
from tests.engine.loan.life import FEES, a_product
from tests.engine.loan.rate_plans import INTRODUCTORY, PLANS_BY_INSTALLMENT, STEPPED, WHOLE
from tests.engine.loan.test_interest_choices import COUNTED

STEPS = (PaymentStep(from_installment=3, change=Rate.parse("0.1")),)
MINIMUM = PercentOfBalance(share=Rate.parse("0.02"))
PARTS = SeveralDisbursements(maximum_count=2, within_days=90)
SINGLE = DueDates(
    frequencies=(Single(),),
    first_payment=FirstPayment(minimum_days=1, maximum_days=400),
    calendar="us_federal@1",
)


@pytest.mark.parametrize("day_count", list(DayCount))
def test_a_day_count_is_serviced_or_named(day_count: DayCount) -> None:
    product = a_product(interest=SimpleInterest(day_count=day_count))
    paths = [problem.path for problem in not_serviceable(product)]
    assert paths == ([] if day_count in COUNTED else ["/interest/day_count"])


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"interest": SimpleInterest(first_period=FirstPeriod.regular)}, "/interest/first_period"),
        (
            {"interest": SimpleInterest(day_count=DayCount.thirty_360, day_one_accrues=False)},
            "/interest/day_one_accrues",
        ),
        (
            {
                "interest": SimpleInterest(lifetime_cap=LifetimeCap(amount=Money(100))),
                "amortization": InterestDeferred(installments=2),
            },
            "/interest/lifetime_cap",
        ),
        (
            {"interest": ScheduledInterest(), "amortization": InterestDeferred(installments=2)},
            "/amortization/kind",
        ),
        (
            {"fees": (replace(FEES[1], interest_bearing=True),), "interest": ScheduledInterest()},
            "/fees/0/interest_bearing",
        ),
        ({"fees": (replace(FEES[0], interest_bearing=True),)}, "/fees/0/interest_bearing"),
        (
            {
                "fees": (FEES[0], replace(FEES[3], interest_bearing=True)),
                "interest": SimpleInterest(rate_plan=WHOLE),
            },
            "/fees/1/interest_bearing",
        ),
        (
            {
                "interest": ScheduledInterest(rate_plan=PLANS_BY_INSTALLMENT[-1]),
                "due_dates": replace(SINGLE, in_advance=True),
            },
            "/interest/rate_plan",
        ),
        ({"interest": ScheduledInterest(rate_plan=WHOLE)}, "/interest/rate_plan"),
        ({"interest": ScheduledInterest(rate_plan=STEPPED)}, "/interest/rate_plan"),
        (
            {
                "interest": ScheduledInterest(
                    rate_plan=INTRODUCTORY, after_prepayment=LaterInterest.stays
                )
            },
            "/interest/after_prepayment",
        ),
        (
            {"interest": ScheduledInterest(rate_plan=INTRODUCTORY, period_rate_decimals=7)},
            "/interest/rate_plan",
        ),
        ({"interest": SimpleInterest(period_rate_decimals=7)}, "/interest/period_rate_decimals"),
        (
            {"interest": SimpleInterest(compounded_per_year=2, rate_plan=WHOLE)},
            "/interest/compounded_per_year",
        ),
        ({"interest": SimpleInterest(rounding=Rounding.half_even)}, "/interest/rounding"),
        (
            {
                "interest": SimpleInterest(day_count=DayCount.actual_actual_icma),
                "due_dates": SINGLE,
            },
            "/due_dates/frequencies/0",
        ),
        (
            {
                "amortization": MINIMUM,
                "payments": PaymentTerms(interest_due=InterestDue.by_installment),
            },
            "/payments/interest_due",
        ),
        (
            {
                "amortization": MINIMUM,
                "payments": PaymentTerms(after_prepayment=AfterPrepayment.lower_payment),
            },
            "/payments/after_prepayment",
        ),
        (
            {
                "amortization": Deferred(installments=2, interest=DeferredInterest.capitalized),
                "disbursement": SeveralDisbursements(
                    maximum_count=2, within_days=90, installments=FurtherInstallments.added
                ),
            },
            "/disbursement/installments",
        ),
        (
            {"disbursement": PARTS, "down_payment": ShareOfPrice(share=Rate.parse("0.2"))},
            "/down_payment",
        ),
        (
            {"disbursement": PARTS, "due_dates": replace(SINGLE, in_advance=True)},
            "/due_dates/in_advance",
        ),
        (
            {
                "interest": SimpleInterest(capitalization=EveryDueDate()),
                "payments": PaymentTerms(interest_due=InterestDue.by_installment),
            },
            "/payments/interest_due",
        ),
    ],
)
def test_what_is_not_honored_is_named_at_its_place(changes: dict[str, Any], path: str) -> None:
    (problem,) = not_serviceable(a_product(**changes))
    assert (problem.path, problem.code) == (path, "not_serviced")


def test_what_is_honored_passes() -> None:
    assert not_serviceable(a_product()) == ()
    assert not_serviceable(a_product(amortization=MINIMUM)) == ()
    assert not_serviceable(a_product(interest=NoInterest(), rounding=Rounding.down)) == ()
    for interest in DeferredInterest:
        deferred = Deferred(installments=2, interest=interest)
        assert not_serviceable(a_product(amortization=deferred)) == ()
    for due in InterestFallsDue:
        later = InterestDeferred(installments=2, interest=due)
        assert not_serviceable(a_product(amortization=later)) == ()
    stepped = Stepped(steps=STEPS, negative_amortization=True)
    assert not_serviceable(a_product(amortization=stepped)) == ()
    for plan in PLANS_BY_INSTALLMENT:
        assert not_serviceable(a_product(interest=ScheduledInterest(rate_plan=plan))) == ()
    assert not_serviceable(a_product(interest=SimpleInterest(compounded_per_year=2))) == ()
    capitalized = SimpleInterest(capitalization=EveryDueDate())
    assert not_serviceable(a_product(interest=capitalized)) == ()
