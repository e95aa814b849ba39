"""Vectors of disclosure tolerances and of law outside the US, asked of our rules in our facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, Final

from engine.interest.accrual import per_diem
from engine.values.day_count import DayCount
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_exact
from tests.conformance.rules_asked import Not, Told, allowed, bound, holds, level_apr

TILA: Final = "us.federal.truth_in_lending."
AU: Final = "au.credit_code."
ZA: Final = "za.national_credit_act."


def interest(principal: Any, percent: Any, start: str, end: str) -> Fraction:
    """Simple interest from a day to a day on actual/365."""
    rate = Rate(Fraction(str(percent)) / 100)
    money = Money(round(Fraction(str(principal)) * 100))
    begun, ended = date.fromisoformat(start), date.fromisoformat(end)
    earned = per_diem(money, rate, DayCount.actual_365, begun) * (ended - begun).days
    return Fraction(round_exact(earned, Rounding.half_up).minor, 100)


def high_cost_short_term(told: Told) -> Told:
    loan = {
        "product_family": "payday",
        "loan_amount": told["amount"],
        "term_days": told["days"],
        "interest_and_fees": told["interest_and_fees"],
        "default_costs": told["default_fees"],
    }
    initial = bound("uk.conc.initial_cost_cap", **loan)
    # Interest on default counts towards the total, not towards the 15 pounds of fees.
    default_costs = Fraction(str(told["default_fees"])) + Fraction(str(told["default_interest"]))
    total_held = holds("uk.conc.total_cost_cap", **{**loan, "default_costs": default_costs})
    good = (
        Fraction(str(told["interest_and_fees"])) <= initial
        and holds("uk.conc.default_cap", **loan)
        and total_held
    )
    total = Fraction(str(told["amount"]))
    return {"initial_cap": initial, "total_cap": total, "verdict": "ok" if good else "block"}


def withdrawal(told: Told) -> Told:
    concluded = date.fromisoformat(told["concluded"])
    last = date.fromordinal(concluded.toordinal() + 14)
    rule = "eu.consumer_credit.withdrawal"
    assert holds(rule, contract_date=concluded, withdraw_by=last)
    open_ = holds(rule, contract_date=concluded, withdraw_by=told["notified"])
    earned = interest(told["amount"], told["rate"], told["drawn"], told["repaid"])
    return {"last_day": last, "allowed": open_, "interest": earned}


def small_amount(told: Told) -> Told:
    loan = {"loan_amount": told["adjusted_credit"], "refinance": told["refinance"]}
    establishment = bound(
        AU + "small_amount_establishment_fee", fee_kind="establishment_fee", **loan
    )
    return {
        "max_establishment": establishment,
        "max_monthly": bound(AU + "small_amount_monthly_fee", **{**loan, "monthly_fee": 0}),
        "max_recoverable_on_default": bound(
            AU + "small_amount_default_cap", **{**loan, "total_recoverable": 0}
        ),
    }


def documents(told: Told) -> Fraction:
    """5,000 rupees for each day after the one the rule allows."""
    due = bound(
        "in.property_documents.release",
        paid_off_on=told["closed"],
        documents_returned_on=told["returned"],
    )
    late = (date.fromisoformat(told["returned"]) - due).days
    return Fraction(5000 * max(0, late))


def from_disbursement(told: Told) -> Fraction:
    start = bound(
        "in.fair_lending.interest_from_disbursement",
        lowest=True,
        disbursed_on=told["disbursed"],
        interest_from=told["sanctioned"],
    )
    return interest(told["principal"], told["rate"], start.isoformat(), told["month_end"])


def south_africa(told: Told) -> Told:
    loan = {"product_family": told["type"], "loan_amount": told["amount"]}
    return {
        "max_rate": bound(ZA + "interest_cap", **loan, index_rate=told["repo"]),
        "max_initiation": bound(ZA + "initiation_fee", fee_kind="initiation_fee", **loan),
    }


def key_facts(told: Told) -> Fraction:
    """APR of equated monthly installments with the fees taken from the proceeds."""
    amount, rate = Fraction(str(told["amount"])), Fraction(str(told["rate"])) / 1200
    growth = (1 + rate) ** told["n"]
    payment = round(amount * rate * growth / (growth - 1), 2)
    return round(level_apr(amount - Fraction(str(told["fees"])), payment, told["n"]), 2)


def kenya(told: Told) -> Any:
    costs = {
        "principal_at_default": told["principal_at_npl"],
        "interest_and_fees": told["interest_after_npl"],
        "default_costs": told["expenses"],
    }
    return bound("ke.banking_act.in_duplum", **costs)


WORLD: Final[dict[str, Callable[[Told], Any]]] = {
    "US-Z-COVER": lambda t: holds(
        TILA + "scope",
        dwelling_secured=t["real_property"],
        purpose="private_education" if t["private_education"] else "personal",
        loan_amount=t["amount"],
    ),
    "US-Z-APR-TOL": lambda t: allowed(
        TILA + "apr_accuracy",
        "accurate",
        Not("accurate"),
        disclosed_apr=t["disclosed_apr"],
        apr=t["actual_apr"],
        irregular_transaction=t["irregular"],
    ),
    "US-Z-FC-TOL": lambda t: holds(
        TILA + "finance_charge_accuracy",
        dwelling_secured=False,
        disclosed_finance_charge=t["disclosed"],
        finance_charge=t["actual"],
        amount_financed=t["amount_financed"],
    ),
    "UK-HCSTC": high_cost_short_term,
    "EU-CCD-EARLY": lambda t: bound(
        "eu.consumer_credit.early_repayment",
        fee_kind="prepayment_fee",
        prepaid_amount=t["repaid_early"],
        months_remaining=t["months_remaining"],
        interest_otherwise_payable=t["interest_otherwise"],
        in_fixed_rate_period=t["fixed_rate_period"],
    ),
    "EU-CCD-WITHDRAW": withdrawal,
    "EU-CCD2-SCOPE": lambda t: (
        not t["secured_by_immovable"]
        and holds(
            "eu.consumer_credit.scope",
            day=date(2026, 12, 1),
            dwelling_secured=False,
            loan_amount=t["amount"],
        )
    ),
    "AU-SACC": small_amount,
    "AU-48": lambda t: allowed(
        AU + "annual_cost_rate", creditor_type="licensed_lender", apr=t["annual_cost_rate"]
    ),
    "AU-SACC-PEA": lambda t: allowed(
        AU + "protected_earnings",
        repayments_per_period=t["repayments"],
        net_income_per_period=t["net_income"],
    ),
    "IN-PENAL": lambda t: bound("in.fair_lending.penal_charges", fee_kind="penal_charge"),
    "IN-FORECLOSE": lambda t: (
        "allow"
        if bound(
            "in.prepayment.floating_rate",
            fee_kind="prepayment_fee",
            floating_rate=t["floating"],
            individual_borrower=t["individual"],
            purpose="business" if t["business"] else "home",
            contract_date=t["sanctioned"],
        )
        is None
        else "block"
    ),
    "IN-KFS": key_facts,
    "IN-COOLING": lambda t: allowed(
        "in.digital_lending.cooling_off", "ok", Not("ok"), cooling_off_days=t["cooling_off_days"]
    ),
    "IN-DOCS": documents,
    "IN-INTEREST-START": from_disbursement,
    "ZA-NCA-RATE": south_africa,
    "ZA-INDUPLUM": lambda t: min(
        Fraction(str(t["new_cost"])),
        bound(
            ZA + "in_duplum",
            principal_at_default=t["principal_at_default"],
            default_costs=t["accrued_costs"],
        ),
    ),
    "KE-INDUPLUM": kenya,
    "PH-BSP1133": lambda t: allowed(
        "ph.small_value_loans.cost_caps",
        loan_amount=t["amount"],
        term_months=4,
        monthly_rate=t["nominal_month"],
        effective_monthly_rate=t["eir_month"],
        interest_and_fees=t["total_cost"],
    ),
}
"""Id of a published rule → how our rules answer its vectors."""
