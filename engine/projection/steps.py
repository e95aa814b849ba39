"""Steps: what a contract makes happen, one kind a class, in the order of a day."""

from __future__ import annotations

from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import msgspec

from engine.projection.event_dates import EventDate
from engine.values.money import Money
from engine.values.rate import Rate


class Turn(IntEnum):
    """Whose turn it is within a day.

    A payment is split by the interest earned before it; a new rate or base holds afterwards.
    """

    disbursement = 0
    principal = 1
    call = 2
    interest = 3
    rate = 4
    payment = 5
    look = 6
    purchase = 7
    termination = 8
    maturity = 9


class Disburse(msgspec.Struct, frozen=True):
    """The principal is paid out, less the discount."""

    amount: Money
    discount: Money
    accrued: Money


class MovePrincipal(msgspec.Struct, frozen=True):
    """Principal is repaid, at most what is owed; a negative amount is lent on top."""

    amount: Money


class PayInstallment(msgspec.Struct, frozen=True):
    """The payment in force is made: what the interest leaves of it is principal."""


class PayInterest(msgspec.Struct, frozen=True):
    """Interest earned is paid."""


class CapitalizeInterest(msgspec.Struct, frozen=True):
    """Interest earned is added to the principal."""


class ResetRate(msgspec.Struct, frozen=True):
    """Another rate holds from here."""

    rate: Rate


class SolvePayment(msgspec.Struct, frozen=True):
    """The level payment is solved for what is owed and the dates left."""


class LookAtPrincipal(msgspec.Struct, frozen=True):
    """The lagged base follows the principal."""


class Index(msgspec.Struct, frozen=True):
    """Payments are multiplied by another factor from here."""

    factor: Fraction


class Buy(msgspec.Struct, frozen=True):
    """The loan is bought for a price and the interest accrued."""

    price: Money


class Terminate(msgspec.Struct, frozen=True):
    """The loan ends for a price and the interest accrued."""

    price: Money


class GiveNotice(msgspec.Struct, frozen=True):
    """The lender calls the loan."""

    interest_stops: bool


class Mature(msgspec.Struct, frozen=True):
    """What is owed is paid back."""


Step: TypeAlias = (
    Disburse
    | MovePrincipal
    | PayInstallment
    | PayInterest
    | CapitalizeInterest
    | ResetRate
    | SolvePayment
    | LookAtPrincipal
    | Index
    | Buy
    | Terminate
    | GiveNotice
    | Mature
)


class DatedStep(NamedTuple):
    """A step and when it comes; these sort as they happen."""

    date: EventDate
    turn: Turn
    step: Step

    @property
    def place(self) -> tuple[object, ...]:
        """What they are sorted by."""
        return (self.date.counts_to, self.turn, self.date.on)
