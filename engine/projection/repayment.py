"""How a contract repays its principal between the first day and the last."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import msgspec

from engine.values.money import Money
from engine.values.recurrence import Recurrence
from engine.values.rounding import Rounding


class AtMaturity(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="at_maturity"):
    """All of it on the last day, or whenever the loan is ended."""


class PrincipalParts(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="principal_parts"
):
    """The same principal on each date; the last day takes the rest."""

    dates: Recurrence
    part: Money | None = None
    """Left out, the principal over the number of dates, the last day being one."""
    rounding: Rounding = Rounding.half_up


class GivenPayment(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="given_payment"
):
    """The same payment on each date, interest included; what it does not cover is added.

    Alias: negative amortization.
    """

    dates: Recurrence
    payment: Money


class SolvedPayment(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="solved_payment"
):
    """A level payment that repays the loan, solved again whenever the rate changes."""

    dates: Recurrence
    payment: Money | None = None
    """The first one where the contract states it."""
    amortized_to: date | None = None
    """The payment is solved as if the last one came here; later than maturity leaves a balloon."""
    days_ahead: int = 1
    """How long before the first payment it is solved."""
    rounding: Rounding = Rounding.half_up


class PrincipalMove(msgspec.Struct, frozen=True, kw_only=True):
    """Principal repaid on each date of a stretch, until the next stretch begins."""

    dates: Recurrence
    amount: Money
    """Negative where more is lent."""


class PrincipalPlan(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="principal_plan"
):
    """Stretches of repayments and further disbursements, each with its own rhythm."""

    moves: tuple[PrincipalMove, ...]


Repayment: TypeAlias = AtMaturity | PrincipalParts | GivenPayment | SolvedPayment | PrincipalPlan
