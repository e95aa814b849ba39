"""Default: the day a late loan begins to bear its default rate, and the day it is cured."""

from __future__ import annotations

from datetime import date, timedelta
from typing import assert_never

from engine.catalog.terms_in_force import TermsInForce
from engine.interest.default_rate import MaturityDefault, PastDueDefault
from engine.interest.interest_method import default_rate_of
from engine.loan import observe
from engine.loan.events import DefaultRateChanged
from engine.loan.loan import Loan
from engine.loan.outcomes.contract_rate import in_default
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.rates import DEFAULT_BEGINS, DEFAULT_ENDS, reset_rate


def next_default_day(loan: Loan, day: date, terms: TermsInForce) -> date | None:
    """The day the default rate begins if nothing is paid; ``day`` bounds interest only."""
    default, started = default_rate_of(terms.product.interest), loan.started_on
    if default is None or started is None or in_default(loan, day):
        return None
    oldest = observe.oldest_due_date(loan, day, terms.product.rounding)
    if oldest is None:
        return None
    match default.begins:
        case PastDueDefault(days=days):
            begins = oldest + timedelta(days=days)
        case MaturityDefault(days=days):
            if not observe.matured(loan):
                return None
            begins = loan.billed[-1].due_date + timedelta(days=days)
        case _ as never:
            assert_never(never)
    return max(begins, started)


def begin_default(draft: Draft, day: date) -> None:
    """The default rate from a day on."""
    _change(draft, day, holds=True)


def cure_default(draft: Draft, day: date) -> None:
    """Back to the contract rate once nothing is past due; a loan that stays late stays in default.

    Alias: cure.
    """
    loan = draft.loan
    if in_default(loan, day) and loan.paid_off_on is None and loan.charged_off_on is None:
        rounding = draft.terms.product.rounding
        if observe.oldest_unpaid_due_date(loan, day, rounding) is None:
            _change(draft, day, holds=False)


def _change(draft: Draft, day: date, *, holds: bool) -> None:
    late = observe.days_past_due(draft.loan, day, draft.terms.product.rounding)
    because = draft.because("/interest/default_rate", days_past_due=str(late))
    draft.record(
        DefaultRateChanged(effective_on=day, in_default=holds, days_past_due=late, because=because)
    )
    reset_rate(draft, day, DEFAULT_BEGINS if holds else DEFAULT_ENDS)
