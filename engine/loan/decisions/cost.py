"""What a contract costs, as law wants it told: the Truth in Lending figures and the MAPR."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from engine.amortization.installment import Schedule
from engine.disclosure.apr import DatedAmount
from engine.disclosure.military_apr import military_apr
from engine.disclosure.truth_in_lending import TruthInLending, truth_in_lending
from engine.disclosure.unit_period import frequency_unit_period
from engine.errors import refuse
from engine.expressions.functions import months_between
from engine.interest.precomputed_interest import ChargeParts, PrecomputedInterest
from engine.interest.unearned_interest import EarningMethod
from engine.loan.terms import LoanTerms
from engine.values.money import Money
from engine.values.rate import Rate


def cost_of_credit(rows: Schedule, terms: LoanTerms, finance_charge: Money) -> TruthInLending:
    """The Truth in Lending figures; ``finance_charge`` is prepaid, kept or financed.

    A down payment is no payment of the credit (12 CFR 1026.18(b)(1)). Raises ValueError where
    fees leave nothing an APR could be of.
    """
    return truth_in_lending(
        _of_the_credit(rows, terms),
        prepaid_finance_charge=finance_charge,
        advances=_advances(terms),
        unit=frequency_unit_period(terms.frequency),
    )


def disclosures(
    rows: Schedule, terms: LoanTerms, finance_charge: Money, fees: Money
) -> tuple[TruthInLending, Rate]:
    """What must be told about the cost; refused where fees leave nothing an APR could be of."""
    unit = frequency_unit_period(terms.frequency)
    try:
        credit = _of_the_credit(rows, terms)
        mapr = military_apr(credit, charges=fees, advances=_advances(terms), unit=unit)
        return cost_of_credit(rows, terms, finance_charge), mapr
    except ValueError as error:
        raise refuse(
            "no_annual_percentage_rate",
            f"No annual percentage rate can be told for these terms: {error}.",
            path="/terms/amount",
            kind="invalid",
        ) from None


def _of_the_credit(rows: Schedule, terms: LoanTerms) -> Schedule:
    """The schedule without the down payment, of what is financed."""
    if not terms.down_payment:
        return rows
    return replace(rows, principal=terms.financed, installments=rows.installments[1:])


def _advances(terms: LoanTerms) -> list[DatedAmount]:
    """The parts a contract plans; none where all is paid out at once."""
    return [DatedAmount(part.on, part.amount) for part in terms.planned_disbursements]


def refund_method(terms: LoanTerms) -> str | None:
    """How the unearned part of a precomputed charge is rebated; None where there is none."""
    method = terms.by_period
    if not isinstance(method, PrecomputedInterest):
        return None
    match method.parts:
        case ChargeParts.equal | ChargeParts.by_period:
            return EarningMethod.straight_line.value
        case ChargeParts.actuarial:
            return EarningMethod.actuarial.value
        case ChargeParts.rule_of_78:
            return EarningMethod.rule_of_78.value


def with_discount(terms: LoanTerms, rows: Schedule) -> LoanTerms:
    """The terms with the precomputed charge that is kept when the loan is paid out."""
    if not isinstance(terms.by_period, PrecomputedInterest):
        return terms
    return replace(terms, charge_from_proceeds=terms.loan_amount - rows.principal)


def of_term(terms: LoanTerms, rows: Schedule) -> dict[str, Any]:
    """What rules ask of the term: its days, its months, how an unearned charge is rebated."""
    return {
        "term_days": (rows.maturity_date - terms.contract_date).days,
        "term_months": months_between(terms.contract_date, rows.maturity_date),
        "refund_method": refund_method(terms),
    }
