"""Any contract whose file is sound can be projected, and its money adds up."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.interest.accrual import RateChange
from engine.interest.simple_interest import Remainders
from engine.projection.contract import (
    Call,
    Contract,
    EarningAmount,
    EarnsOn,
    LastDay,
    Opening,
    Sale,
)
from engine.projection.document import ContractDocument
from engine.projection.event_dates import BusinessDays
from engine.projection.flow import FlowKind
from engine.projection.project import project, standing_on
from engine.projection.repayment import (
    AtMaturity,
    GivenPayment,
    PrincipalMove,
    PrincipalParts,
    PrincipalPlan,
    Repayment,
    SolvedPayment,
)
from engine.projection.soundness import contract_problems
from engine.projection.standing import Earning
from engine.values.calendar import AccrualPeriod, BusinessDayAdjustment
from engine.values.day_count import DayCount
from engine.values.frequency import EveryDays, EveryMonths, Single
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.recurrence import LastPeriod, Recurrence

FAR = date(2035, 1, 1)
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
amounts = st.integers(-500, 200_000).map(Money)
rates = st.integers(-200, 4_000).map(lambda points: Rate.parse(f"{points / 10_000:.4f}"))
rhythms = st.builds(
    Recurrence,
    first=days,
    frequency=st.one_of(
        st.builds(EveryDays, days=st.integers(5, 90)),
        st.builds(EveryMonths, months=st.integers(1, 12), day=st.sampled_from([None, 31])),
        st.just(Single()),
    ),
    last_period=st.sampled_from(LastPeriod),
)
several = st.lists(rhythms, max_size=2).map(
    lambda found: tuple(sorted(found, key=lambda rhythm: rhythm.first))
)
repayments: st.SearchStrategy[Repayment] = st.one_of(
    st.just(AtMaturity()),
    st.builds(PrincipalParts, dates=rhythms, part=st.none() | amounts),
    st.builds(GivenPayment, dates=rhythms, payment=amounts),
    st.builds(
        SolvedPayment,
        dates=rhythms,
        payment=st.none() | amounts,
        amortized_to=st.none() | days,
        days_ahead=st.integers(0, 10),
    ),
    st.builds(
        PrincipalPlan,
        moves=st.lists(st.builds(PrincipalMove, dates=rhythms, amount=amounts), max_size=2).map(
            lambda found: tuple(sorted(found, key=lambda move: move.dates.first))
        ),
    ),
)
sales = st.none() | st.builds(Sale, on=days, price=amounts, earns=st.booleans())
contracts = st.builds(
    Contract,
    principal=amounts,
    disbursed_on=days,
    rate=rates,
    earning=st.builds(
        Earning,
        day_count=st.sampled_from(
            [DayCount.actual_365, DayCount.thirty_360, DayCount.actual_actual_isda]
        ),
        remainders=st.sampled_from(Remainders),
    ),
    interest_dates=several,
    capitalized=st.booleans(),
    capitalized_until=st.none() | days,
    earns_on=st.builds(EarnsOn, kind=st.sampled_from(EarningAmount), looked_at=several),
    repayment=repayments,
    maturity=st.none() | st.builds(LastDay, on=days, earns=st.booleans()),
    rate_changes=st.lists(st.builds(RateChange, days, rates), max_size=2).map(
        lambda found: tuple(sorted(found, key=lambda change: change.on))
    ),
    business_days=st.builds(
        BusinessDays,
        adjustment=st.sampled_from(BusinessDayAdjustment),
        accrual_period=st.sampled_from(AccrualPeriod),
    ),
    opening=st.none() | st.builds(Opening, on=days),
    purchase=sales,
    termination=sales,
    call=st.none() | st.builds(Call, on=days, settled_on=days, earns_meanwhile=st.booleans()),
)


@given(terms=contracts)
@settings(max_examples=400, deadline=None)
def test_a_sound_contract_is_projected_and_its_principal_adds_up(terms: Contract) -> None:
    if list(contract_problems(ContractDocument(contract="any", terms=terms, through=FAR))):
        return
    whole = _seen_by_all(terms)
    flows = project(whole, FAR)
    opened = whole.opening is not None and whole.opening.on >= whole.disbursed_on
    owed = whole.principal if opened else Money(0)
    for flow in flows:
        moved = flow.principal - owed
        if flow.kind in (FlowKind.principal_paid, FlowKind.principal_lent):
            assert moved == -flow.amount
        elif flow.kind not in _MOVING:
            assert moved == Money(0), flow
        owed = flow.principal
    last = flows[-1].kind if flows else None
    assert last not in (FlowKind.matured, FlowKind.terminated) or owed == Money(0)
    assert standing_on(whole, FAR).principal == owed


_MOVING = (
    FlowKind.disbursed, FlowKind.interest_capitalized, FlowKind.matured, FlowKind.terminated,
)  # fmt: skip


def _seen_by_all(terms: Contract) -> Contract:
    """Without a purchase, so that every flow shows."""
    kept: dict[str, Any] = {name: getattr(terms, name) for name in terms.__struct_fields__}
    return Contract(**{**kept, "purchase": None})
