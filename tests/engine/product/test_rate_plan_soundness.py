"""Each fault of a rate plan is found at its place; a sound plan has none."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from engine.interest.default_rate import AboveContractRate, DefaultRate, PastDueDefault
from engine.interest.rate_plan.given_rate import FromNoteRate, OwnRate
from engine.interest.rate_plan.introductory_rate import IntroductoryRate
from engine.interest.rate_plan.rate_plan import RatePlan
from engine.interest.rate_plan.rate_rounding import RateRounding
from engine.interest.rate_plan.span import InstallmentSpan, MonthSpan
from engine.interest.rate_plan.stepped_rate import RateStep, SteppedRate
from engine.interest.rate_plan.tiered_by_balance import BandsApply, RateBand, TieredByBalance
from engine.product.limits import AmountRange, CountRange, Limits, RateRange
from engine.product.rate_plan_soundness import default_rate_problems, rate_plan_problems
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.rate_plans import EVERY_PLAN, INDEX

LIMITS = Limits(
    amount=AmountRange(minimum=Money(100), maximum=Money(1000)),
    note_rate=RateRange(minimum=Rate.parse("0.05"), maximum=Rate.parse("0.30")),
    number_of_payments=CountRange(minimum=1, maximum=12),
)
OWN = OwnRate(rate=Rate.parse("0.1"))
MONTHS_6 = MonthSpan(count=6)
UNDER_NOTE = FromNoteRate(change=Rate.parse("-0.01"))
BELOW = OwnRate(rate=Rate.parse("-0.1"))


def rate(text: str) -> Rate:
    return Rate.parse(text)


def steps(*after: Any) -> SteppedRate:
    return SteppedRate(steps=tuple(RateStep(after=span, rate=OWN) for span in after))


def bands(*tops: int | None) -> TieredByBalance:
    return TieredByBalance(
        applies_to=BandsApply.each_slice,
        bands=tuple(
            RateBand(up_to=Money(top) if top is not None else None, rate=OWN) for top in tops
        ),
    )


@pytest.mark.parametrize("plan", EVERY_PLAN)
def test_a_sound_plan_has_no_problem(plan: RatePlan) -> None:
    assert list(rate_plan_problems(plan, LIMITS, "/p")) == []


@pytest.mark.parametrize(
    ("plan", "paths"),
    [
        (steps(MONTHS_6, InstallmentSpan(count=3), MONTHS_6), ["/p/steps/2/after"]),
        (steps(InstallmentSpan(count=6), InstallmentSpan(count=3)), ["/p/steps/1/after"]),
        (SteppedRate(steps=(RateStep(after=MONTHS_6, rate=BELOW),)), ["/p/steps/0/rate/rate"]),
        (IntroductoryRate(rate=BELOW, lasts=MonthSpan(count=1)), ["/p/rate/rate"]),
        (bands(100, 100, None), ["/p/bands/1/up_to"]),
        (bands(200, 100, None), ["/p/bands/1/up_to"]),
        (bands(0, None), ["/p/bands/0/up_to"]),
        (bands(None, 100, None), ["/p/bands/0"]),
        (bands(100, 200), ["/p/bands/1/up_to"]),
        (replace(INDEX, multiplier=rate("0")), ["/p/multiplier"]),
        (replace(INDEX, rounding=RateRounding(multiple_of=rate("0"))), ["/p/rounding/multiple_of"]),
        (replace(INDEX, periodic_cap=rate("-0.02")), ["/p/periodic_cap"]),
        (replace(INDEX, lifetime_floor=OwnRate(rate=rate("0.11"))), ["/p/lifetime_cap"]),
        (replace(INDEX, lifetime_cap=OwnRate(rate=rate("0.2"))), ["/p/lifetime_cap"]),
        (replace(INDEX, lifetime_cap=UNDER_NOTE, lifetime_floor=None), ["/p/lifetime_cap"]),
    ],
)  # fmt: skip
def test_a_fault_is_found_at_its_place(plan: RatePlan, paths: list[str]) -> None:
    assert [problem.path for problem in rate_plan_problems(plan, LIMITS, "/p")] == paths


def test_a_cap_under_a_floor_is_shown_with_a_note_rate() -> None:
    plan = replace(INDEX, lifetime_floor=OwnRate(rate=rate("0.11")))
    [problem] = rate_plan_problems(plan, LIMITS, "/p")
    assert problem.message == "at a note rate of 5% the cap of 10% is under the floor of 11%"


@pytest.mark.parametrize(
    ("given", "path"),
    [(AboveContractRate(margin=rate("0")), "/d/rate/margin"), (BELOW, "/d/rate/rate")],
)
def test_a_default_rate_raises_the_rate(given: Any, path: str) -> None:
    default = DefaultRate(rate=given, begins=PastDueDefault(days=30))
    assert [problem.path for problem in default_rate_problems(default, "/d")] == [path]
    sound = DefaultRate(rate=OWN, begins=PastDueDefault(days=30))
    assert list(default_rate_problems(sound, "/d")) == []
