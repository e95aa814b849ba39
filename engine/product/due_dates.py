"""When installments of a product fall due."""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.product.marks import REFERENCE, live, pinned
from engine.values.calendar import AccrualPeriod, BusinessDayAdjustment
from engine.values.frequency import Frequency


class FirstPayment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How soon and how late after the contract the first payment may fall due."""

    minimum_days: Annotated[int, live("Fewest days after the contract.", ge=0, le=3660)]
    maximum_days: Annotated[int, live("Most days after the contract.", ge=0, le=3660)]


class DueDates(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often installments fall due, and where a date falls that is no business day."""

    frequencies: Annotated[
        tuple[Frequency, ...],
        pinned("How often, as the borrower may choose; the first is the default.", min_length=1),
    ]
    in_advance: Annotated[
        bool,
        pinned(
            "Whether each payment falls due when its period begins, the first of them with the "
            "disbursement, as for leases and equipment; else when it ends."
        ),
    ] = False
    first_payment: Annotated[FirstPayment, live("When the first payment may fall due.")]
    business_days: Annotated[
        BusinessDayAdjustment, pinned("Where a due date moves that is no business day.")
    ] = BusinessDayAdjustment.none
    accrual_period: Annotated[
        AccrualPeriod,
        pinned(
            "Whether the period of interest ends on the day a due date moved to (adjusted), or on "
            "the regular day, so that the due date moves alone (unadjusted)."
        ),
    ] = AccrualPeriod.adjusted
    calendar: Annotated[
        str,
        pinned(
            "Calendar of business days.",
            pattern=REFERENCE,
            examples=["us_federal@1"],
        ),
    ]
