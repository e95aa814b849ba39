"""Rates that move: which loans are serviced by, and which are named at their place."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.interest_only import InterestOnly
from engine.interest.scheduled_interest import ScheduledInterest
from engine.interest.simple_interest import FirstPeriod, SimpleInterest
from engine.loan.serviceable_rates import rate_plans
from engine.product.disbursement import SeveralDisbursements
from tests.engine.loan.life import a_product
from tests.engine.loan.rate_plans import EVERY_PLAN, PLANS_BY_INSTALLMENT, STEPPED, WHOLE

PARTS = SeveralDisbursements(maximum_count=2, within_days=90)
GROWS = Deferred(installments=2, interest=DeferredInterest.capitalized)


@pytest.mark.parametrize(
    "changes",
    [
        {"interest": SimpleInterest(rate_plan=STEPPED), "disbursement": PARTS},
        {"interest": SimpleInterest(rate_plan=STEPPED), "amortization": GROWS},
        {"interest": SimpleInterest(rate_plan=STEPPED, first_period=FirstPeriod.regular)},
        {"interest": ScheduledInterest(rate_plan=STEPPED)},
        {"interest": ScheduledInterest(rate_plan=WHOLE)},
    ],
)
def test_a_plan_that_is_not_honored_is_named(changes: dict[str, Any]) -> None:
    (problem,) = rate_plans(a_product(**changes))
    assert (problem.path, problem.code) == ("/interest/rate_plan", "not_serviced")


def test_bands_go_with_plain_ways_down() -> None:
    product = a_product(interest=SimpleInterest(rate_plan=WHOLE))
    assert list(rate_plans(product)) == []
    (problem,) = rate_plans(replace(product, amortization=InterestOnly(installments=2)))
    assert problem.path == "/amortization/kind"


def test_every_plan_is_serviced_by_some_method() -> None:
    for plan in EVERY_PLAN:
        assert not list(rate_plans(a_product(interest=SimpleInterest(rate_plan=plan))))
    for plan in PLANS_BY_INSTALLMENT:
        assert not list(rate_plans(a_product(interest=ScheduledInterest(rate_plan=plan))))
