"""A loan's terms offered again under another version: what was asked, and whether it matters."""

from __future__ import annotations

from engine.catalog.terms_in_force import TermsInForce
from engine.fees.origination_fee import OriginationFee
from engine.loan.commands import RequestedDisbursement, RequestedTerms
from engine.loan.loan import Loan
from engine.product.product import Product
from engine.values.money import ZERO


def same_offer(own: Product, candidate: Product) -> bool:
    """Whether the versions offer a loan of given terms alike: its costs and whether it is made."""
    parts = (
        "limits",
        "interest",
        "amortization",
        "due_dates",
        "rounding",
        "currency",
        "disbursement",
        "down_payment",
    )
    upfront = [
        [fee for fee in product.fees if isinstance(fee, OriginationFee)]
        for product in (own, candidate)
    ]
    return upfront[0] == upfront[1] and all(
        getattr(own, part) == getattr(candidate, part) for part in parts
    )


def requested_once(loan: Loan, own: TermsInForce) -> RequestedTerms | None:
    """What was asked for; None where financed fees cannot be told from those of the proceeds."""
    terms = loan.agreed
    upfront = {f.collected for f in own.product.fees if isinstance(f, OriginationFee)}
    if upfront > {"financed"}:
        return None
    financed = terms.origination_fees if upfront == {"financed"} else ZERO
    asked = terms.loan_amount - financed
    return RequestedTerms(
        amount=asked.text(loan.currency),
        note_rate=terms.note_rate.text(),
        number_of_payments=terms.number_of_payments,
        contract_date=terms.contract_date,
        first_payment_date=terms.first_payment_date,
        frequency=terms.frequency,
        circumstances=terms.circumstances,
        down_payment=terms.down_payment.text(loan.currency) if terms.down_payment else None,
        disbursements=tuple(
            RequestedDisbursement(on=part.on, amount=amount.text(loan.currency))
            for place, part in enumerate(terms.planned_disbursements)
            for amount in (part.amount - (ZERO if place else financed),)
        ),
    )
