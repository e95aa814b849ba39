"""Waterfall: the order in which a payment meets what is owed, bucket by bucket.

It cannot see a loan: it takes amounts and an order, so it can be tested, explained and reused on a
napkin. Cents in are cents out, always.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

from engine.trace import explained
from engine.values.money import ZERO, Money, total

BUCKET = r"^(past_due|due|in_advance)\.(fee(:[a-z][a-z0-9_]*)?|interest|principal)$"


STATE = r"^(stage:[a-z][a-z0-9_]*|borrower:(military_service|bankruptcy|deceased|disaster))$"


class Style(StrEnum):
    """Whether a payment finishes an installment first or a component first."""

    by_installment = "by_installment"
    """Oldest installment first, all its components in order, then the next."""
    by_component = "by_component"
    """Each bucket across all installments before the next bucket."""


class LeftOver(StrEnum):
    """What becomes of money when every bucket is full."""

    principal = "principal"
    """It lowers principal: a curtailment."""
    next_installment = "next_installment"
    """It lowers principal and counts towards the coming installments."""
    last_installment = "last_installment"
    """It lowers principal and counts towards the last installments, from the end."""
    reamortize = "reamortize"
    """It lowers principal, and the installments to come are set anew over the rest of the term."""
    hold_unapplied = "hold_unapplied"
    """It is held for the borrower until something falls due."""


class Order(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One order of buckets."""

    style: Annotated[Style, msgspec.Meta(description="Installment first or component first.")]
    order: Annotated[
        tuple[Annotated[str, msgspec.Meta(pattern=BUCKET, examples=["past_due.interest"])], ...],
        msgspec.Meta(
            description="Buckets in the order they are paid: due state and component; "
            "a fee by name as past_due.fee:late_fee.",
            min_length=1,
        ),
    ]
    left_over: Annotated[
        LeftOver, msgspec.Meta(description="What becomes of money beyond the buckets.")
    ] = LeftOver.principal


class Waterfall(Order, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The order of a product, with orders of their own for kinds of payment and states."""

    by_kind: Annotated[
        dict[Annotated[str, msgspec.Meta(pattern=r"^payoff$")], Order],
        msgspec.Meta(
            description="An order of its own for a payoff. A principal_only payment meets no "
            "bucket, a recovery meets what was charged off."
        ),
    ] = {}
    by_state: Annotated[
        dict[Annotated[str, msgspec.Meta(pattern=STATE, examples=["stage:late_60"])], Order],
        msgspec.Meta(
            description="Orders of their own while a loan is in a state: a delinquency stage, or a "
            "borrower status. The first that holds counts, in the order written; a payoff has its "
            "own order first."
        ),
    ] = {}


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """An amount owed in one bucket."""

    due_state: str
    """past_due, due or in_advance."""
    component: str
    """fee, interest or principal."""
    amount: Money
    installment: int = 0
    fee_id: str = ""
    name: str = ""
    """Name of the fee in the product."""
    due_date: date

    def in_bucket(self, bucket: str) -> bool:
        """Whether the amount belongs to a bucket of the order."""
        state, _, component = bucket.partition(".")
        kind, _, name = component.partition(":")
        return (
            self.due_state == state and self.component == kind and (not name or self.name == name)
        )


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """Where a payment went."""

    lines: tuple[tuple[Owed, Money], ...]
    left_over: Money


def order_for(waterfall: Waterfall, kind: str, states: Set[str] = frozenset()) -> Order:
    """The order for a kind of payment: its own, else that of a state, else the usual one."""
    if kind in waterfall.by_kind:
        return waterfall.by_kind[kind]
    state = state_that_counts(waterfall, states)
    return waterfall.by_state[state] if state else waterfall


def order_path(waterfall: Waterfall, kind: str, states: Set[str]) -> str:
    """Where in a product the order for a kind of payment stands."""
    if kind in waterfall.by_kind:
        return f"/waterfall/by_kind/{kind}"
    state = state_that_counts(waterfall, states)
    return f"/waterfall/by_state/{state}" if state else "/waterfall"


def state_that_counts(waterfall: Waterfall, states: Set[str]) -> str:
    """The first state written that holds; empty when none does."""
    return next((state for state in waterfall.by_state if state in states), "")


def left_over_of(waterfall: Waterfall, kind: str, states: Set[str] = frozenset()) -> LeftOver:
    """What becomes of money left over from a kind of payment."""
    return order_for(waterfall, kind, states).left_over


@explained
def allocate(
    amount: Money,
    owed: Sequence[Owed],
    waterfall: Waterfall,
    kind: str,
    states: Set[str] = frozenset(),
) -> Allocation:
    """Let a payment fall through the buckets in order; what none takes is left over."""
    order = order_for(waterfall, kind, states)
    left = amount
    lines: list[tuple[Owed, Money]] = []
    for line in in_order(owed, order):
        if left <= ZERO:
            break
        taken = min(left, line.amount)
        if taken > ZERO:
            lines.append((line, taken))
            left = left - taken
    assert total(part for _, part in lines) + left == amount, "cents in are not cents out"
    return Allocation(lines=tuple(lines), left_over=left)


def in_order(owed: Sequence[Owed], order: Order) -> list[Owed]:
    """What is owed in the order it is paid; a bucket the order forgets is not paid by it."""
    ranked = [(rank, line) for line in owed if (rank := _rank(line, order.order)) is not None]
    if order.style is Style.by_component:
        return [line for _, line in sorted(ranked, key=lambda r: (r[0], r[1].due_date))]
    return [line for _, line in sorted(ranked, key=lambda r: (r[1].due_date, r[0]))]


def _rank(line: Owed, order: tuple[str, ...]) -> int | None:
    for rank, bucket in enumerate(order):
        if line.in_bucket(bucket):
            return rank
    return None
