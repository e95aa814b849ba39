"""An offer: terms asked for, judged against the product and law, with everything they cost.

A quote and a booking are the same offer, so what was quoted is what is booked.
"""

from __future__ import annotations

from datetime import date

import msgspec

from engine.amortization.installment import Schedule
from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.finding import Finding, refusals
from engine.compliance.limits import narrow
from engine.compliance.requirements import check
from engine.compliance.rule import Point
from engine.disclosure.military_apr import military_apr
from engine.disclosure.truth_in_lending import TruthInLending, truth_in_lending
from engine.disclosure.unit_period import frequency_unit_period
from engine.errors import Refusal, Refused, refuse
from engine.facts.facts import Facts
from engine.fees.assessment import fee_charge
from engine.fees.origination_fee import OriginationFee
from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import SimpleInterest
from engine.loan.commands import RequestedTerms
from engine.loan.decisions.amounts import positive_money, rate_of
from engine.loan.facts_on import loan_facts
from engine.loan.outcomes.first_schedule import contract_schedule
from engine.loan.terms import LoanTerms
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
    military_apr: Rate
    facts: Facts
    findings: tuple[Finding, ...]


@explained
def make_offer(requested: RequestedTerms, in_force: TermsInForce, point: Point) -> Offer:
    """Work out the terms asked for; refused with every reason at once when they may not be."""
    terms, asked = loan_terms(requested, in_force)
    outside = [*outside_limits(asked, terms, in_force), *beyond_the_dates(terms)]
    if outside:
        raise Refused(*outside)
    facts = Facts(loan=loan_facts(terms, in_force), calendar=in_force.calendar)
    upfront = origination_fees(facts, in_force)
    from_proceeds = total(amount for fee, amount in upfront if fee.collected != "financed")
    financed = total(amount for fee, amount in upfront if fee.collected == "financed")
    terms = msgspec.structs.replace(
        terms, loan_amount=asked + financed, origination_fees=from_proceeds + financed
    )
    rows = contract_schedule(terms, in_force)
    charge = total(amount for fee, amount in upfront if fee.finance_charge)
    disclosed, mapr = disclosures(rows, terms, charge, from_proceeds + financed)
    facts = facts.given(
        loan_amount=terms.loan_amount,
        amount_financed=disclosed.amount_financed,
        finance_charge=disclosed.finance_charge,
        total_of_payments=disclosed.total_of_payments,
        apr=disclosed.apr,
        military_apr=mapr,
        term_days=(rows.maturity_date - terms.contract_date).days,
        origination_fees=from_proceeds + financed,
        installment_amount=rows.installments[0].payment,
        covered_borrower=terms.circumstances.covered_borrower,
        mla_exempt=terms.circumstances.mla_exempt,
        event_date=terms.contract_date,
    )
    return Offer(
        terms=terms,
        schedule=rows,
        origination_fee=from_proceeds + financed,
        disbursed_amount=terms.loan_amount - financed - from_proceeds,
        truth_in_lending=disclosed,
        military_apr=mapr,
        facts=facts,
        findings=judged(facts, in_force, point, terms),
    )


def disclosures(
    rows: Schedule, terms: LoanTerms, finance_charge: Money, fees: Money
) -> tuple[TruthInLending, Rate]:
    """What must be told about the cost; refused where fees leave nothing an APR could be of."""
    unit = frequency_unit_period(terms.frequency)
    try:
        disclosed = truth_in_lending(rows, prepaid_finance_charge=finance_charge, unit=unit)
        return disclosed, military_apr(rows, charges=fees, unit=unit)
    except ValueError as error:
        raise refuse(
            "no_annual_percentage_rate",
            f"No annual percentage rate can be told for these terms: {error}.",
            path="/terms/amount",
            kind="invalid",
        ) from None


def judged(
    facts: Facts, in_force: TermsInForce, point: Point, terms: LoanTerms
) -> tuple[Finding, ...]:
    """What law says of the offer; a refusal for each rule that forbids it."""
    day = terms.contract_date
    findings = check(in_force.rules, point, facts, day)
    against = list(refusals(findings))
    lawful = narrow(in_force.rules, point, "note_rate", terms.note_rate, facts, day)
    if isinstance(lawful.amount, Rate) and lawful.amount < terms.note_rate:
        against.append(
            Refusal(
                code="refused_by_rule",
                message=(
                    f"A note rate of {terms.note_rate.percent()} is above the "
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
        first = first_payment(requested.contract_date, frequency) if offered else None
    return LoanTerms(
        loan_amount=amount,
        note_rate=rate_of(requested.note_rate, "/terms/note_rate"),
        number_of_payments=requested.number_of_payments,
        frequency=frequency,
        contract_date=requested.contract_date,
        first_payment_date=first or requested.contract_date,
        day_count=day_count(in_force),
        day_one_accrues=day_one_accrues(in_force),
        interest_due=product.payments.interest_due,
        circumstances=requested.circumstances,
    ), amount


def day_count(in_force: TermsInForce) -> DayCount:
    """The day count interest accrues by; actual/365 where nothing accrues."""
    match in_force.product.interest:
        case SimpleInterest(day_count=convention):
            return convention
        case NoInterest():
            return DayCount.actual_365


def day_one_accrues(in_force: TermsInForce) -> bool:
    """Whether the day of disbursement earns interest and the day of payment does not."""
    interest = in_force.product.interest
    return interest.day_one_accrues if isinstance(interest, SimpleInterest) else True


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


def outside_limits(asked: Money, terms: LoanTerms, in_force: TermsInForce) -> list[Refusal]:
    """Every way in which the terms leave what the product offers."""
    product, limits = in_force.product, in_force.product.limits
    currency = product.currency
    found: list[Refusal] = []

    def outside(path: str, asked_for: str, allowed: str) -> None:
        message = f"{asked_for} is outside what {product.title} offers: {allowed}."
        found.append(_invalid(message, path))

    low, high = limits.amount.minimum, limits.amount.maximum
    if not low <= asked <= high:
        allowed = f"{low.text(currency)} to {high.text(currency)} {currency}"
        outside("/terms/amount", f"An amount of {asked.text(currency)}", allowed)
    least, most = limits.note_rate.minimum, limits.note_rate.maximum
    if not least <= terms.note_rate <= most:
        allowed = f"{least.percent()} to {most.percent()}"
        outside("/terms/note_rate", f"A note rate of {terms.note_rate.percent()}", allowed)
    few, many = limits.number_of_payments.minimum, limits.number_of_payments.maximum
    if not few <= terms.number_of_payments <= many:
        count = f"{terms.number_of_payments} payments"
        outside("/terms/number_of_payments", count, f"{few} to {many}")
    if terms.frequency not in product.due_dates.frequencies:
        names = ", ".join(str(f.__struct_config__.tag) for f in product.due_dates.frequencies)
        tag = str(terms.frequency.__struct_config__.tag)
        outside("/terms/frequency", f"A {tag} frequency", names)
    if limits.states and terms.circumstances.state not in limits.states:
        state = terms.circumstances.state or "none given"
        outside("/terms/circumstances/state", f"State {state}", ", ".join(limits.states))
    days = (terms.first_payment_date - terms.contract_date).days
    soonest = product.due_dates.first_payment.minimum_days
    latest = product.due_dates.first_payment.maximum_days
    if not soonest <= days <= latest:
        asked_for = f"A first payment {days} days after the contract"
        outside("/terms/first_payment_date", asked_for, f"{soonest} to {latest} days")
    return found


def beyond_the_dates(terms: LoanTerms) -> list[Refusal]:
    """Ways in which the terms ask for days that a single payment or listed dates do not have."""
    match terms.frequency:
        case Single():
            listed, first = 1, terms.first_payment_date
        case ExplicitDates(dates=dates) if dates:
            listed, first = len(dates), dates[0]
        case _:
            return []
    found: list[Refusal] = []
    if terms.number_of_payments > listed:
        message = f"{terms.number_of_payments} payments are asked for; there are {listed} due dates"
        found.append(_invalid(f"{message}.", "/terms/number_of_payments"))
    if terms.first_payment_date != first:
        message = f"The first of the due dates is {first}, not {terms.first_payment_date}."
        found.append(_invalid(message, "/terms/first_payment_date"))
    return found


def _invalid(message: str, path: str) -> Refusal:
    return Refusal(code="outside_product_limits", message=message, path=path, kind="invalid")
