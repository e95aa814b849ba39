"""What a contract costs, as law wants it told: the Truth in Lending figures and the MAPR."""

from __future__ import annotations

from msgspec.structs import replace

from engine.amortization.installment import Schedule
from engine.disclosure.apr import DatedAmount
from engine.disclosure.military_apr import military_apr
from engine.disclosure.truth_in_lending import TruthInLending, truth_in_lending
from engine.disclosure.unit_period import frequency_unit_period
from engine.errors import refuse
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
