"""Facts of the loan's standing on the day: balances and lateness."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from engine.facts.fact import FactType, fact
from engine.values.money import Money
from engine.values.rate import Rate


class StandingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Where the loan stands as of the day."""

    event_date: Annotated[
        date | None, fact(FactType.date, "The day the question is asked for.")
    ] = None
    days_past_due: Annotated[
        int | None, fact(FactType.days, "Days since the oldest unpaid due date; 0 when current.")
    ] = None
    amount_past_due: Annotated[
        Money | None, fact(FactType.money, "Installments due before the day and not paid.")
    ] = None
    principal_balance: Annotated[
        Money | None, fact(FactType.money, "Principal owed on the day.")
    ] = None
    accrued_interest: Annotated[
        Money | None, fact(FactType.money, "Interest earned and unpaid on the day, rounded.")
    ] = None
    fees_owed: Annotated[
        Money | None, fact(FactType.money, "Fees assessed and neither paid nor waived.")
    ] = None
    current_rate: Annotated[
        Rate | None, fact(FactType.rate, "Rate in force on the day, per year.")
    ] = None
    delinquency_stage: Annotated[
        str | None, fact(FactType.text, "Stage of lateness by the product's own names.")
    ] = None
    charged_off: Annotated[
        bool | None, fact(FactType.flag, "The loss was recognized and interest stopped.")
    ] = None
