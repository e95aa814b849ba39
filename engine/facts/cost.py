"""Facts of what a loan costs where law caps the cost: periods, totals, indexes, small loans."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from engine.facts.fact import FactType, fact
from engine.values.money import Money
from engine.values.rate import Rate


class CostFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Costs and terms that caps of small-loan and consumer credit law look at."""

    monthly_rate: Annotated[
        Rate | None, fact(FactType.rate, "Interest of one month on the unpaid principal.")
    ] = None
    effective_monthly_rate: Annotated[
        Rate | None, fact(FactType.rate, "Interest and all fees of one month, as a rate.")
    ] = None
    index_rate: Annotated[
        Rate | None, fact(FactType.rate, "The index a cap rests on: federal funds, repo rate.")
    ] = None
    interest_cap: Annotated[
        Money | None, fact(FactType.money, "Most interest the loan may earn over its life.")
    ] = None
    yearly_interest: Annotated[
        Money | None,
        fact(FactType.money, "Interest of one year on the loan amount as if none were repaid."),
    ] = None
    interest_and_fees: Annotated[
        Money | None, fact(FactType.money, "Interest and fees charged so far, default costs apart.")
    ] = None
    default_costs: Annotated[
        Money | None,
        fact(FactType.money, "Costs charged since default: fees, interest, collection."),
    ] = None
    principal_at_default: Annotated[
        Money | None, fact(FactType.money, "Unpaid principal on the day the default began.")
    ] = None
    monthly_fee: Annotated[Money | None, fact(FactType.money, "Fee charged each month.")] = None
    total_recoverable: Annotated[
        Money | None, fact(FactType.money, "All that may be recovered of the borrower.")
    ] = None
    refinance: Annotated[
        bool | None, fact(FactType.flag, "The loan refinances one of the same lender.")
    ] = None
    months_since_last_fee: Annotated[
        int | None, fact(FactType.number, "Months since the last administrative fee.")
    ] = None
    membership_months: Annotated[
        int | None, fact(FactType.number, "Months of membership in the credit union.")
    ] = None
    loans_last_6_months: Annotated[
        int | None, fact(FactType.number, "Loans of the same kind made in the last six months.")
    ] = None
    has_open_loan: Annotated[
        bool | None, fact(FactType.flag, "Another loan of the same kind is open.")
    ] = None
    rollover: Annotated[
        bool | None, fact(FactType.flag, "The loan replaces one that was due, fees added.")
    ] = None
    repayments_per_period: Annotated[
        Money | None, fact(FactType.money, "Repayments of all such loans in a pay period.")
    ] = None
    net_income_per_period: Annotated[
        Money | None, fact(FactType.money, "Net income of the borrower in a pay period.")
    ] = None
    refund_method: Annotated[
        str | None, fact(FactType.text, '"actuarial", "straight_line" or "rule_of_78".')
    ] = None
    floating_rate: Annotated[bool | None, fact(FactType.flag, "The rate follows an index.")] = None
    in_fixed_rate_period: Annotated[
        bool | None, fact(FactType.flag, "The rate is fixed on the day.")
    ] = None
    interest_otherwise_payable: Annotated[
        Money | None,
        fact(FactType.money, "Interest the borrower would have paid without paying early."),
    ] = None
    withdraw_by: Annotated[
        date | None, fact(FactType.date, "Day on which the borrower withdraws from the contract.")
    ] = None
    cooling_off_days: Annotated[
        int | None, fact(FactType.days, "Days in which the borrower may leave the contract.")
    ] = None
    documents_returned_on: Annotated[
        date | None, fact(FactType.date, "Day the property documents were given back.")
    ] = None
    paid_off_on: Annotated[date | None, fact(FactType.date, "Day everything owed was paid.")] = None
    disbursed_on: Annotated[date | None, fact(FactType.date, "Day the money went out.")] = None
    interest_from: Annotated[
        date | None, fact(FactType.date, "Day from which interest is to run.")
    ] = None
