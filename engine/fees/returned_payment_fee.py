"""Returned-payment fee: charged when the bank takes a payment back for a listed reason."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from engine.fees.fee_terms import FeeTerms
from engine.fees.known_facts import OF_RETURN


class ReturnedPaymentFee(FeeTerms, frozen=True, kw_only=True, tag="returned_payment_fee"):
    """Charged for a payment that came back, when its return code is listed."""

    known_facts: ClassVar[frozenset[str]] = OF_RETURN

    return_codes: Annotated[
        tuple[Annotated[str, msgspec.Meta(pattern=r"^R[0-9]{2}$")], ...],
        msgspec.Meta(
            description="ACH return codes it is charged for; R10 (unauthorized) is none of them.",
            min_length=1,
            examples=[["R01", "R09"]],
        ),
    ]
    maximum_per_12_months: Annotated[
        Annotated[int, msgspec.Meta(ge=1)] | None,
        msgspec.Meta(description="At most so many in twelve months."),
    ] = None
