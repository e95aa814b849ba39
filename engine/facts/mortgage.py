"""Facts of loans secured by a dwelling: price tests, high-cost terms, prepayment penalties."""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.facts.fact import FactType, fact
from engine.values.money import Money
from engine.values.rate import Rate


class MortgageFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What mortgage law asks beyond the loan itself; unknown for other loans."""

    first_lien: Annotated[bool | None, fact(FactType.flag, "The lien is the first one.")] = None
    jumbo: Annotated[
        bool | None, fact(FactType.flag, "The principal is above the conforming limit.")
    ] = None
    personal_property_dwelling: Annotated[
        bool | None, fact(FactType.flag, "The dwelling is personal property, not real estate.")
    ] = None
    owner_occupied: Annotated[
        bool | None, fact(FactType.flag, "The borrower lives in the dwelling.")
    ] = None
    average_prime_offer_rate: Annotated[
        Rate | None, fact(FactType.rate, "APOR of a comparable loan on the day the rate was set.")
    ] = None
    total_loan_amount: Annotated[
        Money | None, fact(FactType.money, "Total loan amount, 12 CFR 1026.32(b)(4).")
    ] = None
    points_and_fees: Annotated[
        Money | None, fact(FactType.money, "Points and fees, 12 CFR 1026.32(b)(1).")
    ] = None
    high_cost_mortgage: Annotated[
        bool | None, fact(FactType.flag, "A high-cost mortgage, 12 CFR 1026.32(a).")
    ] = None
    qualified_mortgage: Annotated[
        bool | None, fact(FactType.flag, "A qualified mortgage, 12 CFR 1026.43(e).")
    ] = None
    higher_priced: Annotated[
        bool | None, fact(FactType.flag, "A higher-priced mortgage loan, 12 CFR 1026.35(a).")
    ] = None
    fixed_rate: Annotated[
        bool | None, fact(FactType.flag, "The rate cannot increase after consummation.")
    ] = None
    has_prepayment_penalty: Annotated[
        bool | None, fact(FactType.flag, "The contract has a charge for paying early.")
    ] = None
    penalty_months: Annotated[
        int | None,
        fact(FactType.number, "Months after consummation in which a prepayment penalty may fall."),
    ] = None
    penalty_share: Annotated[
        Rate | None,
        fact(FactType.rate, "Highest prepayment penalty as a share of what is prepaid."),
    ] = None
    prepaid_amount: Annotated[
        Money | None, fact(FactType.money, "Principal paid ahead of schedule.")
    ] = None
    months_since_consummation: Annotated[
        int | None, fact(FactType.number, "Whole months since the contract date.")
    ] = None
    months_remaining: Annotated[
        int | None, fact(FactType.number, "Whole months from the day to the maturity date.")
    ] = None
    interest_in_advance: Annotated[
        bool | None, fact(FactType.flag, "Interest is paid in advance, at the start of a period.")
    ] = None
    contract_term: Annotated[
        str | None,
        fact(
            FactType.text,
            'A clause in question: "prepayment_penalty", "balloon", "negative_amortization", '
            '"default_rate_increase", "modification_fee" …',
        ),
    ] = None
    previous_rate: Annotated[
        Rate | None, fact(FactType.rate, "Rate before the change in question.")
    ] = None
    initial_rate: Annotated[Rate | None, fact(FactType.rate, "Rate at consummation.")] = None
    periodic_cap: Annotated[
        Rate | None, fact(FactType.rate, "Most the rate may move at one change, as agreed.")
    ] = None
    lifetime_cap: Annotated[
        Rate | None, fact(FactType.rate, "Most the rate may rise over the initial rate, as agreed.")
    ] = None
    original_value: Annotated[
        Money | None,
        fact(FactType.money, "Value of the property at consummation."),
    ] = None
    annual_escrow_disbursements: Annotated[
        Money | None, fact(FactType.money, "What the escrow account pays out in a year.")
    ] = None
    escrow_cushion: Annotated[
        Money | None, fact(FactType.money, "Reserve kept in the escrow account.")
    ] = None
    escrow_surplus: Annotated[
        Money | None, fact(FactType.money, "Surplus found by an escrow analysis.")
    ] = None
    escrow_shortage: Annotated[
        Money | None, fact(FactType.money, "Shortage found by an escrow analysis.")
    ] = None
    escrow_payment: Annotated[Money | None, fact(FactType.money, "Monthly escrow payment.")] = None
    shortage_months: Annotated[
        int | None, fact(FactType.number, "Installments over which a shortage is to be repaid.")
    ] = None
