"""A product: one sealed version of what is offered, whole and as one value.

A loan takes the version of its quote, or the one live on its contract date, and keeps it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from engine.amortization.amortization import Amortization
from engine.delinquency.stages import Delinquency
from engine.fees.fee import Fee
from engine.interest.interest_method import InterestMethod
from engine.payments.terms import PaymentTerms
from engine.product.disbursement import DisbursementTerms, SingleDisbursement
from engine.product.down_payment import DownPaymentTerms, NoDownPayment
from engine.product.due_dates import DueDates
from engine.product.example import Example
from engine.product.limits import Limits
from engine.product.marks import DEFINITION_ID, REFERENCE, live, pinned
from engine.product.waterfall_choice import WaterfallChoice
from engine.values.rounding import Rounding

Family = Literal["installment", "bnpl", "auto"]
"""What kind of lending: installment loan, buy now pay later, vehicle finance."""


class Product(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of a loan product: its limits, terms, fees and examples."""

    product: Annotated[
        str,
        pinned(
            "Id of the product, which is its folder.",
            pattern=DEFINITION_ID,
            examples=["personal_installment"],
        ),
    ]
    version: Annotated[int, pinned("Number of this version, from 1.", ge=1, le=999_999)]
    title: Annotated[str, live("What people call it.", min_length=1, max_length=120)]
    summary: Annotated[str, live("What it is, in a sentence or two.", max_length=600)] = ""
    family: Annotated[Family, pinned("What kind of lending it is.")]
    country: Annotated[
        str, pinned("Country by two letters, ISO 3166.", pattern=r"^[A-Z]{2}$", examples=["US"])
    ] = "US"
    currency: Annotated[
        str, pinned("Currency by three letters, ISO 4217.", pattern=r"^[A-Z]{3}$", examples=["USD"])
    ] = "USD"
    live_from: Annotated[
        date, live("First day this version is offered; a later version replaces it from its own.")
    ]
    limits: Annotated[Limits, live("What may be asked for.")]
    interest: Annotated[InterestMethod, pinned("How interest is earned.")]
    amortization: Annotated[Amortization, pinned("How the loan is paid down.")]
    due_dates: Annotated[DueDates, pinned("When installments fall due.")]
    disbursement: Annotated[DisbursementTerms, pinned("How the money is paid out.")] = (
        SingleDisbursement()
    )
    down_payment: Annotated[
        DownPaymentTerms, pinned("What is paid of the price when the money is paid out.")
    ] = NoDownPayment()
    fees: Annotated[tuple[Fee, ...], pinned("Fees the note allows.")] = ()
    waterfall: Annotated[WaterfallChoice, pinned("In which order a payment is applied.")]
    payments: Annotated[PaymentTerms, pinned("What payments may do.")]
    delinquency: Annotated[Delinquency, pinned("Stages of lateness and what follows.")]
    books: Annotated[
        str, pinned("Chart of accounts.", pattern=REFERENCE, examples=["consumer_us@1"])
    ]
    rounding: Annotated[
        Rounding, pinned("How amounts become whole cents where no term says otherwise.")
    ] = Rounding.half_up
    quote_valid_days: Annotated[int, live("Days a quote may be booked as shown.", ge=0, le=366)] = (
        30
    )
    examples: Annotated[
        tuple[Example, ...], live("Loans and the numbers they must come to; they run when checked.")
    ] = ()

    @property
    def reference(self) -> str:
        """Id and version in one word: "personal_installment@2"."""
        return f"{self.product}@{self.version}"
