"""When a contract's interest begins, and the most of it: as its product says and law allows."""

from __future__ import annotations

import msgspec

from engine.amortization.interest_deferred import InterestDeferred
from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.limits import narrow
from engine.compliance.rule import Point
from engine.facts.facts import Facts
from engine.interest.interest_method import InterestByPeriod
from engine.interest.lifetime_cap import most_interest
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.scheduled_interest import ScheduledInterest
from engine.interest.simple_interest import SimpleInterest
from engine.loan.outcomes.rate_path import period_ends
from engine.loan.terms import LoanTerms
from engine.values.money import Money


def with_interest_times(
    terms: LoanTerms, in_force: TermsInForce, facts: Facts, point: Point
) -> LoanTerms:
    """The terms with the day interest begins and the most of it, as product and law allow."""
    method = in_force.product.interest
    if not isinstance(method, SimpleInterest):
        return terms
    free, cap = method.interest_free_installments, method.lifetime_cap
    if free:
        until = period_ends(terms, free, in_force)[-1]
        terms = msgspec.structs.replace(terms, interest_free_until=until)
    if cap is None:
        return terms
    most = most_interest(cap, terms.financed)
    known = facts.given(interest_cap=most, loan_amount=terms.financed)
    day = terms.contract_date
    lawful = narrow(in_force.rules, point, "interest_cap", most, known, day).amount
    assert isinstance(lawful, Money)
    return msgspec.structs.replace(terms, interest_cap=lawful)


def by_period(in_force: TermsInForce) -> InterestByPeriod | None:
    """How the schedule fixes interest by period; None where it is earned on what is owed."""
    interest = in_force.product.interest
    return interest if isinstance(interest, ScheduledInterest | PrecomputedInterest) else None


def principal_alone(count: int, in_force: TermsInForce) -> int:
    """How many payments at the start ask for no interest: never the last."""
    amortization = in_force.product.amortization
    deferred = amortization.installments if isinstance(amortization, InterestDeferred) else 0
    return min(deferred, count - 1)
