"""What every fee says of itself: name, amount, and how it counts."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from engine.fees.amount import FeeAmount


class FeeTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
               omit_defaults=True, tag_field="kind"):  # fmt: skip
    """The part of a fee that every kind has."""

    known_facts: ClassVar[frozenset[str]]
    """Names of the facts that are known when a fee of this kind is charged."""

    name: Annotated[
        str,
        msgspec.Meta(
            description="Name of the fee inside the product.", pattern=r"^[a-z][a-z0-9_]{1,62}$"
        ),
    ]
    title: Annotated[str, msgspec.Meta(description="What people call it.", min_length=1)]
    amount: Annotated[FeeAmount, msgspec.Meta(description="How much it is.")]
    charged_when: Annotated[
        Annotated[str, msgspec.Meta(max_length=500)] | None,
        msgspec.Meta(
            description="A condition for charging it at all; always when left out.",
            examples=['installment_unpaid > money("10.00")'],
        ),
    ] = None
    finance_charge: Annotated[
        bool, msgspec.Meta(description="Whether it is a finance charge (12 CFR 1026.4).")
    ] = False
    counts_towards_past_due: Annotated[
        bool, msgspec.Meta(description="Whether it counts as past due while unpaid.")
    ] = False
    interest_bearing: Annotated[
        bool,
        msgspec.Meta(
            description="Whether it earns interest at the loan's rate while unpaid, as principal "
            "does. It goes with simple interest."
        ),
    ] = False


Collected = Literal["from_proceeds", "financed"]
"""Kept from the money paid out, or added to the principal."""
