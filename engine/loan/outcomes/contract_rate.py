"""The rate a loan ought to bear: its contract's, agreed lower, in default, lawful, or paused."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.limits import Narrowed, narrow
from engine.compliance.rule import Point
from engine.interest.default_rate import default_rate_on
from engine.interest.interest_method import default_rate_of
from engine.loan.facts_on import facts_on
from engine.loan.loan import Loan
from engine.loan.outcomes.free_times import capped_on, paused_on
from engine.loan.outcomes.rate_path import decided_rates
from engine.loan.timeline import rate_in_force
from engine.trace import explained
from engine.values.rate import Rate

_NOTHING: Final = Rate(Fraction(0))


@explained
def contract_rate(loan: Loan, day: date, terms: TermsInForce) -> Rate:
    """The yearly rate the contract gives on a day: its plan's, or less where that was agreed since.

    In default it is the default rate. Where the rate follows the balance it is the highest.
    """
    rate = rate_without_default(loan, day, terms)
    default = default_rate_of(terms.product.interest)
    return default_rate_on(default, rate) if default and in_default(loan, day) else rate


def rate_without_default(loan: Loan, day: date, terms: TermsInForce) -> Rate:
    """The contract's rate as if the loan were not in default."""
    begun = [change for change in decided_rates(loan, terms) if change.on <= day]
    rate = begun[-1].rate if begun else loan.agreed.note_rate
    agreed = [changed for on, _, changed in loan.contract_rates[1:] if on <= day]
    return min(rate, agreed[-1]) if agreed else rate


def in_default(loan: Loan, day: date) -> bool:
    """Whether the default rate holds on a day."""
    begun = [holds for on, _, holds in loan.default_changes if on <= day]
    return bool(begun) and begun[-1]


@explained
def rate_to_be(loan: Loan, day: date, terms: TermsInForce) -> Narrowed:
    """The rate that ought to be in force on a day: nothing in a pause or once the cap is reached,
    else the lawful one."""
    if paused_on(loan, day) or capped_on(loan, day):
        return Narrowed(amount=_NOTHING)
    return lawful_rate(loan, day, terms)


@explained
def lawful_rate(loan: Loan, day: date, terms: TermsInForce) -> Narrowed:
    """The contract rate of the day, narrowed to what law allows for this borrower."""
    return _narrowed(loan, day, terms, contract_rate(loan, day, terms))


def rate_of_schedules(loan: Loan, day: date, terms: TermsInForce) -> Rate:
    """The rate in force, or what it would be without pause or default: installments go by it."""
    if not (paused_on(loan, day) or in_default(loan, day)):
        return rate_in_force(loan, day)
    lawful = _narrowed(loan, day, terms, rate_without_default(loan, day, terms)).amount
    assert isinstance(lawful, Rate)
    return lawful


def _narrowed(loan: Loan, day: date, terms: TermsInForce, contract: Rate) -> Narrowed:
    facts = facts_on(loan, day, terms).given(note_rate=contract, current_rate=contract)
    return narrow(terms.rules, Point.change_rate, "note_rate", contract, facts, day)
