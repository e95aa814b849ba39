"""Facts of the fee in question and of the installment or payment it is charged for."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from engine.facts.fact import FactType, fact
from engine.values.money import Money


class FeeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One fee about to be assessed."""

    fee_kind: Annotated[
        str | None,
        fact(FactType.text, '"late_fee", "returned_payment_fee", "origination_fee" …'),
    ] = None
    fee_name: Annotated[str | None, fact(FactType.text, "The fee's name in the product.")] = None
    fee_amount: Annotated[
        Money | None, fact(FactType.money, "What the note allows, before law narrows it.")
    ] = None
    installment_due_date: Annotated[
        date | None, fact(FactType.date, "Due date of the installment in question.")
    ] = None
    days_since_due: Annotated[
        int | None, fact(FactType.days, "Days from the installment's due date to the day.")
    ] = None
    installment_amount: Annotated[
        Money | None,
        fact(FactType.money, "The installment in question, or the regular installment."),
    ] = None
    installment_unpaid: Annotated[
        Money | None,
        fact(FactType.money, "What of the installment's own amount is not paid."),
    ] = None
    late_fees_paid_since_due: Annotated[
        Money | None,
        fact(
            FactType.money,
            "Money of the payments made for this installment that earlier late fees took.",
        ),
    ] = None
    late_fees_on_installment: Annotated[
        int | None,
        fact(FactType.number, "Late fees already charged for this installment."),
    ] = None
    late_fees_last_12_months: Annotated[
        int | None, fact(FactType.number, "Late fees charged in the 12 months to the day.")
    ] = None
    return_code: Annotated[
        str | None, fact(FactType.text, 'Why the bank returned the payment: "R01".')
    ] = None
    returns_last_12_months: Annotated[
        int | None, fact(FactType.number, "Payments returned in the 12 months to the day.")
    ] = None
