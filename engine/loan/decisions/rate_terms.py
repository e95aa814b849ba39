"""What a contract keeps of its product's rate plan: bands of the balance, the index of its day."""

from __future__ import annotations

from datetime import date

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import refuse
from engine.interest.interest_method import rate_plan_of
from engine.interest.period_interest import PayoffInterest
from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.index_values import index_value_for
from engine.interest.rate_plan.tiered_by_balance import TieredByBalance
from engine.interest.simple_interest import SimpleInterest
from engine.values.rate import Rate


def rate_bands(in_force: TermsInForce) -> TieredByBalance | None:
    """Bands of the balance with their rates, where the product's rate follows the balance."""
    plan = rate_plan_of(in_force.product.interest)
    return plan if isinstance(plan, TieredByBalance) else None


def index_value(contract_date: date, in_force: TermsInForce) -> Rate | None:
    """The index on the contract date, where the rate follows one; refused while it is not known."""
    plan = rate_plan_of(in_force.product.interest)
    if not isinstance(plan, IndexLinked):
        return None
    found = index_value_for(plan, contract_date, in_force.indexes.get(plan.index, ()))
    if found is None:
        raise refuse(
            "index_value_missing",
            f"No value of {plan.index} is known that a contract of {contract_date} could disclose; "
            "publish one.",
            path="/terms/contract_date",
        )
    return found.value


def is_variable(in_force: TermsInForce) -> bool:
    """Whether the rate may move by an index (12 CFR 1026.18(f))."""
    return isinstance(rate_plan_of(in_force.product.interest), IndexLinked)


def whole_period_at_payoff(in_force: TermsInForce) -> bool:
    """Whether a payoff owes interest to the end of the period under way, earned day by day."""
    method = in_force.product.interest
    return isinstance(method, SimpleInterest) and method.payoff is PayoffInterest.whole_period


def compounded_per_year(in_force: TermsInForce) -> int | None:
    """How often the rates of the contract compound, where interest is earned day by day."""
    method = in_force.product.interest
    return method.compounded_per_year if isinstance(method, SimpleInterest) else None
