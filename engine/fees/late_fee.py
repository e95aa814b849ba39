"""Late fee: charged once for an installment that is unpaid after its grace days."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

import msgspec

from engine.fees.fee_terms import FeeTerms
from engine.fees.known_facts import OF_INSTALLMENT


class Grace(StrEnum):
    """Which days count as grace."""

    calendar = "calendar"
    business = "business"


class LateFee(FeeTerms, frozen=True, kw_only=True, tag="late_fee"):
    """Charged for an installment still unpaid when its grace days are over."""

    known_facts: ClassVar[frozenset[str]] = OF_INSTALLMENT

    grace_days: Annotated[
        int,
        msgspec.Meta(
            description="Days after the due date on which a payment is still in time.",
            ge=0,
            le=366,
        ),
    ]
    grace: Annotated[Grace, msgspec.Meta(description="Calendar or business days.")] = Grace.calendar
    maximum_per_12_months: Annotated[
        Annotated[int, msgspec.Meta(ge=1)] | None,
        msgspec.Meta(description="At most so many in twelve months."),
    ] = None
