"""What stands in addresses: which loan, payment or fee is meant."""

from __future__ import annotations

from typing import Annotated

from litestar.params import PathParameter

LoanId = Annotated[
    str,
    PathParameter(
        description="Id of the loan",
        max_length=80,
        schema_extra={"examples": ["loan_01k9zq3v5m8r2c7x4t6w0n1y9d"]},
    ),
]
PaymentId = Annotated[
    str,
    PathParameter(
        description="Id of the payment, as its receipt and the history show it",
        max_length=80,
        schema_extra={"examples": ["pay_01k9zq3v5m8r2c7x4t6w0n1y9d_14"]},
    ),
]
FeeId = Annotated[
    str,
    PathParameter(
        description="Id of the fee with its slash written as a tilde: late_fee~3 for late_fee/3",
        max_length=80,
        schema_extra={"examples": ["late_fee~3"]},
    ),
]
