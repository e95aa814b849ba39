"""Vectors of US mortgage law, each asked of our rules in our facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, Final

from tests.conformance.rules_asked import Not, Told, allowed, bound, federal, outcome

F: Final = "us.federal."
TILA: Final = F + "truth_in_lending."
HIGH: Final = F + "high_cost_mortgages."
HOME: Final[Told] = {"dwelling_secured": True}
EVERY_DAY_BUT_SUNDAY: Final = frozenset({6})


def pyramid(told: Told) -> str:
    in_time = told["days_late"] <= told["grace_days"]
    full = told["payment_amount"] >= told["periodic_payment"]
    took = told["prior_unpaid_late_fee"] if in_time and full else 0
    unpaid = took if in_time and full else max(told["periodic_payment"] - told["payment_amount"], 1)
    return allowed(
        TILA + "no_late_fee_pyramiding",
        **HOME,
        fee_kind="late_fee",
        installment_unpaid=unpaid,
        late_fees_paid_since_due=took,
    )


def prompt(told: Told) -> Any:
    return bound(
        TILA + "prompt_crediting",
        **HOME,
        payment_conforms=True,
        payment_amount=told["amount"],
        installment_amount=told["principal_interest_escrow"],
        received_on=told["received_date"],
    )


def high_cost_payoff(told: Told) -> Told:
    asked = {**HOME, "high_cost_mortgage": True}
    fee = outcome(
        HIGH + "payoff_statement_fee",
        **asked,
        fee_kind="payoff_statement_fee",
        statements_this_year=told["statements_this_year"],
    )
    due = bound(HIGH + "payoff_statement", **asked, request_received_on=told["request_received"])
    return {"deadline": due, "fee_allowed": fee == "pass"}


def window(name: str) -> Callable[[Told], list[Any]]:
    def both(told: Told) -> list[Any]:
        due = told["first_new_payment_due"]
        return [bound(name, lowest=low, **HOME, happening_on=due) for low in (True, False)]

    return both


def points_and_fees(told: Told) -> Told:
    limit = bound(
        HIGH + "points_and_fees",
        **HOME,
        loan_amount=told["loan_amount"],
        total_loan_amount=told["total_loan_amount"],
    )
    above = Fraction(str(told["points_and_fees"])) > limit
    return {"limit": limit, "verdict": "high-cost" if above else "not"}


def high_cost_late_fee(told: Told) -> Any:
    return bound(
        HIGH + "late_fee",
        **HOME,
        high_cost_mortgage=True,
        fee_kind="late_fee",
        installment_unpaid=told["past_due"],
        days_since_due=told["days_after_due"],
        interest_in_advance=told["interest_in_advance"],
        late_fees_on_installment=1 if told["already_charged"] else 0,
    )


def rescission(told: Told) -> Told:
    earliest = bound(
        TILA + "rescission",
        lowest=True,
        calendar=federal(EVERY_DAY_BUT_SUNDAY),
        **HOME,
        owner_occupied=True,
        contract_date=told["consummation"],
        notice_sent_on=told["notice"],
        disclosures_delivered_on=told["disclosures"],
    )
    return {
        "rescind_until": date.fromordinal(earliest.toordinal() - 1),
        "earliest_disbursement": earliest,
    }


def integrated(told: Told) -> Told:
    precise = federal(EVERY_DAY_BUT_SUNDAY)
    after = TILA + "consummation_after_"
    return {
        "le_deadline": bound(
            TILA + "loan_estimate", **HOME, request_received_on=told["application"]
        ),
        "earliest_by_le": bound(
            after + "loan_estimate",
            lowest=True,
            calendar=precise,
            **HOME,
            notice_sent_on=told["le_sent"],
        ),
        "earliest_by_cd": bound(
            after + "closing_disclosure",
            lowest=True,
            calendar=precise,
            **HOME,
            disclosures_delivered_on=told["cd_received"],
        ),
    }


MORTGAGE: Final[dict[str, Callable[[Told], Any]]] = {
    "US-Z-PYRAMID": pyramid,
    "US-Z-PROMPT": prompt,
    "US-Z-NONCONF": lambda t: bound(
        TILA + "nonconforming_payments",
        **HOME,
        payment_conforms=t["conforms"],
        received_on=t["received_date"],
    ),
    "US-Z-PAYOFF": lambda t: bound(
        TILA + "payoff_statement", **HOME, request_received_on=t["request_received"]
    ),
    "US-Z-PAYOFF-HOEPA": high_cost_payoff,
    "US-Z-ARM-C": window(TILA + "rate_change_notice"),
    "US-Z-ARM-D": window(TILA + "initial_rate_change_notice"),
    "US-HOEPA-APR": lambda t: allowed(
        HIGH + "apr_threshold",
        "not",
        "high-cost",
        **HOME,
        apr=t["apr"],
        average_prime_offer_rate=t["apor"],
        first_lien=t["first_lien"],
        personal_property_dwelling=t["personal_property"],
        loan_amount=t["loan_amount"],
    ),
    "US-HOEPA-PF": points_and_fees,
    "US-HOEPA-PPP": lambda t: allowed(
        HIGH + "prepayment_penalty",
        "not",
        "high-cost",
        **HOME,
        has_prepayment_penalty=True,
        penalty_months=t["penalty_months"],
        penalty_share=t["penalty_pct"],
    ),
    "US-HOEPA-LATE": high_cost_late_fee,
    "US-HOEPA-BAN": lambda t: allowed(
        HIGH + "prohibited_terms",
        **HOME,
        high_cost_mortgage=t["is_high_cost"],
        contract_term=t["term"].replace("isation", "ization"),
    ),
    "US-QM-PF": lambda t: bound(
        F + "qualified_mortgages.points_and_fees", **HOME, total_loan_amount=t["total_loan_amount"]
    ),
    "US-QM-PRICE": lambda t: allowed(
        F + "qualified_mortgages.price",
        "QM",
        Not("QM"),
        **HOME,
        apr=t["apr"],
        average_prime_offer_rate=t["apor"],
        loan_amount=t["loan_amount"],
        first_lien=t["first_lien"],
    ),
    "US-QM-PPP": lambda t: bound(
        F + "qualified_mortgages.prepayment_penalty",
        **HOME,
        fee_kind="prepayment_fee",
        fixed_rate=t["fixed_rate"],
        qualified_mortgage=t["qm"],
        higher_priced=t["higher_priced"],
        months_since_consummation=t["months_since_consummation"],
        prepaid_amount=t["amount_prepaid"],
    ),
    "US-Z-PPP-INT": lambda t: (
        Fraction(str(t["interest_charged"]))
        - min(
            Fraction(str(t["interest_charged"])),
            bound(TILA + "interest_after_payoff", **HOME, accrued_interest=t["interest_earned"]),
        )
    ),
    "US-HPML": lambda t: allowed(
        TILA + "higher_priced_mortgage",
        Not("HPML"),
        "HPML",
        **HOME,
        apr=t["apr"],
        average_prime_offer_rate=t["apor"],
        first_lien=t["lien"] == "first",
        jumbo=t["jumbo"],
    ),
    "US-HPML-APPR": lambda t: allowed(
        TILA + "higher_priced_appraisal",
        "exempt",
        Not("exempt"),
        **HOME,
        higher_priced=True,
        loan_amount=t["loan_amount"],
    ),
    "US-Z-RESC": rescission,
    "US-TRID-TIMING": integrated,
}
"""Id of a published rule → how our rules answer its vectors."""
