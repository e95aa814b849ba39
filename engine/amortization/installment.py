"""One scheduled payment and the whole schedule of them."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.values.money import Money


class Installment(msgspec.Struct, frozen=True, gc=False):
    """One scheduled payment: interest + principal = payment."""

    number: int
    """From 1."""
    due_date: date
    payment: Money
    interest: Money
    principal: Money
    """Negative where unpaid interest is added to the principal."""
    balance: Money
    """Principal owed after it."""


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """All installments of a loan from a day on; their principal sums to the balance lent."""

    start: date
    principal: Money
    """Balance at the start."""
    installments: tuple[Installment, ...]

    @property
    def total_of_payments(self) -> Money:
        """Sum of all payments."""
        return Money(sum(row.payment.minor for row in self.installments))

    @property
    def total_interest(self) -> Money:
        """Sum of all interest."""
        return Money(sum(row.interest.minor for row in self.installments))

    @property
    def maturity_date(self) -> date:
        """Due date of the last installment."""
        return self.installments[-1].due_date

    @property
    def regular_payment(self) -> Money:
        """The payment of the first installment that has one: the level payment of a level loan."""
        return next((row.payment for row in self.installments if row.payment), Money(0))
