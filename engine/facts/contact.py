"""Facts of contact with a borrower, of collection, credit reporting and bank debits."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from engine.facts.fact import FactType, fact
from engine.values.money import Money
from engine.values.rate import Rate


class ContactFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A call, letter, report or debit about to be made."""

    third_party_collector: Annotated[
        bool | None, fact(FactType.flag, "Who contacts is a debt collector under Regulation F.")
    ] = None
    calls_last_7_days: Annotated[
        int | None,
        fact(FactType.number, "Calls in the seven days that end on the day, without it."),
    ] = None
    days_since_conversation: Annotated[
        int | None,
        fact(FactType.days, "Days since the last conversation; a large number if there was none."),
    ] = None
    local_minutes: Annotated[
        int | None,
        fact(FactType.number, "Minutes since midnight where the borrower is: 480 is 8:00."),
    ] = None
    cease_requested: Annotated[
        bool | None, fact(FactType.flag, "The borrower asked in writing not to be contacted.")
    ] = None
    has_attorney: Annotated[
        bool | None, fact(FactType.flag, "An attorney represents the borrower.")
    ] = None
    contact_purpose: Annotated[
        str | None, fact(FactType.text, '"demand", "notice_of_remedy", "termination" …')
    ] = None
    consent_revoked_on: Annotated[
        date | None, fact(FactType.date, "Day the consent to automated calls was revoked.")
    ] = None
    first_delinquency_on: Annotated[
        date | None, fact(FactType.date, "Day the delinquency began that led to charge-off.")
    ] = None
    failed_withdrawals: Annotated[
        int | None, fact(FactType.number, "Consecutive failed attempts to withdraw a payment.")
    ] = None
    new_authorization: Annotated[
        bool | None, fact(FactType.flag, "The borrower gave a new, specific authorization.")
    ] = None
    reinitiations: Annotated[
        int | None, fact(FactType.number, "Times a returned entry was sent again.")
    ] = None
    days_since_original_entry: Annotated[
        int | None, fact(FactType.days, "Days since the entry that was returned.")
    ] = None
    unauthorized_returns: Annotated[
        Rate | None, fact(FactType.rate, "Share of debits of 60 days returned as unauthorized.")
    ] = None
    administrative_returns: Annotated[
        Rate | None, fact(FactType.rate, "Share of debits of 60 days returned for a wrong account.")
    ] = None
    all_returns: Annotated[
        Rate | None, fact(FactType.rate, "Share of debits of 60 days returned for any reason.")
    ] = None
    application_pending: Annotated[
        bool | None, fact(FactType.flag, "A complete loss mitigation application is undecided.")
    ] = None
    loans_serviced: Annotated[
        int | None, fact(FactType.number, "Mortgage loans the servicer services.")
    ] = None
    owns_all_serviced: Annotated[
        bool | None, fact(FactType.flag, "The servicer owns or originated every loan it services.")
    ] = None
    paid_old_servicer_on_time: Annotated[
        bool | None, fact(FactType.flag, "The payment reached the old servicer in time.")
    ] = None
    interest_received: Annotated[
        Money | None, fact(FactType.money, "Interest received in the calendar year.")
    ] = None
    canceled_debt: Annotated[
        Money | None, fact(FactType.money, "Debt that was canceled in the calendar year.")
    ] = None
    individual_borrower: Annotated[
        bool | None, fact(FactType.flag, "The borrower is a natural person.")
    ] = None
