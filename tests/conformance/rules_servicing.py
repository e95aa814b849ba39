"""Vectors of US mortgage servicing and escrow law, each asked of our rules in our facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, Final

from tests.conformance.rules_asked import Not, Told, allowed, bound, outcome

F: Final = "us.federal."
TILA: Final = F + "truth_in_lending."
SERVICING: Final = F + "mortgage_servicing."
HOME: Final[Told] = {"dwelling_secured": True}


def statements(told: Told) -> Told:
    exempt = outcome(
        TILA + "small_servicer_statements",
        **HOME,
        fixed_rate=True,
        loans_serviced=told["loans_serviced"],
        owns_all_serviced=told["owns_or_originated_all"],
    )
    box = outcome(TILA + "delinquency_box", **HOME, days_past_due=told["days_delinquent"])
    return {"exempt": exempt == "pass", "delinquency_box": box == "warn"}


def variable_rate(told: Told) -> Any:
    """The rate of index and margin, moved no further than the caps."""
    asked = {
        **HOME,
        "previous_rate": told["prev"],
        "initial_rate": told["initial"],
        "periodic_cap": told["periodic"],
        "lifetime_cap": told["life"],
    }
    name = TILA + "variable_rate_caps"
    full = Fraction(str(told["index"])) + Fraction(str(told["margin"]))
    return min(max(full, bound(name, lowest=True, **asked)), bound(name, **asked))


def mortgage_insurance(told: Told) -> Told:
    rule = F + "homeowners_protection."
    asked = {**HOME, "original_value": told["original_value"], "term_months": told["term_months"]}
    return {
        "request_balance": bound(rule + "borrower_request", lowest=True, **asked),
        "auto_balance": bound(rule + "automatic_termination", lowest=True, **asked),
        "final_month": bound(rule + "final_termination", **asked),
    }


def clocks(told: Told) -> Told:
    """Acknowledgment and answer of a notice of error."""
    asked = {**HOME, "request_received_on": told["received"], "request_kind": told["type"]}
    return {
        "ack": bound(SERVICING + "error_acknowledged", **asked),
        "respond": bound(SERVICING + "error_answered", **asked),
    }


def loss_mitigation(told: Told) -> Told:
    return {
        "ack": bound(
            SERVICING + "loss_mitigation_acknowledged",
            **HOME,
            request_received_on=told["application_received"],
        ),
        "decision": bound(
            SERVICING + "loss_mitigation_decision",
            **HOME,
            request_kind="complete_application",
            request_received_on=told["complete_date"],
        ),
    }


def early_intervention(told: Told) -> Told:
    due = {**HOME, "installment_due_date": told["due_date"]}
    return {
        "live": bound(SERVICING + "live_contact", **due),
        "written": bound(SERVICING + "written_notice", **due),
    }


def surplus(told: Told) -> str:
    due = bound(
        F + "escrow.surplus",
        **HOME,
        escrow_surplus=told["surplus"],
        days_past_due=0 if told["current"] else 31,
        happening_on=told["analysis_date"],
    )
    return f"refund by {due}" if due else Not("refund")


SERVICED: Final[dict[str, Callable[[Told], Any]]] = {
    "US-Z-STMT": statements,
    "US-Z-ARM-CAP": variable_rate,
    "US-HPA-PMI": mortgage_insurance,
    "US-X-EARLY": early_intervention,
    "US-X-FCL": lambda t: allowed(
        SERVICING + "foreclosure_referral",
        **HOME,
        days_past_due=t["days_delinquent"],
        application_pending=t["complete_application_pending"],
    ),
    "US-X-LOSSMIT": loss_mitigation,
    "US-X-NOE": clocks,
    "US-X-FPI": lambda t: allowed(
        SERVICING + "force_placed_insurance",
        **HOME,
        fee_kind="force_placed_insurance",
        notice_sent_on=t["first_notice"],
        reminder_sent_on=t["reminder"],
        happening_on=t["charge_date"],
    ),
    "US-X-TRANSFER": lambda t: allowed(
        SERVICING + "transfer_shield",
        day=date.fromisoformat(t["on"]),
        **HOME,
        fee_kind="late_fee",
        paid_old_servicer_on_time=t["payment_received_by_old_on_time"],
        happening_on=t["effective"],
    ),
    "US-X-ESCROW-CUSHION": lambda t: min(
        Fraction(str(t["cushion"])),
        bound(F + "escrow.cushion", **HOME, annual_escrow_disbursements=t["annual_disbursements"]),
    ),
    "US-X-ESCROW-SURPLUS": surplus,
    "US-X-ESCROW-SHORT": lambda t: allowed(
        F + "escrow.shortage",
        **HOME,
        escrow_shortage=t["shortage"],
        escrow_payment=t["monthly_payment"],
        shortage_months=t["plan_months"],
    ),
    "US-X-ESCROW-PAYOFF": lambda t: bound(
        F + "escrow.refund_at_payoff", **HOME, paid_off_on=t["paid"]
    ),
    "US-1098": lambda t: allowed(
        F + "tax.form_1098",
        Not("file"),
        "file",
        **HOME,
        individual_borrower=t["payer_is_individual"],
        interest_received=t["interest_received"],
    ),
}
"""Id of a published rule → how our rules answer its vectors."""
