"""Itemization of the amount financed: where the money lent goes.

Source: 12 CFR 1026.18(c)(1): the amount given to the consumer, amounts kept or paid for charges,
and the prepaid finance charge, which is no part of the amount financed.
"""

from __future__ import annotations

import msgspec

from engine.values.money import Money, total


class ItemizedCharge(msgspec.Struct, frozen=True, kw_only=True):
    """A charge due when the money goes out."""

    title: str
    amount: Money
    finance_charge: bool
    """Then it is prepaid, and no part of the amount financed."""
    financed: bool
    """Added to the principal; else kept from what is paid out."""


class Itemization(msgspec.Struct, frozen=True, kw_only=True):
    """The money lent in its parts; they add up to the principal of the credit."""

    given_to_borrower: Money
    """What the borrower, or a seller on their behalf, receives of the credit."""
    charges: tuple[ItemizedCharge, ...] = ()

    @property
    def prepaid_finance_charge(self) -> Money:
        """Finance charges among the charges."""
        return total(charge.amount for charge in self.charges if charge.finance_charge)

    @property
    def amount_financed(self) -> Money:
        """What is given, and charges that are no finance charge."""
        others = total(charge.amount for charge in self.charges if not charge.finance_charge)
        return self.given_to_borrower + others
