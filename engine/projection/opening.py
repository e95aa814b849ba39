"""The state a projection begins with: before the first day, or as the loan was taken over."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from engine.interest.accrual import AccrualPoint
from engine.projection.contract import Contract, EarningAmount
from engine.projection.event_dates import event_date
from engine.projection.maturity import maturity
from engine.projection.repayment import GivenPayment, SolvedPayment
from engine.projection.standing import Standing
from engine.values.money import ZERO, Exact, Money
from engine.values.months import next_day
from engine.values.recurrence import joined_dates


def opened(contract: Contract) -> Standing:
    """The standing before the first step that is projected."""
    repayment, link = contract.repayment, contract.index_link
    given = repayment.payment if isinstance(repayment, GivenPayment | SolvedPayment) else None
    nothing = AccrualPoint(
        anchor=contract.disbursed_on, earned=Exact(0), balance=ZERO, rate=contract.rate
    )
    standing = Standing(
        principal=ZERO,
        point=nothing,
        follows=contract.earns_on.kind is EarningAmount.outstanding,
        payment=given,
        interest_factor=link.factor if link and link.interest else Exact(1),
        principal_factor=link.factor if link and link.principal else Exact(1),
    )
    if contract.opening is None or contract.opening.on < contract.disbursed_on:
        return standing
    day, accrued = _earning_from(contract, contract.opening.on, contract.opening.accrued)
    point = replace(nothing, anchor=day, earned=accrued, balance=first_base(contract))
    return replace(standing, principal=contract.principal, point=point)


def first_base(contract: Contract) -> Money:
    """The amount that earns from the first day on."""
    if contract.earns_on.kind is EarningAmount.outstanding or contract.earns_on.amount is None:
        return contract.principal
    return contract.earns_on.amount


def _earning_from(contract: Contract, day: date, accrued: Exact | None) -> tuple[date, Exact]:
    """From when interest is earned besides what is accrued already."""
    if accrued is not None:
        return day, accrued
    end = maturity(contract)
    before = next_day(day) if end is None else end.regular
    days = joined_dates(contract.interest_dates, before)
    earlier = [event_date(paid, contract.business_days) for paid in days]
    return max((paid.counts_to for paid in earlier if paid.on <= day), default=day), Exact(0)
