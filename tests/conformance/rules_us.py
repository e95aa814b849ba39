"""Vectors of US consumer law outside mortgages, each asked of our rules in our facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from tests.conformance.rules_asked import Not, Told, allowed, bound, federal, holds, level_apr

F: Final = "us.federal."


def day(text: str) -> date:
    return date.fromisoformat(text)


def bad_pyramid(told: Told) -> str:
    """Paid the whole installment in time, but for an earlier late fee taken out of it."""
    in_time = told["days_late"] <= told["grace_days"]
    full = told["payment_amount"] >= told["periodic_payment"]
    took = told.get("prior_unpaid_late_fee", 0) if in_time and full else 0
    unpaid = took if in_time and full else max(told["periodic_payment"] - told["payment_amount"], 1)
    return allowed(
        F + "credit_practices.no_late_fee_pyramiding",
        fee_kind="late_fee",
        installment_unpaid=unpaid,
        late_fees_paid_since_due=took,
    )


def service_member(told: Told) -> Told:
    on, began, ended = (day(told[name]) for name in ("on", "service_start", "service_end"))
    if told.get("secured_by_mortgage"):
        ended = date(ended.year + 1, ended.month, ended.day)
    noticed = (day(told["notice"]) - day(told["service_end"])).days <= 180
    lawful = bound(
        F + "scra.six_percent_cap",
        on,
        in_military_service=began <= on <= ended and noticed,
        obligation_predates_service=day(told["incurred"]) < began,
    )
    rate = Fraction(str(told["rate"]))
    applied = min(rate, lawful) if lawful is not None else rate
    forgiven = Fraction(str(told["balance"])) * (rate - applied) / 1200
    return {
        "applied_rate": applied,
        "forgiven_month": forgiven,
        "payment": Fraction(str(told["payment"])) - forgiven,
    }


def calls(told: Told) -> str:
    on = day(told["call_date"])
    week = [c for c in told["prior_calls"] if timedelta(0) <= on - day(c) < timedelta(7)]
    talks = [(on - day(talk)).days for talk in told["conversations"] if day(talk) <= on]
    return allowed(
        F + "debt_collection.call_frequency",
        third_party_collector=True,
        calls_last_7_days=len(week),
        days_since_conversation=min(talks, default=999),
    )


def minutes(clock: str) -> int:
    hours, rest = clock.split(":")[:2]
    return 60 * int(hours) + int(rest)


def validation(told: Told) -> Told:
    calendar = federal()
    received = bound(
        F + "debt_collection.validation_receipt",
        lowest=True,
        calendar=calendar,
        notice_sent_on=told["sent"],
    )
    ends = bound(F + "debt_collection.validation_period", lowest=True, acknowledged_on=received)
    return {"assumed_receipt": received, "validation_period_end": ends}


def failed_in_a_row(attempts: list[str]) -> int:
    count = 0
    for attempt in attempts:
        count = count + 1 if attempt.startswith("fail") else 0
    return count


def payday_alternative(told: Told) -> str:
    program = "one" if told["type"].strip().endswith(" I") else "two"
    return allowed(
        f"{F}credit_unions.payday_alternative_{program}",
        product_family=f"payday_alternative_{program}",
        loan_amount=told["amount"],
        term_months=told["term_months"],
        apr=told["apr"],
        origination_fees=told["app_fee"],
        loans_last_6_months=told["pals_last_6_months"],
        has_open_loan=told["has_open_pal"],
        rollover=told["rollover"],
        membership_months=told["membership_months"],
    )


def notice_window(told: Told) -> list[Any]:
    rule = F + "payday_lending.withdrawal_notice"
    transfer = told["transfer_date"]
    return [bound(rule, lowest=low, happening_on=transfer) for low in (True, False)]


def military(told: Told) -> Told:
    """MAPR of a level stream, all charges as finance charge (32 CFR 232.4(c)(2)(i))."""
    fees = Fraction(str(told.get("fees", 0)))
    advanced = Fraction(str(told["amount_to_borrower"])) - fees
    apr = level_apr(advanced, Fraction(str(told["payment"])), told["n"])
    verdict = allowed(
        F + "military_lending_act.mapr_cap",
        covered_borrower=told["covered_borrower"],
        mla_exempt=False,
        military_apr=apr,
    )
    return {"mapr": round(apr, 2), "verdict": verdict}


def reg_b(told: Told) -> Told:
    opportunity = F + "equal_credit_opportunity."
    received, sent = told["completed_application"], told["counteroffer"]
    return {
        "action": bound(
            opportunity + "action_taken", request_kind="application", request_received_on=received
        ),
        "counteroffer": bound(
            opportunity + "counteroffer", request_kind="counteroffer", notice_sent_on=sent
        ),
    }


def credit_balance(told: Told) -> str:
    return allowed(
        F + "truth_in_lending.credit_balance",
        "hold",
        Not("hold"),
        credit_balance=told["credit_balance"],
        months_held=told["months_held"],
        refund_requested=told["written_request"],
    )


def return_rates(told: Told) -> Told:
    """Whether each share of returns is above its level."""
    shares = {"unauthorized": "unauth", "administrative": "admin", "all": "total"}
    above = {
        name: not holds(
            f"us.industry.nacha.{name}_returns",
            **{f"{name}_returns": Fraction(100 * told[count], told["debits_60d"])},
        )
        for name, count in shares.items()
    }
    return {"overall": above.pop("all"), **above}


US: Final[dict[str, Callable[[Told], Any]]] = {
    "US-MLA-36": military,
    "US-MLA-TERMS": lambda t: allowed(
        F + "military_lending_act.prohibited_terms",
        covered_borrower=t["covered_borrower"],
        mla_exempt=False,
        has_prepayment_penalty=t["has_prepayment_penalty"],
        has_arbitration_clause=t["has_arbitration"],
    ),
    "US-MLA-DISC": lambda t: allowed(
        F + "military_lending_act.mapr_statement",
        covered_borrower=t["covered_borrower"],
        mla_exempt=False,
        mapr_statement_delivered=t["mapr_statement_delivered"],
    ),
    "US-SCRA-6": service_member,
    "US-FTC-PYRAMID": bad_pyramid,
    "US-Z-CREDIT-BAL": credit_balance,
    "US-R78-61": lambda t: allowed(
        F + "rule_of_78.ban_over_61_months",
        term_months=t["term_months"],
        refund_method="rule_of_78" if "78" in t["refund_method"] else t["refund_method"],
    ),
    "US-B-AAN": reg_b,
    "US-B-REASONS": lambda t: bound(
        F + "equal_credit_opportunity.reasons",
        request_kind="reasons",
        notice_sent_on=t["notice_sent"],
        request_received_on=t["request_received"],
    ),
    "US-FCRA-DISPUTE": lambda t: bound(
        F + "credit_reporting.dispute",
        request_kind="dispute",
        request_received_on=t["dispute_received"],
        additional_information=t["additional_info"],
    ),
    "US-FCRA-DOFD": lambda t: bound(
        F + "credit_reporting.date_of_first_delinquency", happening_on=t["reported"]
    ),
    "US-FCRA-NEG": lambda t: bound(
        F + "credit_reporting.negative_information_notice", happening_on=t["furnished"]
    ),
    "US-FCRA-7Y": lambda t: bound(
        F + "credit_reporting.obsolescence", first_delinquency_on=t["dofd"]
    ),
    "US-CHARGEOFF": lambda t: allowed(
        F + "retail_credit_classification.charge_off",
        "hold",
        Not("hold"),
        dwelling_secured=False,
        creditor_type="bank",
        charged_off=False,
        open_end=t["type"] == "open_end",
        days_past_due=t["days_past_due"],
    ),
    "US-NACHA-RATES": return_rates,
    "US-F-777": calls,
    "US-F-TIME": lambda t: allowed(
        F + "debt_collection.inconvenient_times", local_minutes=minutes(t["local_time"])
    ),
    "US-F-VALID": validation,
    "US-FDCPA-CEASE": lambda t: allowed(
        F + "debt_collection.cease_communication",
        cease_requested=t["cease_request"],
        has_attorney=t["attorney"],
        contact_purpose=t["purpose"],
    ),
    "US-TCPA-REVOKE": lambda t: bound(
        F + "telephone_consumer_protection.revocation", consent_revoked_on=t["revoked"]
    ),
    "US-BK-STAY": lambda t: allowed(
        F + "bankruptcy.automatic_stay",
        in_bankruptcy=t["petition_filed"] and not t["stay_lifted"],
    ),
    "US-PAYDAY-2": lambda t: allowed(
        F + "payday_lending.failed_withdrawals",
        failed_withdrawals=failed_in_a_row(t["attempts"]),
        new_authorization=t["new_authorization"],
    ),
    "US-PAYDAY-NOTICE": notice_window,
    "US-NCUA-18": lambda t: allowed(
        F + "credit_unions.loan_rate",
        day=day(t["date"]),
        creditor_type="federal_credit_union",
        apr=t["rate"],
    ),
    "US-NCUA-PAL": payday_alternative,
    "US-E-COMPULSORY": lambda t: allowed(
        F + "electronic_funds.no_compulsory_use", autopay_required=t["autopay_required"]
    ),
    "US-E-VARY": lambda t: bound(
        F + "electronic_funds.varying_amount", happening_on=t["transfer_date"]
    ),
    "US-GLBA-OPTOUT": lambda t: allowed(
        F + "privacy.opt_out_period",
        notice_sent_on=t["notice_sent"],
        happening_on=t["share_date"],
        opted_out=t["opted_out"],
    ),
    "US-1099C": lambda t: (
        Not("file")
        if not t["identifiable_event"]
        else allowed(F + "tax.form_1099_c", Not("file"), "file", canceled_debt=t["cancelled"])
    ),
    "US-NACHA-RETRY": lambda t: allowed(
        "us.industry.nacha.reinitiation",
        return_code=t["return_code"],
        reinitiations=t["reinitiations"],
        days_since_original_entry=t["days_since_original"],
    ),
}
"""Id of a published rule → how our rules answer its vectors."""
