"""Random products: every kind that is serviced, whatever it chooses."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import PaymentStep, Stepped
from engine.catalog.terms_in_force import TermsInForce
from engine.delinquency.stages import Delinquency
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.loan.serviceable import not_serviceable
from engine.payments.terms import AfterPrepayment, InterestDue, PartialPayments, PaymentTerms
from engine.payments.waterfall import LeftOver, Style, Waterfall
from engine.product.disbursement import (
    FurtherInstallments,
    SeveralDisbursements,
    SingleDisbursement,
)
from engine.product.down_payment import Collection, NoDownPayment, ShareOfPrice
from engine.product.due_dates import DueDates, FirstPayment
from engine.product.product import Product
from engine.values.calendar import AccrualPeriod, BusinessDayAdjustment
from engine.values.frequency import Biweekly, EveryDays, Monthly, Semimonthly
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding
from tests.engine.loan.life import FEES, WATERFALL, a_product, in_force
from tests.engine.loan.random_interest import interest_methods
from tests.engine.loan.random_orders import ORDERS_BY_STATE
from tests.engine.loan.rate_plans import INDEXES
from tests.engine.loan.service_law import LAW

STEP = PaymentStep(from_installment=3, change=Rate.parse("0.2"))
LOW = PaymentStep(from_installment=1, payment=Money(3_000))
FREQUENCIES = [
    Monthly(), Monthly(day=31), Biweekly(), Semimonthly(days=(7, 21)), EveryDays(days=10),
]  # fmt: skip
WAYS_DOWN = [
    LevelPayment(), InterestOnly(installments=2), Balloon(amount=Money(200_000)), Bullet(),
    Deferred(installments=2), EqualPrincipal(), Stepped(steps=(STEP,)),
    Deferred(installments=3, interest=DeferredInterest.capitalized),
    *(InterestDeferred(installments=3, interest=due) for due in InterestFallsDue),
    InterestDeferred(installments=3, principal=InterestOnly(installments=2)),
    Deferred(installments=3, interest=DeferredInterest.capitalized_at_end, then=Bullet()),
    Stepped(steps=(LOW, STEP), negative_amortization=True,
            negative_amortization_limit=Rate.parse("1.01")),
    ExplicitPayments(payments=(Money(4_000),)),
    PercentOfBalance(share=Rate.parse("0.1"), floor=Money(20_000), plus_interest=True),
]  # fmt: skip

PARTS = [SeveralDisbursements(maximum_count=4, within_days=90, installments=effect)
         for effect in FurtherInstallments]  # fmt: skip
DOWN = [
    *(NoDownPayment() for _ in range(2)),
    ShareOfPrice(share=Rate.parse("0.2")),
    ShareOfPrice(share=Rate.parse("0.2"), collected=Collection.awaited),
]
BEARING = (FEES[0], *(replace(fee, interest_bearing=True) for fee in FEES[1:]))
WAYS_OUT = [SingleDisbursement(), SingleDisbursement(), *PARTS]
WAYS_DOWN_BANDS = [LevelPayment(), EqualPrincipal(), Bullet()]


def mended(product: Product) -> Product:
    """The product without choices that do not go together."""
    for problem in not_serviceable(product):
        if problem.path == "/disbursement/installments":
            product = replace(product, disbursement=PARTS[0])
        elif problem.path.startswith("/fees"):
            product = replace(product, fees=FEES)
        elif problem.path == "/interest/rate_plan":
            product = replace(product, interest=replace(product.interest, rate_plan=FixedRate()))
        elif problem.path == "/due_dates/accrual_period":
            adjusted = replace(product.due_dates, accrual_period=AccrualPeriod.adjusted)
            product = replace(product, due_dates=adjusted)
        elif problem.path in {"/down_payment", "/due_dates/in_advance"}:
            product = replace(product, disbursement=SingleDisbursement())
        elif problem.path == "/delinquency/non_accrual_proposed_after_days":
            product = replace(product, delinquency=Delinquency(charge_off_proposed_after_days=120))
        elif problem.path == "/interest/interest_free_installments":
            product = replace(product, due_dates=replace(product.due_dates, in_advance=False))
        else:
            field = problem.path.rpartition("/")[2]
            plain = replace(product.payments, **{field: getattr(PaymentTerms(), field)})
            product = replace(product, payments=plain)
    assert not_serviceable(product) == ()
    return product


@st.composite
def products(draw: st.DrawFn) -> TermsInForce:
    """Terms of a product that is serviced, whatever it chooses."""
    rounding = draw(st.sampled_from(Rounding))
    interest = draw(interest_methods(rounding))
    frequency = draw(st.sampled_from(FREQUENCIES))
    fixed = isinstance(interest, PrecomputedInterest)
    window = [None] if fixed else [0, 15, 40, None]

    def fits(**chosen: Any) -> bool:
        product = a_product(interest=interest, rounding=rounding, **chosen)
        return all(found.path.startswith("/payments") for found in not_serviceable(product))

    ways = [way for way in WAYS_DOWN if fits(amortization=way)]
    outs = [out for out in WAYS_OUT if fits(disbursement=out)]
    product = a_product(
        interest=interest,
        rounding=rounding,
        amortization=draw(st.sampled_from(ways)),
        disbursement=draw(st.sampled_from(outs)),
        delinquency=Delinquency(
            charge_off_proposed_after_days=120,
            non_accrual_proposed_after_days=draw(st.sampled_from([None, 20, 90])),
        ),
        fees=draw(st.sampled_from([FEES, FEES, BEARING])),
        down_payment=draw(st.sampled_from(DOWN[:1] if fixed else DOWN)),
        due_dates=DueDates(
            frequencies=(frequency,),
            first_payment=FirstPayment(minimum_days=1, maximum_days=70),
            in_advance=draw(st.sampled_from([False, False, True])) and not fixed,
            business_days=draw(st.sampled_from(BusinessDayAdjustment)),
            accrual_period=draw(st.sampled_from(AccrualPeriod)),
            calendar="us_federal@1",
        ),
        payments=PaymentTerms(
            early_window_days=draw(st.sampled_from(window)),
            interest_due=draw(st.sampled_from(InterestDue)),
            after_prepayment=draw(st.sampled_from(AfterPrepayment)),
            payoff_tolerance=Money(draw(st.sampled_from([0, 100]))),
            partial_payments=draw(st.sampled_from(PartialPayments)),
        ),
    )
    product = mended(product)
    waterfall = Waterfall(
        style=draw(st.sampled_from(Style)),
        order=tuple(draw(st.permutations(WATERFALL.order))),
        left_over=draw(st.sampled_from(LeftOver)),
        by_state=draw(st.sampled_from([{}] if fixed else ORDERS_BY_STATE)),
    )
    rules = draw(st.sampled_from([None, LAW]))
    return in_force(product, waterfall=waterfall, rules=rules, indexes=INDEXES)
