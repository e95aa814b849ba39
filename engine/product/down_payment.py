"""Down payment: what the borrower pays of the price on the day of disbursement."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec

from engine.product.marks import pinned
from engine.values.money import Money
from engine.values.rate import Rate


class Collection(StrEnum):
    """How the down payment comes in."""

    with_disbursement = "with_disbursement"
    """It is taken on the day of disbursement and recorded with it."""
    awaited = "awaited"
    """It is due on that day, and late when it does not come."""


class NoDownPayment(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
    tag_field="kind", tag="none",
):  # fmt: skip
    """All of the amount is lent."""


class ShareOfPrice(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
    tag_field="kind", tag="share_of_price",
):  # fmt: skip
    """At least a share of the price."""

    share: Annotated[Rate, pinned("Share of the amount asked for; 0.25 is a quarter.")]
    collected: Annotated[Collection, pinned("How it comes in.")] = Collection.with_disbursement


class FixedDownPayment(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
    tag_field="kind", tag="fixed_down_payment",
):  # fmt: skip
    """At least an amount, whatever the price."""

    amount: Annotated[Money, pinned("The amount.")]
    collected: Annotated[Collection, pinned("How it comes in.")] = Collection.with_disbursement


DownPaymentTerms: TypeAlias = NoDownPayment | ShareOfPrice | FixedDownPayment
