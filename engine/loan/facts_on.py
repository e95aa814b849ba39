"""What rules and fee formulas may know of a loan on a day."""

from __future__ import annotations

from datetime import date

from engine.catalog.terms_in_force import TermsInForce
from engine.facts.borrower import BorrowerFacts
from engine.facts.facts import Facts
from engine.facts.loan import LoanFacts
from engine.facts.standing import StandingFacts
from engine.loan import observe
from engine.loan.loan import BorrowerStatus, Loan
from engine.loan.status import BorrowerStatusKind
from engine.loan.terms import LoanTerms
from engine.loan.timeline import rate_on


def loan_facts(terms: LoanTerms, in_force: TermsInForce) -> LoanFacts:
    """The contract as facts."""
    circumstances = terms.circumstances
    return LoanFacts(
        country=circumstances.country,
        state=circumstances.state,
        product=in_force.product.product,
        product_family=in_force.product.family,
        creditor_type=circumstances.creditor_type,
        purpose=circumstances.purpose,
        contract_date=terms.contract_date,
        application_date=terms.contract_date,
        loan_amount=terms.financed,
        note_rate=terms.note_rate,
        number_of_payments=terms.number_of_payments,
        dwelling_secured=circumstances.dwelling_secured,
    )


def borrower_facts(loan: Loan, day: date) -> BorrowerFacts:
    """The borrower's circumstances on a day."""
    circumstances = loan.agreed.circumstances
    service = status_on(loan, BorrowerStatusKind.military_service, day)
    return BorrowerFacts(
        covered_borrower=circumstances.covered_borrower,
        mla_exempt=circumstances.mla_exempt,
        in_military_service=service is not None,
        service_began_on=service.from_date if service else None,
        service_ended_on=service.to_date if service else None,
        obligation_predates_service=(
            loan.agreed.contract_date < service.from_date if service else False
        ),
        in_bankruptcy=status_on(loan, BorrowerStatusKind.bankruptcy, day) is not None,
        deceased=status_on(loan, BorrowerStatusKind.deceased, day) is not None,
        in_disaster_area=status_on(loan, BorrowerStatusKind.disaster, day) is not None,
    )


def status_on(loan: Loan, kind: BorrowerStatusKind, day: date) -> BorrowerStatus | None:
    """The borrower's status of a kind on a day, if any."""
    for status in loan.borrower_statuses:
        if status.status is kind and status.holds_on(day):
            return status
    return None


def facts_on(loan: Loan, day: date, terms: TermsInForce) -> Facts:
    """Everything known of the loan on a day, for rules and formulas."""
    rounding = terms.product.rounding
    return Facts(
        loan=loan_facts(loan.agreed, terms),
        borrower=borrower_facts(loan, day),
        standing=StandingFacts(
            event_date=day,
            days_past_due=observe.days_past_due(loan, day, rounding),
            amount_past_due=observe.amount_past_due(loan, day, rounding),
            principal_balance=loan.principal_balance,
            accrued_interest=observe.interest_owed(loan, day, rounding),
            fees_owed=observe.fees_owed(loan),
            current_rate=rate_on(loan, day),
            delinquency_stage=observe.delinquency_stage(loan),
            charged_off=loan.charged_off_on is not None,
        ),
        calendar=terms.calendar,
    )
