"""Facts of disclosures, notices and answers: what was told, when it was asked, when it is due."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from engine.facts.fact import FactType, fact
from engine.values.money import Money
from engine.values.rate import Rate


class DisclosureFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A notice, disclosure or answer in question and the days it hangs on."""

    disclosed_apr: Annotated[Rate | None, fact(FactType.rate, "The APR that was disclosed.")] = None
    disclosed_finance_charge: Annotated[
        Money | None, fact(FactType.money, "The finance charge that was disclosed.")
    ] = None
    irregular_transaction: Annotated[
        bool | None,
        fact(
            FactType.flag, "Several advances, irregular periods or amounts, 12 CFR 1026.22(a)(3)."
        ),
    ] = None
    mapr_statement_delivered: Annotated[
        bool | None, fact(FactType.flag, "The statement of the MAPR was given, 32 CFR 232.6.")
    ] = None
    has_arbitration_clause: Annotated[
        bool | None, fact(FactType.flag, "The contract asks for mandatory arbitration.")
    ] = None
    autopay_required: Annotated[
        bool | None,
        fact(FactType.flag, "Credit is given only to who pays by preauthorized transfer."),
    ] = None
    request_received_on: Annotated[
        date | None, fact(FactType.date, "Day a request, dispute or notice was received.")
    ] = None
    request_kind: Annotated[
        str | None,
        fact(FactType.text, 'What was asked: "general", "payoff_error", "owner_identity" …'),
    ] = None
    additional_information: Annotated[
        bool | None, fact(FactType.flag, "More was sent while a dispute was looked into.")
    ] = None
    statements_this_year: Annotated[
        int | None, fact(FactType.number, "Payoff statements given in this calendar year.")
    ] = None
    notice_sent_on: Annotated[
        date | None, fact(FactType.date, "Day the notice in question was sent.")
    ] = None
    reminder_sent_on: Annotated[
        date | None, fact(FactType.date, "Day the reminder of that notice was sent.")
    ] = None
    disclosures_delivered_on: Annotated[
        date | None, fact(FactType.date, "Day all material disclosures were delivered.")
    ] = None
    happening_on: Annotated[
        date | None,
        fact(
            FactType.date,
            "Day of what a notice precedes or follows: a transfer, a charge, a new payment.",
        ),
    ] = None
    answer_on: Annotated[
        date | None, fact(FactType.date, "Day an answer, notice or refund is to be given.")
    ] = None
    acknowledged_on: Annotated[
        date | None, fact(FactType.date, "Day a request is to be acknowledged.")
    ] = None
    disburse_on: Annotated[date | None, fact(FactType.date, "Day the money is to go out.")] = None
    credited_on: Annotated[
        date | None, fact(FactType.date, "Day from which a payment is to count.")
    ] = None
    payment_conforms: Annotated[
        bool | None, fact(FactType.flag, "The payment was made as the servicer's rules ask.")
    ] = None
    opted_out: Annotated[
        bool | None, fact(FactType.flag, "The borrower opted out of sharing personal data.")
    ] = None
    credit_balance: Annotated[
        Money | None, fact(FactType.money, "What the lender owes the borrower.")
    ] = None
    months_held: Annotated[
        int | None, fact(FactType.number, "Months a credit balance has been held.")
    ] = None
    refund_requested: Annotated[
        bool | None, fact(FactType.flag, "The borrower asked in writing for a refund.")
    ] = None
