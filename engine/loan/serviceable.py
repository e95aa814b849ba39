"""What a product may say and loans are not serviced by: a schedule can be made, the rest cannot.

A choice that computes an offer and is not collected would be a trap, so a check of definitions
refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.level_payment import LevelPayment
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import Stepped
from engine.errors import Problem
from engine.fees.origination_fee import OriginationFee
from engine.interest.precomputed_interest import ChargeParts, PrecomputedInterest
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.tiered_by_balance import TieredByBalance
from engine.interest.scheduled_interest import LaterInterest, ScheduledInterest
from engine.interest.simple_interest import FirstPeriod, SimpleInterest
from engine.loan.serviceable_rates import rate_plans, unserviced
from engine.payments.terms import AfterPrepayment, InterestDue
from engine.product.capitalizing import capitalization_path
from engine.product.disbursement import FurtherInstallments, SeveralDisbursements
from engine.product.down_payment import NoDownPayment
from engine.product.product import Product
from engine.values.calendar import AccrualPeriod
from engine.values.day_count import DayCount
from engine.values.frequency import ExplicitDates, Single

_NOT_COUNTED: Final = {
    DayCount.business_252: "a calendar may change while the loan runs",
    DayCount.actual_365l: "it depends on where a period ends, not on the days alone",
    DayCount.thirty_e_360_isda: "it depends on the maturity date; 30e/360 does not",
    DayCount.one: "every span would earn a whole year",
}


def not_serviceable(product: Product) -> tuple[Problem, ...]:
    """Every choice of the product that servicing does not honor; empty when all are."""
    return (
        *_interest(product),
        *_by_period(product),
        *_due_dates(product),
        *rate_plans(product),
        *_payments(product),
        *_minimum_payments(product),
        *_interest_times(product),
        *_fees(product),
        *_non_accrual(product),
    )


def _non_accrual(product: Product) -> Iterator[Problem]:
    """Interest that has become principal cannot be held back from income."""
    path = capitalization_path(product)
    if path and product.delinquency.non_accrual_proposed_after_days is not None:
        message = f"loans whose interest is added to the principal ({path}) cannot be placed there"
        yield unserviced("/delinquency/non_accrual_proposed_after_days", message, "leave it out")


def _interest(product: Product) -> Iterator[Problem]:
    method = product.interest
    if not isinstance(method, SimpleInterest):
        return
    if method.day_count in _NOT_COUNTED:
        why = _NOT_COUNTED[method.day_count]
        yield unserviced("/interest/day_count", f"{method.day_count.value} is not serviced: {why}")
    if method.day_count is DayCount.thirty_360 and not method.day_one_accrues:
        message = "30/360 counts from the day itself in the portfolio"
        yield unserviced("/interest/day_one_accrues", message, "write true, or choose 30e/360")
    if method.day_count is DayCount.actual_actual_icma:
        for place, frequency in enumerate(product.due_dates.frequencies):
            if isinstance(frequency, Single | ExplicitDates):
                message = "actual/actual_icma needs regular periods, and these dates have none"
                yield unserviced(f"/due_dates/frequencies/{place}", message)
    if method.first_period is FirstPeriod.regular:
        message = "interest is earned from the day of disbursement, odd days included"
        mend = 'write "actual", or choose scheduled_interest'
        yield unserviced("/interest/first_period", message, mend)
    if method.period_rate_decimals is not None:
        message = "interest earned day by day has no period whose rate could be rounded"
        mend = "leave it out, or choose scheduled_interest"
        yield unserviced("/interest/period_rate_decimals", message, mend)
    if method.rounding is not product.rounding:
        message = "interest owed is rounded as the product's other amounts are"
        yield unserviced("/interest/rounding", message, f'write "{product.rounding.value}"')


def _due_dates(product: Product) -> Iterator[Problem]:
    """A due date that moves alone asks for a period's interest on another day than its end."""
    path, mend = "/due_dates/accrual_period", 'write "adjusted"'
    if product.due_dates.accrual_period is AccrualPeriod.adjusted:
        return
    simple = isinstance(product.interest, SimpleInterest)
    if simple and product.payments.interest_due is InterestDue.by_installment:
        message = (
            "an installment that asks for its own period's interest earns on until it falls due"
        )
        yield unserviced(path, message, f'{mend}, or interest_due: "to_payment_day"')
    if capitalizes := capitalization_path(product):
        message = f"interest is added to the principal on due dates ({capitalizes}), not before"
        yield unserviced(path, message, mend)


def _by_period(product: Product) -> Iterator[Problem]:
    """Each installment must pay its own period's interest where the schedule fixes that."""
    method = product.interest
    if not isinstance(method, ScheduledInterest | PrecomputedInterest):
        return
    if method.day_count in {DayCount.one, DayCount.business_252}:
        why = _NOT_COUNTED[method.day_count]
        yield unserviced("/interest/day_count", f"{method.day_count.value} is not serviced: {why}")
    match product.amortization:
        case (
            Deferred()
            | InterestDeferred()
            | Bullet(interest=BulletInterest.at_maturity)
            | Stepped(negative_amortization=True)
            | PercentOfBalance()
        ):
            message = "interest that waits belongs to no installment, and each pays its period's"
            yield unserviced("/amortization/kind", message)
        case _:
            pass
    if isinstance(product.disbursement, SeveralDisbursements):
        message = "a schedule fixes interest on money that is lent on one day"
        yield unserviced("/disbursement/kind", message, 'write "single"')
    if product.payments.interest_due is InterestDue.by_installment:
        message = "scheduled interest is due with its own installment, whatever this says"
        yield unserviced("/payments/interest_due", message, "leave it out")
    if isinstance(method, PrecomputedInterest):
        yield from _precomputed(method, product)
        return
    lowers = product.payments.after_prepayment is AfterPrepayment.lower_payment
    if lowers and method.after_prepayment is LaterInterest.stays:
        message = "interest that stays as scheduled leaves no lower payment to solve"
        yield unserviced("/interest/after_prepayment", message, 'write "set_anew"')


def _precomputed(method: PrecomputedInterest, product: Product) -> Iterator[Problem]:
    """The charge is fixed: all money pays installments, and only a payoff rebates."""
    level = isinstance(product.amortization, LevelPayment)
    if not level and not isinstance(product.amortization, EqualPrincipal | EqualInstallments):
        message = "a charge fixed at the start goes with level payments or equal principal"
        yield unserviced("/amortization/kind", message, 'write "level_payment"')
    elif not level and method.parts is ChargeParts.actuarial:
        message = "an actuarial charge goes with level payments"
        yield unserviced("/interest/parts", message, "choose another, or level_payment")
    if product.payments.early_window_days is not None:
        message = "money paid early pays the next installments, however early it comes"
        yield unserviced("/payments/early_window_days", message, "write null")
    if product.payments.after_prepayment is not AfterPrepayment.shorten_term:
        message = "nothing is prepaid beyond installments whose charge is fixed"
        yield unserviced("/payments/after_prepayment", message, "leave it out")
    if not isinstance(product.down_payment, NoDownPayment):
        message = "a charge fixed at the start is on all that is lent"
        yield unserviced("/down_payment", message, "leave it out")
    if product.due_dates.in_advance:
        message = "a period that ends as it begins earns no part of a fixed charge"
        yield unserviced("/due_dates/in_advance", message, "write false")


def _payments(product: Product) -> Iterator[Problem]:
    match product.amortization:
        case Deferred(interest=interest):
            grows = interest is not DeferredInterest.waits
        case InterestDeferred(interest=falls_due):
            grows = falls_due is InterestFallsDue.capitalized
        case Stepped(negative_amortization=grows):
            pass
        case _:
            grows = False
    method = product.interest
    grows = grows or (isinstance(method, SimpleInterest) and method.capitalization is not None)
    if grows and product.payments.interest_due is InterestDue.by_installment:
        message = "interest that is added to the principal is asked for by no installment"
        yield unserviced("/payments/interest_due", message, 'write "to_payment_day"')
    match product.disbursement:
        case SeveralDisbursements(installments=FurtherInstallments.added) if grows:
            message = "interest that is added to the principal belongs to no part"
            yield unserviced("/disbursement/installments", message, 'write "set_anew"')
        case _:
            pass
    if isinstance(product.disbursement, SeveralDisbursements):
        yield from _beside_parts(product)


def _beside_parts(product: Product) -> Iterator[Problem]:
    """What goes with money paid out at once alone."""
    if not isinstance(product.down_payment, NoDownPayment):
        message = "a down payment is part of a price, and parts are paid out without one"
        yield unserviced("/down_payment", message, "write kind: none, or pay out at once")
    if product.due_dates.in_advance:
        message = "a payment in advance falls due with the money, and there are several days of it"
        yield unserviced("/due_dates/in_advance", message, "write false, or pay out at once")


def _minimum_payments(product: Product) -> Iterator[Problem]:
    if not isinstance(product.amortization, PercentOfBalance):
        return
    if product.payments.interest_due is InterestDue.by_installment:
        message = "a minimum payment says itself which interest it asks for"
        yield unserviced("/payments/interest_due", message, 'write "to_payment_day"')
    if product.payments.after_prepayment is not AfterPrepayment.shorten_term:
        message = "a minimum payment follows the balance, so a prepayment lowers it by itself"
        yield unserviced("/payments/after_prepayment", message, 'write "shorten_term"')


def _interest_times(product: Product) -> Iterator[Problem]:
    method = product.interest
    if not isinstance(method, SimpleInterest):
        return
    parts = isinstance(product.disbursement, SeveralDisbursements)
    if method.lifetime_cap is not None and isinstance(product.amortization, PercentOfBalance):
        message = "a minimum payment asks for interest as if there were no cap"
        yield unserviced("/interest/lifetime_cap", message, "leave it out")
    if method.lifetime_cap is not None and isinstance(product.amortization, InterestDeferred):
        message = "interest that waits for a later installment is scheduled without a cap"
        yield unserviced("/interest/lifetime_cap", message, "leave it out")
    if method.lifetime_cap is not None and not isinstance(method.rate_plan, FixedRate):
        message = "schedules foresee when a cap is reached at one rate alone"
        yield unserviced("/interest/lifetime_cap", message, "leave it out, or fix the rate")
    if method.lifetime_cap is not None and parts:
        message = "a cap is of what was lent at the start, and this is lent in parts"
        yield unserviced("/interest/lifetime_cap", message, "leave it out")
    if method.interest_free_installments and parts:
        message = "parts lent later would be free of interest too"
        yield unserviced("/interest/interest_free_installments", message, "leave it out")
    if method.interest_free_installments and product.due_dates.in_advance:
        message = "the first payment falls due with the money, before anything could be earned"
        yield unserviced("/interest/interest_free_installments", message, "leave it out")


def _fees(product: Product) -> Iterator[Problem]:
    """Interest on fees is earned as on principal, where that is earned day by day."""
    method = product.interest
    for place, fee in enumerate(product.fees):
        path = f"/fees/{place}/interest_bearing"
        if not fee.interest_bearing:
            continue
        if not isinstance(method, SimpleInterest):
            message = "fees earn interest where it is earned day by day on what is owed"
            yield unserviced(path, message, "write false, or choose simple_interest")
        elif isinstance(method.rate_plan, TieredByBalance):
            message = "bands of a rate go by the principal alone"
            yield unserviced(path, message, "write false")
        elif isinstance(fee, OriginationFee):
            message = "a fee kept or financed at disbursement is part of the principal"
            yield unserviced(path, message, "write false: the principal earns interest")
