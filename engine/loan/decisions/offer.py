"""An offer: terms judged by product and law, with all they cost; what is quoted is booked."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.amortization.installment import Installment, Schedule
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.finding import Finding, refusals
from engine.compliance.limits import narrow
from engine.compliance.requirements import check
from engine.compliance.rule import Point
from engine.disclosure.itemization import Itemization, ItemizedCharge
from engine.disclosure.truth_in_lending import TruthInLending
from engine.errors import Refusal, Refused, refuse
from engine.facts.facts import Facts
from engine.fees.assessment import fee_charge
from engine.fees.origination_fee import OriginationFee
from engine.interest.accrual import RateChange
from engine.interest.no_interest import NoInterest
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.simple_interest import InterestOnBalance
from engine.loan.commands import RequestedTerms
from engine.loan.decisions.amounts import positive_money, rate_of
from engine.loan.decisions.cost import disclosures, of_term, with_discount
from engine.loan.decisions.disbursing import outside_disbursements, planned_parts
from engine.loan.decisions.down_payment import down_payment_asked, outside_down_payment
from engine.loan.decisions.interest_times import by_period, principal_alone, with_interest_times
from engine.loan.decisions.rate_terms import (
    compounded_per_year,
    index_value,
    is_variable,
    rate_bands,
    whole_period_at_payoff,
)
from engine.loan.decisions.within_limits import beyond_the_dates, outside, outside_limits
from engine.loan.facts_on import loan_facts
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.loan.outcomes.rate_path import due_days, projected_rates
from engine.loan.terms import LoanTerms, PlannedDisbursement
from engine.trace import explained
from engine.values.day_count import DayCount
from engine.values.due_dates import due_date
from engine.values.frequency import ExplicitDates, Frequency, Single
from engine.values.money import Money, total
from engine.values.rate import Rate


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """Terms with their schedule, fees and disclosures."""

    terms: LoanTerms
    schedule: Schedule
    origination_fee: Money
    """Kept from the proceeds or added to the principal."""
    disbursed_amount: Money
    """What the borrower receives."""
    truth_in_lending: TruthInLending
    itemization: Itemization
    military_apr: Rate
    rates: tuple[RateChange, ...]
    """The rate by day as the contract foresees it, its index held."""
    variable_rate: bool
    """Whether the rate may move by an index (12 CFR 1026.18(f))."""
    facts: Facts
    findings: tuple[Finding, ...]

    @property
    def first_payment(self) -> Installment:
        """The first of the payments agreed; a down payment comes before."""
        return self.schedule.installments[1 if self.terms.down_payment else 0]


@explained
def make_offer(
    requested: RequestedTerms,
    in_force: TermsInForce,
    point: Point,
    approved: frozenset[str] = frozenset(),
) -> Offer:
    """Work out the terms asked for; refused with every reason at once when they may not be.

    ``approved`` names rules that a second person let be set aside.
    """
    terms, asked = loan_terms(requested, in_force)
    beyond = [
        *outside_limits(asked, terms, in_force),
        *beyond_the_dates(terms, in_force),
        *outside_disbursements(asked, terms, in_force),
        *outside_down_payment(asked, terms, in_force),
    ]
    if beyond:
        raise Refused(*beyond)
    facts = Facts(loan=loan_facts(terms, in_force), calendar=in_force.calendar)
    upfront = origination_fees(facts, in_force)
    from_proceeds = total(amount for fee, amount in upfront if fee.collected != "financed")
    financed = total(amount for fee, amount in upfront if fee.collected == "financed")
    terms = with_fees(terms, from_proceeds=from_proceeds, financed=financed)
    rates = projected_rates(terms, in_force)
    terms = with_interest_times(terms, in_force, facts, point)
    rows = scheduled(terms, in_force)
    terms = with_discount(terms, rows)
    charge = total(amount for fee, amount in upfront if fee.finance_charge)
    disclosed, mapr = disclosures(rows, terms, charge, from_proceeds + financed)
    facts = facts.given(
        loan_amount=terms.financed,
        amount_financed=disclosed.amount_financed,
        finance_charge=disclosed.finance_charge,
        total_of_payments=disclosed.total_of_payments,
        apr=disclosed.apr,
        military_apr=mapr,
        **of_term(terms, rows),
        origination_fees=from_proceeds + financed,
        installment_amount=rows.installments[1 if terms.down_payment else 0].payment,
        covered_borrower=terms.circumstances.covered_borrower,
        mla_exempt=terms.circumstances.mla_exempt,
        event_date=terms.contract_date,
    )
    return Offer(
        terms=terms,
        schedule=rows,
        origination_fee=from_proceeds + financed,
        disbursed_amount=terms.amount_to_lend - financed - from_proceeds,
        truth_in_lending=disclosed,
        itemization=itemized(terms, upfront),
        military_apr=mapr,
        facts=facts,
        rates=rates,
        variable_rate=is_variable(in_force),
        findings=judged(facts, in_force, point, terms, rates, approved),
    )


def itemized(terms: LoanTerms, upfront: tuple[tuple[OriginationFee, Money], ...]) -> Itemization:
    """Where the money lent goes: to the borrower, and to each charge."""
    return Itemization(
        given_to_borrower=terms.financed - total(amount for _, amount in upfront),
        charges=tuple(
            ItemizedCharge(
                title=fee.title,
                amount=amount,
                finance_charge=fee.finance_charge,
                financed=fee.collected == "financed",
            )
            for fee, amount in upfront
            if amount
        ),
    )


def with_fees(terms: LoanTerms, *, from_proceeds: Money, financed: Money) -> LoanTerms:
    """The terms with financed fees in the principal; the first part pays out more by them."""
    parts = terms.planned_disbursements
    if parts:
        first = PlannedDisbursement(parts[0].on, parts[0].amount + financed)
        parts = (first, *parts[1:])
    return msgspec.structs.replace(
        terms,
        loan_amount=terms.loan_amount + financed,
        origination_fees=from_proceeds + financed,
        planned_disbursements=parts,
    )


def scheduled(terms: LoanTerms, in_force: TermsInForce) -> Schedule:
    """The schedule of the contract; refused where parts are planned that cannot be."""
    parts = terms.planned_disbursements
    if parts and parts[-1].on >= due_days(terms, terms.number_of_payments, in_force)[-1]:
        message = f"The part of {parts[-1].on} is planned after the last payment."
        raise Refused(outside(message, f"/terms/disbursements/{len(parts) - 1}/on"))
    try:
        return contract_schedule(terms, in_force)
    except ValueError as error:
        what, path = (
            ("the parts planned", "disbursements") if parts else ("these terms", "note_rate")
        )
        raise Refused(outside(f"Of {what}, {error}.", f"/terms/{path}")) from None


def judged(
    facts: Facts,
    in_force: TermsInForce,
    point: Point,
    terms: LoanTerms,
    rates: tuple[RateChange, ...],
    approved: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """What law says of the offer; a refusal for each rule that forbids it.

    Of a rate that moves the highest the contract foresees is judged.
    """
    day = terms.contract_date
    highest = max(change.rate for change in rates)
    findings = check(in_force.rules, point, facts, day)
    against = list(refusals(findings, approved))
    lawful = narrow(in_force.rules, point, "note_rate", highest, facts, day)
    if isinstance(lawful.amount, Rate) and lawful.amount < highest:
        against.append(
            Refusal(
                code="refused_by_rule",
                message=(
                    f"A rate of {highest.percent()} is above the "
                    f"{lawful.amount.percent()} that {lawful.bound_by} allows."
                ),
                path="/terms/note_rate",
                rule=lawful.bound_by or "",
                citation=lawful.citation,
                kind="rule",
            )
        )
    if against:
        raise Refused(*against)
    return findings


def origination_fees(
    facts: Facts, in_force: TermsInForce
) -> tuple[tuple[OriginationFee, Money], ...]:
    """Fees charged at disbursement, each with its amount."""
    return tuple(
        (fee, fee_charge(fee, facts, in_force.product.rounding, in_force.product.currency))
        for fee in in_force.product.fees
        if isinstance(fee, OriginationFee)
    )


def loan_terms(requested: RequestedTerms, in_force: TermsInForce) -> tuple[LoanTerms, Money]:
    """The terms asked for with the product's defaults filled in, and the amount asked for."""
    product = in_force.product
    amount = positive_money(requested.amount, product.currency, "/terms/amount")
    frequency = requested.frequency or product.due_dates.frequencies[0]
    first = requested.first_payment_date
    if first is None:  # a frequency that is not offered is refused, and may have no first date
        offered = frequency in product.due_dates.frequencies
        at_once = product.due_dates.in_advance or not offered
        first = None if at_once else first_payment(requested.contract_date, frequency)
    return LoanTerms(
        loan_amount=amount,
        note_rate=rate_of(requested.note_rate, "/terms/note_rate"),
        number_of_payments=requested.number_of_payments,
        frequency=frequency,
        contract_date=requested.contract_date,
        first_payment_date=first or requested.contract_date,
        day_count=day_count(in_force),
        rate_bands=rate_bands(in_force),
        index_value=index_value(requested.contract_date, in_force),
        day_one_accrues=day_one_accrues(in_force),
        whole_period_at_payoff=whole_period_at_payoff(in_force),
        compounded_per_year=compounded_per_year(in_force),
        interest_due=product.payments.interest_due,
        minimum_payment=minimum_payment(in_force),
        principal_alone=principal_alone(requested.number_of_payments, in_force),
        by_period=by_period(in_force),
        circumstances=requested.circumstances,
        down_payment=down_payment_asked(requested, amount, product),
        in_advance=product.due_dates.in_advance,
        planned_disbursements=planned_parts(requested, in_force),
    ), amount


def minimum_payment(in_force: TermsInForce) -> PercentOfBalance | None:
    """How installments are decided when they fall due; None where they are agreed in advance."""
    amortization = in_force.product.amortization
    return amortization if isinstance(amortization, PercentOfBalance) else None


def day_count(in_force: TermsInForce) -> DayCount:
    """The day count interest accrues by; actual/365 where nothing accrues."""
    match in_force.product.interest:
        case InterestOnBalance(day_count=convention) | PrecomputedInterest(day_count=convention):
            return convention
        case NoInterest():
            return DayCount.actual_365


def day_one_accrues(in_force: TermsInForce) -> bool:
    """Whether the day of disbursement earns interest and the day of payment does not."""
    interest = in_force.product.interest
    return interest.day_one_accrues if isinstance(interest, InterestOnBalance) else True


def first_payment(contract_date: date, frequency: Frequency) -> date:
    """The first payment date when none is asked for: one period after the contract."""
    match frequency:
        case ExplicitDates(dates=dates):
            return dates[0]
        case Single():
            raise refuse(
                "no_first_payment_date",
                "A single payment falls due on the day asked for; none was given.",
                path="/terms/first_payment_date",
                kind="invalid",
            )
        case _:
            return due_date(contract_date, frequency, 2)
