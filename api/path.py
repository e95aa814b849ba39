"""What stands in addresses: which loan, payment or fee is meant."""

from __future__ import annotations

from typing import Annotated

from litestar.params import PathParameter


def _ident(description: str, example: str) -> PathParameter:
    return PathParameter(
        description=description, max_length=80, schema_extra={"examples": [example]}
    )


LoanId = Annotated[str, _ident("Id of the loan", "loan_01k9zq3v5m8r2c7x4t6w0n1y9d")]
PaymentId = Annotated[
    str,
    _ident(
        "Id of the payment, as its receipt and the history show it",
        "pay_01k9zq3v5m8r2c7x4t6w0n1y9d_14",
    ),
]
FeeId = Annotated[
    str,
    _ident(
        "Id of the fee with its slash written as a tilde: late_fee~3 for late_fee/3", "late_fee~3"
    ),
]
DisbursementNumber = Annotated[
    str, _ident("Number of the loan_disbursed event in the loan's history", "3")
]
