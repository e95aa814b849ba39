"""How the money of a loan is paid out: at once, or in parts over a time."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec

from engine.product.marks import pinned


class SingleDisbursement(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
    tag_field="kind", tag="single",
):  # fmt: skip
    """The whole loan on one day."""


class FurtherInstallments(StrEnum):
    """What a further part does to the installments still to come."""

    set_anew = "set_anew"
    """They are solved again from all that is owed, over what is left of the term."""
    added = "added"
    """The part has installments of its own over what is left of the term, which are added to
    those that stand: whoever has paid ahead stays ahead."""


class SeveralDisbursements(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
    tag_field="kind", tag="several",
):  # fmt: skip
    """In parts, planned in the contract or as the borrower draws them.

    Installments are due on what is paid out. Aliases: tranches, draws, construction advances,
    delayed draw.
    """

    maximum_count: Annotated[int, pinned("At most so many parts.", ge=2, le=120)]
    within_days: Annotated[
        int, pinned("Days after the contract in which parts may be paid out.", ge=0, le=3660)
    ]
    installments: Annotated[
        FurtherInstallments, pinned("What a further part does to the installments.")
    ] = FurtherInstallments.set_anew


DisbursementTerms: TypeAlias = SingleDisbursement | SeveralDisbursements
