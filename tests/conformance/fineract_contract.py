"""What a loan of a Fineract case is made of, in this project's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from engine.amortization.amortization import Amortization
from engine.amortization.disbursements import (
    Disbursement,
    TermsOfSchedule,
    disbursed_schedule,
)
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.installment import Installment
from engine.amortization.interest_deferred import InterestDeferred
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment, PaymentBasis, Residual
from engine.amortization.schedule import schedule
from engine.interest.accrual import Pause
from engine.interest.interest_method import InterestMethod
from engine.interest.period_interest import PayoffInterest
from engine.interest.precomputed_interest import ChargeParts, PrecomputedInterest
from engine.interest.scheduled_interest import LaterInterest, ScheduledInterest
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan.outcomes.rest_of_term import rest_of
from engine.product.down_payment import FixedDownPayment, NoDownPayment
from engine.values.day_count import DayCount, ReferencePeriods
from engine.values.due_dates import due_date
from engine.values.frequency import EveryDays, EveryMonths, EveryWeeks, Frequency, periods_per_year
from engine.values.money import Money
from engine.values.months import is_leap
from engine.values.rate import Rate
from engine.values.rounding import Rounding
from tests.conformance.fineract_money_out import down_payment_of, money_out
from tests.conformance.verdict import Unsupported

_FREQUENCIES = {
    "DAYS": lambda every: EveryDays(days=every),
    "WEEKS": lambda every: EveryWeeks(weeks=every),
    "MONTHS": lambda every: EveryMonths(months=every),
    "YEARS": lambda every: EveryMonths(months=12 * every),
}


@dataclass(frozen=True, slots=True)
class Contract:
    """What a case's loan is made of, in this project's words."""

    principal: Money
    rate: Rate
    count: int
    frequency: Frequency
    first_payment: date
    start: date
    interest: InterestMethod
    amortization: Amortization
    down_payment: FixedDownPayment | NoDownPayment
    parts: int
    """How often money is paid out."""


def contract_schedule(
    case: dict[str, Any], actions: list[dict[str, Any]]
) -> tuple[Installment, ...]:
    product, terms = case["product"], case["terms"]
    _refuse_what_is_missing(product, terms)
    start, first_amount, further = money_out(product, terms, actions)
    if terms["interest_method"] == "FLAT" and product["schedule_type"] == "CUMULATIVE":
        first_amount, further = first_amount + sum(cents for _, cents in further), []
    seed, frequency, first = _rhythm(terms, start)
    count = terms["number_of_repayments"]
    due = [due_date(first, frequency, number) for number in range(1, count + 1)]
    periods = ReferencePeriods(dates=(seed, *due), per_year=periods_per_year(frequency))
    rate = Rate(Fraction(terms["annual_interest_rate_pct"]) / 100)
    interest = _interest(product, terms, frequency, start)
    amortization = _amortization(product, terms)
    if further and product["multi_disburse"]["full_term_for_tranche"]:
        raise Unsupported("further disbursements that each run the full term")
    if isinstance(interest, PrecomputedInterest):
        if further:
            raise Unsupported("further disbursements of a loan with precomputed interest")
        return schedule(
            Money(first_amount),
            rate,
            start,
            due,
            interest=interest,
            amortization=amortization,
            periods=periods,
        ).installments
    free = interest.interest_free_installments if isinstance(interest, SimpleInterest) else 0
    pauses = (Pause(start, due[free - 1] - timedelta(days=1)),) if free else ()
    if further and further[-1][0] >= due[-1]:
        raise Unsupported("money disbursed after the last payment")
    lent = [Disbursement(start, Money(first_amount))]
    lent += [Disbursement(day, Money(amount)) for day, amount in further]
    terms_of_all = TermsOfSchedule(
        rate=rate,
        interest=interest,
        amortization_after=lambda done, amount: rest_of(amortization, done, amount),
        pauses=pauses,
        periods=periods,
    )
    return disbursed_schedule(lent, due, terms_of_all).installments


def _rhythm(terms: dict[str, Any], start: date) -> tuple[date, Frequency, date]:
    """The day due dates are counted from, how often they come, the first of them."""
    frequency = _FREQUENCIES[terms["repayment_frequency"]](terms["repayment_every"])
    seed = start
    if terms["repayment_start_date_type"] == "SUBMITTED_ON_DATE":
        seed = date.fromisoformat(terms["submitted_on"])
    first = due_date(seed, frequency, 2)
    if seed.day > 28 and isinstance(frequency, EveryMonths):
        frequency = EveryMonths(months=frequency.months, day=seed.day)
    return seed, frequency, first


def contract_of(case: dict[str, Any], actions: list[dict[str, Any]]) -> Contract:
    """The loan as it is booked here."""
    product, terms = case["product"], case["terms"]
    _refuse_what_is_missing(product, terms)
    start, amount, further = money_out(product, terms, actions)
    if further and product["multi_disburse"]["full_term_for_tranche"]:
        raise Unsupported("further disbursements that each run the full term")
    down = down_payment_of(product, terms, amount)
    if further and not isinstance(down, NoDownPayment):
        raise Unsupported("a down payment of each disbursement")
    seed, frequency, first = _rhythm(terms, start)
    if seed != start:
        raise Unsupported("due dates counted from another day than the disbursement")
    if further and further[-1][0] >= due_date(first, frequency, terms["number_of_repayments"]):
        raise Unsupported("money disbursed after the last payment")
    rate = Rate(Fraction(terms["annual_interest_rate_pct"]) / 100)
    interest: InterestMethod = SimpleInterest(rounding=Rounding.half_even)
    if rate.exact:
        interest = _serviced(product, terms, _interest(product, terms, frequency, start))
    return Contract(
        principal=Money(amount + sum(cents for _, cents in further)),
        rate=rate,
        count=terms["number_of_repayments"],
        frequency=frequency,
        first_payment=first,
        start=start,
        interest=interest,
        amortization=_amortization(product, terms),
        down_payment=down,
        parts=max(1, sum(action["type"] == "disburse" for action in actions)),
    )


def _serviced(
    product: dict[str, Any], terms: dict[str, Any], interest: InterestMethod
) -> InterestMethod:
    """The interest a loan is serviced by: recalculated, or as scheduled whenever money comes."""
    if not isinstance(interest, SimpleInterest):
        return interest
    if not product["interest_recalculation"]:
        if terms["grace_on_interest_payment"] or terms["grace_on_interest_charged"]:
            raise Unsupported("grace on interest that is fixed by the schedule")
        return ScheduledInterest(
            day_count=interest.day_count,
            rounding=interest.rounding,
            remainders=interest.remainders,
            day_one_accrues=interest.day_one_accrues,
            period_rate_decimals=interest.period_rate_decimals,
            after_prepayment=LaterInterest.stays,
        )
    if product["schedule_type"] == "PROGRESSIVE":
        pre_closure = product["interest_recalculation"]["pre_closure_interest"]
        payoff = PayoffInterest.through_payoff_day
        if pre_closure == "TILL_REST_FREQUENCY_DATE":
            payoff = PayoffInterest.whole_period
        return replace(interest, period_rate_decimals=None, payoff=payoff)
    rounded = Remainders.dropped_at_changes
    return replace(interest, period_rate_decimals=None, remainders=rounded)


def _refuse_what_is_missing(product: dict[str, Any], terms: dict[str, Any]) -> None:
    if terms["charges"]:
        raise Unsupported("fees in the schedule")
    flat_in_whole = terms["interest_method"] == "FLAT" and product["schedule_type"] == "CUMULATIVE"
    if terms["down_payment"]["enabled"] and flat_in_whole:
        raise Unsupported("a flat charge on the down payment too")
    if terms["fixed_length"] or terms["fixed_emi"]:
        raise Unsupported("fixed length or payment")
    kinds = ("principal_payment", "interest_payment", "interest_charged")
    if any(terms[f"grace_on_{kind}"] for kind in kinds) and terms["interest_method"] == "FLAT":
        raise Unsupported("grace on a flat charge")
    if product["equal_amortization"]:
        raise Unsupported("equal amortization")
    if product["schedule_type"] == "CUMULATIVE" and product["currency_in_multiples_of"] not in (
        None, 0, 1,
    ):  # fmt: skip
        raise Unsupported("amounts in multiples of the currency")


def _interest(
    product: dict[str, Any], terms: dict[str, Any], frequency: Frequency, start: date
) -> InterestMethod:
    progressive = product["schedule_type"] == "PROGRESSIVE"
    day_count = _day_count(product, terms, frequency)
    if day_count is DayCount.actual_actual_isda and not progressive:
        if is_leap(start.year):
            raise Unsupported("a year of 366 days for the whole life of a loan")
        day_count = DayCount.actual_365  # the year of the disbursement counts for all
    if terms["interest_method"] == "FLAT":
        return PrecomputedInterest(
            day_count=day_count,
            rounding=Rounding.half_even,
            parts=ChargeParts.by_period if progressive else ChargeParts.equal,
        )
    return SimpleInterest(
        day_count=day_count,
        rounding=Rounding.half_even,
        remainders=Remainders.dropped,
        period_rate_decimals=19,
        day_one_accrues=bool(product["interest_recognition_on_disbursement_date"]),
        interest_free_installments=terms["grace_on_interest_charged"] or 0,
    )


def _day_count(product: dict[str, Any], terms: dict[str, Any], frequency: Frequency) -> DayCount:
    if terms["interest_calculation_period"] == "SAME_AS_REPAYMENT_PERIOD":
        return DayCount.periods
    if product["days_in_year_custom_strategy"] == "FEB_29_PERIOD_ONLY":
        return DayCount.actual_365_actual
    match product["days_in_year"], product["days_in_month"]:
        case "DAYS_360", "DAYS_30":
            months = isinstance(frequency, EveryMonths)
            return DayCount.periods if months else DayCount.actual_360
        case "DAYS_360", "ACTUAL":
            return DayCount.actual_360
        case "DAYS_365", "ACTUAL":
            return DayCount.actual_365
        case "DAYS_364", "ACTUAL":
            return DayCount.actual_364
        case "ACTUAL", "ACTUAL":
            return DayCount.actual_actual_isda
        case year, month:
            raise Unsupported(f"days in year {year} with days in month {month}")


def _amortization(product: dict[str, Any], terms: dict[str, Any]) -> Amortization:
    multiple = product["installment_amount_in_multiples_of"]
    unit = Money(100 * multiple) if multiple else None
    progressive = product["schedule_type"] == "PROGRESSIVE"
    flat = terms["interest_method"] == "FLAT"
    way: LevelPayment | EqualPrincipal | InterestOnly = LevelPayment(
        residual=Residual.spread if progressive else Residual.formula,
        basis=_basis(product, terms),
        payment_rounding=Rounding.half_even,
        payment_multiple_of=unit,
    )
    if terms["amortization"] == "EQUAL_PRINCIPAL" or (flat and not progressive):
        way = EqualPrincipal(principal_rounding=Rounding.half_even, principal_multiple_of=unit)
    if terms["grace_on_principal_payment"]:
        way = InterestOnly(installments=terms["grace_on_principal_payment"], then=way)
    if terms["grace_on_interest_payment"]:
        return InterestDeferred(installments=terms["grace_on_interest_payment"], principal=way)
    return way


def _basis(product: dict[str, Any], terms: dict[str, Any]) -> PaymentBasis:
    if product["schedule_type"] == "PROGRESSIVE":
        return PaymentBasis.dated
    daily = terms["interest_calculation_period"] == "DAILY"
    if daily and product["days_in_month"] == "ACTUAL" and product["days_in_year"] != "DAYS_360":
        return PaymentBasis.thirty_day_months
    return PaymentBasis.equal_periods
