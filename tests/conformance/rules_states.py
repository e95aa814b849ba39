"""Vectors of the law of US states, each asked of our rules in our facts."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from tests.conformance.rules_asked import Told, allowed, bound, holds

CA: Final = "us.states.california."
NY: Final = "us.states.new_york."
HOME: Final[Told] = {"dwelling_secured": True}


def usury(told: Told) -> str:
    asked = {
        "creditor_type": "bank" if told["licensed_or_bank"] else "unlicensed_lender",
        "loan_amount": told["amount"],
        "note_rate": told["rate"],
    }
    both = (NY + "usury.civil", NY + "usury.criminal")
    return "allow" if all(holds(name, **asked) for name in both) else "block"


def financing_law(told: Told) -> str:
    """The federal funds rate is a dated figure of the rule; the vector brings its own."""
    return allowed(
        CA + "financing_law.rate_cap",
        loan_amount=told["amount"],
        creditor_type="licensed_lender",
        note_rate=Fraction(str(told["rate"])) - Fraction(str(told["fed_funds"])),
    )


def florida(told: Told) -> Told:
    blended = bound(
        "us.states.florida.consumer_finance.rate_cap",
        creditor_type="licensed_lender",
        dwelling_secured=False,
        loan_amount=told["principal"],
    )
    interest = round(Fraction(str(told["principal"])) * blended / 1200, 2)
    return {"first_month_interest": interest, "blended": round(blended, 4)}


def colorado(told: Told) -> Fraction:
    rate = bound(
        "us.states.colorado.consumer_credit_code.supervised_loans",
        creditor_type="supervised_lender",
        loan_amount=told["amount"],
    )
    return round(Fraction(str(told["amount"])) * rate / 100, 2)


def new_york(told: Told) -> Any:
    return bound(
        "us.states.new_york.real_property.late_charge",
        **HOME,
        fee_kind="late_fee",
        days_since_due=told["days_late"],
        installment_unpaid=told["instalment"],
    )


def california(name: str, **more: Any) -> Callable[[Told], Any]:
    return lambda told: bound(
        f"us.states.california.mortgage.{name}",
        **HOME,
        fee_kind="late_fee",
        days_since_due=told["days_late"],
        installment_amount=told["principal_and_interest"],
        **more,
    )


STATES: Final[dict[str, Callable[[Told], Any]]] = {
    "NY-USURY": usury,
    "CA-CFL-36": financing_law,
    "CA-CFL-SMALL": lambda t: allowed(
        CA + "financing_law.small_loan_rate",
        loan_amount=t["amount"],
        monthly_rate=t["monthly_rate"],
    ),
    "CA-CFL-ADMIN": lambda t: bound(
        CA + "financing_law.administrative_fee",
        fee_kind="administrative_fee",
        loan_amount=t["amount"],
        months_since_last_fee=t["months_since_last_fee"],
    ),
    "CA-DDT": lambda t: allowed(
        CA + "deferred_deposit.fee",
        product_family="payday",
        loan_amount=t["face"],
        origination_fees=t["fee"],
    ),
    "IL-PLPA": lambda t: allowed(
        "us.states.illinois.predatory_loan_prevention.mapr_cap",
        creditor_type="licensed_lender",
        purpose="personal",
        military_apr=t["mapr"],
    ),
    "FL-CFA": florida,
    "CO-UCCC": colorado,
    "NY-LATE": new_york,
    "CA-LATE": california("late_charge", owner_occupied=True),
    "CA-LATE-BPC": california("broker_late_charge", creditor_type="broker_arranged"),
}
"""Id of a published rule → how our rules answer its vectors."""
