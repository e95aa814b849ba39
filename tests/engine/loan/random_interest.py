"""Random interest methods: every one that a product may choose, with whatever it lets choose."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from engine.interest.lifetime_cap import LifetimeCap
from engine.interest.period_interest import PayoffInterest
from engine.interest.precomputed_interest import (
    ChargeBasis,
    ChargeParts,
    PrecomputedInterest,
)
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.tiered_by_balance import TieredByBalance
from engine.interest.scheduled_interest import LaterInterest, ScheduledInterest
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.values.day_count import DayCount
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding
from tests.engine.loan.rate_plans import DEFAULTS, EVERY_PLAN, PLANS_BY_INSTALLMENT
from tests.engine.loan.test_interest_choices import COUNTED

CAPS = [None, None, LifetimeCap(share=Rate.parse("0.02")), LifetimeCap(amount=Money(5_000))]


def interest_methods(rounding: Rounding) -> st.SearchStrategy[Any]:
    """Any method that earns something."""
    return st.one_of(
        simple_interest(rounding), scheduled_interest(rounding), precomputed_interest(rounding)
    )


def precomputed_interest(rounding: Rounding) -> st.SearchStrategy[PrecomputedInterest]:
    """A charge fixed at the start, small enough to leave something to lend."""
    return st.builds(
        PrecomputedInterest,
        rounding=st.just(rounding),
        charge=st.sampled_from(ChargeBasis),
        parts=st.sampled_from(ChargeParts),
        payoff=st.sampled_from(PayoffInterest),
        minimum_charge=st.sampled_from([Money(0), Money(2_000)]),
    )


@st.composite
def simple_interest(draw: st.DrawFn, rounding: Rounding) -> SimpleInterest:
    """Interest earned on what is owed."""
    interest = SimpleInterest(
        day_count=draw(st.sampled_from(COUNTED)),
        rounding=rounding,
        remainders=draw(st.sampled_from(Remainders)),
        day_one_accrues=draw(st.booleans()),
        rate_plan=draw(st.sampled_from([FixedRate(), *EVERY_PLAN])),
        default_rate=draw(st.sampled_from(DEFAULTS)),
        lifetime_cap=draw(st.sampled_from(CAPS)),
        interest_free_installments=draw(st.sampled_from([0, 0, 0, 2])),
        payoff=draw(st.sampled_from(PayoffInterest)),
        compounded_per_year=draw(st.sampled_from([None, None, None, 1, 2])),
    )
    if isinstance(interest.rate_plan, TieredByBalance):
        interest = replace(interest, compounded_per_year=None)
    if interest.rate_plan != FixedRate():
        interest = replace(interest, lifetime_cap=None)
    if interest.day_count is DayCount.thirty_360:
        return replace(interest, remainders=Remainders.carried, day_one_accrues=True)
    return interest


def scheduled_interest(rounding: Rounding) -> st.SearchStrategy[ScheduledInterest]:
    """Interest that the schedule fixes by period."""
    return st.builds(
        ScheduledInterest,
        day_count=st.sampled_from(COUNTED),
        rounding=st.just(rounding),
        remainders=st.sampled_from(Remainders),
        payoff=st.sampled_from(PayoffInterest),
        after_prepayment=st.sampled_from(LaterInterest),
        rate_plan=st.sampled_from([FixedRate(), FixedRate(), *PLANS_BY_INSTALLMENT]),
    ).map(_rate_moves)


def _rate_moves(interest: ScheduledInterest) -> ScheduledInterest:
    """Interest that stays as scheduled follows no rate."""
    if isinstance(interest.rate_plan, FixedRate):
        return interest
    return replace(interest, after_prepayment=LaterInterest.set_anew)
