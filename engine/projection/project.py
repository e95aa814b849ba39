"""A projection: every dated flow of a contract, with the state after each.

Finer than a schedule of installments: interest and principal may have dates of their own, rates
and payments change in between, and a loan may be bought, called or ended on any day. The arithmetic
is the accrual every loan is serviced by.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.projection.contract import Contract
from engine.projection.flow import Flow
from engine.projection.opening import opened
from engine.projection.standing import Standing
from engine.projection.steps import Turn
from engine.projection.take import Taker
from engine.projection.timeline import timeline
from engine.trace import explained


@explained
def project(contract: Contract, through: date) -> tuple[Flow, ...]:
    """Every flow of the contract through a day, in the order they come.

    What came up to a purchase was the seller's and is not shown. Raises NeverRepaid where the
    contract should run until it is repaid and its payments do not suffice.
    """
    flows: list[Flow] = []
    bought = contract.purchase is None
    for turn, flow, _ in _walk(contract, through):
        bought = bought or turn is Turn.purchase
        if bought:
            flows.append(flow)
    return tuple(flows)


def standing_on(contract: Contract, day: date) -> Standing:
    """How the loan stands after the flows of a day."""
    return next((after for *_, after in reversed([*_walk(contract, day)])), opened(contract))


def _walk(contract: Contract, through: date) -> Iterator[tuple[Turn, Flow, Standing]]:
    """Each step with its flow and the state after it."""
    standing, taker = opened(contract), Taker(contract)
    for dated in timeline(contract, through):
        taken = taker.take(standing, dated)
        standing = taken.standing
        flow = Flow(
            kind=taken.kind,
            on=dated.date.on,
            amount=taken.amount,
            principal=standing.principal,
            rate=standing.rate,
            accrued=standing.accrued(contract.earning, dated.date.counts_to),
            payment=standing.payment,
        )
        yield dated.turn, flow, standing
