"""The terms under which a case of another system is lived: a product that limits nothing."""

from __future__ import annotations

from datetime import date
from typing import Final

from engine.amortization.amortization import Amortization
from engine.catalog.terms_in_force import TermsInForce
from engine.delinquency.stages import Delinquency
from engine.interest.interest_method import InterestMethod
from engine.payments.terms import PaymentTerms
from engine.product.disbursement import DisbursementTerms, SingleDisbursement
from engine.product.down_payment import DownPaymentTerms, NoDownPayment
from engine.product.due_dates import DueDates, FirstPayment
from engine.product.limits import AmountRange, CountRange, Limits, RateRange
from engine.product.product import Product
from engine.product.waterfall_choice import OwnWaterfall
from engine.values.calendar import WEEKENDS_ONLY
from engine.values.frequency import Frequency
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding

HALF_EVEN: Final = Rounding.half_even
_AT_ONCE: Final = SingleDisbursement()
_NOTHING_DOWN: Final = NoDownPayment()
_ANYTHING: Final = Limits(
    amount=AmountRange(minimum=Money(1), maximum=Money(10**12)),
    note_rate=RateRange(minimum=Rate.parse("0"), maximum=Rate.parse("99")),
    number_of_payments=CountRange(minimum=1, maximum=1000),
)


def case_terms(
    *,
    interest: InterestMethod,
    amortization: Amortization,
    frequency: Frequency,
    waterfall: OwnWaterfall,
    payments: PaymentTerms,
    disbursement: DisbursementTerms = _AT_ONCE,
    down_payment: DownPaymentTerms = _NOTHING_DOWN,
) -> TermsInForce:
    """Terms in force of these choices, without fees, stages or rules; weekends alone are off."""
    product = Product(
        product="case",
        version=1,
        title="Case",
        family="installment",
        live_from=date(2000, 1, 1),
        limits=_ANYTHING,
        interest=interest,
        amortization=amortization,
        due_dates=DueDates(
            frequencies=(frequency,),
            first_payment=FirstPayment(minimum_days=0, maximum_days=400),
            calendar="none@1",
        ),
        disbursement=disbursement,
        down_payment=down_payment,
        waterfall=waterfall,
        payments=payments,
        delinquency=Delinquency(),
        books="none@1",
        rounding=HALF_EVEN,
    )
    return TermsInForce(product=product, rules=None, calendar=WEEKENDS_ONLY, waterfall=waterfall)
