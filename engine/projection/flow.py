"""Flows: what happens to a loan on a day, and how it stands afterwards."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from engine.values.money import Exact, Money
from engine.values.rate import Rate


class FlowKind(StrEnum):
    """What happens."""

    disbursed = "disbursed"
    principal_paid = "principal_paid"
    principal_lent = "principal_lent"
    """More is paid out."""
    interest_paid = "interest_paid"
    interest_capitalized = "interest_capitalized"
    rate_reset = "rate_reset"
    payment_solved = "payment_solved"
    earning_amount_set = "earning_amount_set"
    """The amount that earns follows the principal."""
    indexed = "indexed"
    """Payments follow a price index."""
    bought = "bought"
    terminated = "terminated"
    called = "called"
    matured = "matured"


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happens, with the state after it."""

    kind: FlowKind
    on: date
    amount: Money
    """What the lender receives; negative what it pays out."""
    principal: Money
    """Outstanding afterwards."""
    rate: Rate
    """Yearly rate in force afterwards."""
    accrued: Exact
    """Interest earned and unpaid afterwards, in minor units, unrounded."""
    payment: Money | None = None
    """The payment in force, where there is one."""
