"""A down payment in plain words."""

from __future__ import annotations

from typing import assert_never

from engine.product.down_payment import (
    Collection,
    DownPaymentTerms,
    FixedDownPayment,
    NoDownPayment,
    ShareOfPrice,
)

_COMES = {
    Collection.with_disbursement: "taken with the disbursement",
    Collection.awaited: "due on the day of disbursement",
}


def down_payment_in_words(terms: DownPaymentTerms, currency: str) -> str:
    """What is paid of the price at disbursement, as a sentence; empty where nothing is."""
    match terms:
        case NoDownPayment():
            return ""
        case ShareOfPrice():
            least = f"{terms.share.percent()} of the amount asked for"
        case FixedDownPayment():
            least = terms.amount.text(currency)
        case _ as never:
            assert_never(never)
    return (
        f"Of it at least {least} is a down payment, {_COMES[terms.collected]}; it comes before "
        "the payments agreed and is no part of the amount financed."
    )
