"""Let time pass: decide what the days through a given day bring, in the order the day has.

Rates, then capitalization, then bills, then fees, then stages; facts of a day come after what time
decides. Each outcome carries its own day, so advancing day by day, monthly or at once gives the
same outcomes.
"""

from __future__ import annotations

from datetime import date

from engine.catalog.terms_in_force import TermsInForce
from engine.loan.boundaries import (
    late_fees_to_judge,
    next_billing_day,
    next_boundary,
    periods_to_end,
)
from engine.loan.events import InterestPeriodEnded
from engine.loan.loan import Loan
from engine.loan.outcomes.allocation import apply_held_funds
from engine.loan.outcomes.billing import bill
from engine.loan.outcomes.capitalization import capitalize
from engine.loan.outcomes.default import begin_default, next_default_day
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.fees import assess_late_fee
from engine.loan.outcomes.interest_cap import next_cap_day, reach_cap
from engine.loan.outcomes.rates import next_rate_day, pass_rate_day
from engine.loan.outcomes.stages import (
    charge_off_proposal_day,
    enter_stage,
    next_stage_day,
    non_accrual_proposal_day,
    propose_charge_off,
    propose_non_accrual,
)


def advance(loan: Loan, day: date, terms: TermsInForce) -> Draft:
    """The loan with everything time decides through the end of a day."""
    draft = Draft.on(loan, terms)
    advance_draft(draft, day)
    return draft


def advance_draft(draft: Draft, day: date) -> None:
    """Decide, in a draft, everything time brings through a day."""
    while True:
        boundary = next_boundary(draft.loan, draft.terms)
        if boundary is None or boundary > day:
            return
        decided = len(draft.events)
        _pass_boundary(draft, boundary)
        assert len(draft.events) > decided, f"nothing was decided at the boundary {boundary}"


def _pass_boundary(draft: Draft, day: date) -> None:
    """Everything time decides on one day, in order."""
    rate_day = next_rate_day(draft.loan, draft.terms)
    if rate_day is not None and rate_day <= day:
        pass_rate_day(draft, rate_day)
    default_day = next_default_day(draft.loan, day, draft.terms)
    if default_day is not None and default_day <= day:
        begin_default(draft, day)
    cap_day = next_cap_day(draft.loan)
    if cap_day is not None and cap_day <= day:
        reach_cap(draft, cap_day)
    for number, ended in periods_to_end(draft.loan):
        if ended <= day:
            draft.record(InterestPeriodEnded(effective_on=ended, number=number))
    billing_day = next_billing_day(draft.loan, draft.terms)
    if billing_day is not None and billing_day <= day:
        capitalize(draft, day)
        bill(draft, day)
        apply_held_funds(draft, day)
    for fee_day, fee, row in late_fees_to_judge(draft.loan, draft.terms):
        if fee_day <= day:
            assess_late_fee(draft, fee_day, fee, row)
    stage_day = next_stage_day(draft.loan, day, draft.terms)
    if stage_day is not None and stage_day <= day:
        enter_stage(draft, day)
    non_accrual_day = non_accrual_proposal_day(draft.loan, day, draft.terms)
    if non_accrual_day is not None and non_accrual_day <= day:
        propose_non_accrual(draft, day)
    proposal_day = charge_off_proposal_day(draft.loan, day, draft.terms)
    if proposal_day is not None and proposal_day <= day:
        propose_charge_off(draft, day)
