"""Facts of the loan as agreed: what selects the law and what the contract says."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from engine.facts.fact import FactType, fact
from engine.values.money import Money
from engine.values.rate import Rate


class LoanFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What was agreed and under which law; fixed at consummation."""

    country: Annotated[
        str | None,
        fact(FactType.text, 'Country whose law governs, ISO 3166 alpha-2: "US".'),
    ] = None
    state: Annotated[
        str | None,
        fact(FactType.text, 'US state whose law governs, two letters: "CA".'),
    ] = None
    product: Annotated[
        str | None, fact(FactType.text, 'Id of the product: "personal_installment".')
    ] = None
    product_family: Annotated[
        str | None, fact(FactType.text, '"installment", "bnpl", "auto", "mortgage" or "payday".')
    ] = None
    creditor_type: Annotated[
        str | None,
        fact(
            FactType.text,
            '"bank", "credit_union", "licensed_lender", "unlicensed_lender", "retail_seller" …',
        ),
    ] = None
    purpose: Annotated[
        str | None,
        fact(FactType.text, 'What the money is for: "personal", "vehicle", "purchase", "home" …'),
    ] = None
    contract_date: Annotated[
        date | None, fact(FactType.date, "Day the contract was made (consummation).")
    ] = None
    application_date: Annotated[
        date | None, fact(FactType.date, "Day the borrower's application was received.")
    ] = None
    loan_amount: Annotated[
        Money | None, fact(FactType.money, "Principal of the note, financed fees included.")
    ] = None
    amount_financed: Annotated[
        Money | None, fact(FactType.money, "Amount financed under Truth in Lending.")
    ] = None
    note_rate: Annotated[Rate | None, fact(FactType.rate, "Contract rate per year.")] = None
    apr: Annotated[Rate | None, fact(FactType.rate, "Annual percentage rate, Regulation Z.")] = None
    military_apr: Annotated[
        Rate | None, fact(FactType.rate, "Military APR (MAPR), 32 CFR 232.4.")
    ] = None
    finance_charge: Annotated[
        Money | None, fact(FactType.money, "Finance charge under Truth in Lending.")
    ] = None
    total_of_payments: Annotated[
        Money | None, fact(FactType.money, "Sum of all scheduled payments.")
    ] = None
    number_of_payments: Annotated[
        int | None, fact(FactType.number, "How many installments the contract has.")
    ] = None
    term_days: Annotated[
        int | None, fact(FactType.days, "Days from the contract date to the last due date.")
    ] = None
    term_months: Annotated[
        int | None,
        fact(FactType.number, "Whole months from the contract date to the last due date."),
    ] = None
    origination_fees: Annotated[
        Money | None,
        fact(FactType.money, "Fees charged for making the loan, financed or from proceeds."),
    ] = None
    open_end: Annotated[
        bool | None, fact(FactType.flag, "A line of credit that may be drawn again.")
    ] = None
    dwelling_secured: Annotated[
        bool | None, fact(FactType.flag, "A dwelling secures the loan.")
    ] = None
    grace_days: Annotated[
        int | None, fact(FactType.days, "Days after the due date before a late fee, as agreed.")
    ] = None
