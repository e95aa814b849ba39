"""Delinquency stages and closing: what follows from a loan being later, less late, or paid."""

from __future__ import annotations

from datetime import date, timedelta

from engine.catalog.terms_in_force import TermsInForce
from engine.delinquency.stages import Delinquency, stage_for
from engine.loan import observe
from engine.loan.closing import given_back, payoff_interest
from engine.loan.events import (
    BalanceForgiven,
    ChargeOffProposed,
    DelinquencyStageChanged,
    LoanPaidOff,
    NonAccrualProposed,
    PaymentAllocated,
)
from engine.loan.loan import Loan
from engine.loan.outcomes.default import cure_default
from engine.loan.outcomes.draft import Draft
from engine.values.money import ZERO, total


def severity(stage: str, delinquency: Delinquency) -> int:
    """How late a stage is: its first day past due; 0 for current."""
    return next((row.days_past_due for row in delinquency.stages if row.name == stage), 0)


def next_stage_day(loan: Loan, day: date, terms: TermsInForce) -> date | None:
    """The day the loan enters its next stage if nothing is paid; ``day`` bounds interest only."""
    oldest = observe.oldest_due_date(loan, day, terms.product.rounding)
    if oldest is None:
        return None
    delinquency = terms.product.delinquency
    reached = severity(observe.delinquency_stage(loan), delinquency)
    later = [row.days_past_due for row in delinquency.stages if row.days_past_due > reached]
    return oldest + timedelta(days=min(later)) if later else None


def charge_off_proposal_day(loan: Loan, day: date, terms: TermsInForce) -> date | None:
    """The day the product's charge-off is proposed if nothing is paid."""
    after = terms.product.delinquency.charge_off_proposed_after_days
    oldest = observe.oldest_due_date(loan, day, terms.product.rounding)
    if after is None or oldest is None or loan.charge_off_proposed_on is not None:
        return None
    proposed = oldest + timedelta(days=after)
    return max(proposed, loan.started_on or proposed)


def non_accrual_proposal_day(loan: Loan, day: date, terms: TermsInForce) -> date | None:
    """The day non-accrual is proposed if nothing is paid: once, unless a person was first."""
    after = terms.product.delinquency.non_accrual_proposed_after_days
    if after is None or loan.non_accrual_proposed_on is not None or loan.non_accrual_changes:
        return None
    oldest = observe.oldest_due_date(loan, day, terms.product.rounding)
    if oldest is None:
        return None
    proposed = oldest + timedelta(days=after)
    return max(proposed, loan.started_on or proposed)


def enter_stage(draft: Draft, day: date) -> None:
    """Record the stage of the day when it differs from the one last recorded."""
    product = draft.terms.product
    late = observe.days_past_due(draft.loan, day, product.rounding)
    stage = stage_for(late, product.delinquency)
    if stage != observe.delinquency_stage(draft.loan):
        draft.record(DelinquencyStageChanged(effective_on=day, stage=stage, days_past_due=late))


def propose_charge_off(draft: Draft, day: date) -> None:
    """Say that the product's charge-off day was reached; a person decides."""
    late = observe.days_past_due(draft.loan, day, draft.terms.product.rounding)
    draft.record(
        ChargeOffProposed(
            effective_on=day,
            days_past_due=late,
            because=draft.because("/delinquency/charge_off_proposed_after_days"),
        )
    )


def propose_non_accrual(draft: Draft, day: date) -> None:
    """Say that the product's non-accrual day was reached; a person decides."""
    late = observe.days_past_due(draft.loan, day, draft.terms.product.rounding)
    because = draft.because("/delinquency/non_accrual_proposed_after_days")
    draft.record(NonAccrualProposed(effective_on=day, days_past_due=late, because=because))


def settle(draft: Draft, day: date) -> None:
    """After something was paid or forgiven: close the loan if nothing is owed, else its stage."""
    _close_if_nothing_owed(draft, day)
    cure_default(draft, day)
    if draft.loan.charged_off_on is None:
        _improve_stage(draft, day)


def _improve_stage(draft: Draft, day: date) -> None:
    """A payment never makes a loan later: only a better stage is recorded here."""
    product = draft.terms.product
    late = observe.days_past_due(draft.loan, day, product.rounding)
    stage = stage_for(late, product.delinquency)
    recorded = observe.delinquency_stage(draft.loan)
    if severity(stage, product.delinquency) < severity(recorded, product.delinquency):
        draft.record(DelinquencyStageChanged(effective_on=day, stage=stage, days_past_due=late))


def _close_if_nothing_owed(draft: Draft, day: date) -> None:
    loan, product = draft.loan, draft.terms.product
    if loan.paid_off_on or loan.charged_off_on or loan.started_on is None:
        return
    interest = payoff_interest(loan, day, product.rounding)
    credit = given_back(loan, day, product.rounding)
    owed = total((loan.principal_balance, interest, observe.fees_owed(loan))) - credit
    if owed > ZERO and not observe.fees_owed(loan) and owed <= product.payments.payoff_tolerance:
        settled = tuple(
            (row.number, row.remaining)
            for row in observe.installments_due(loan, day, product.rounding)
        )
        draft.record(
            BalanceForgiven(
                effective_on=day,
                principal=loan.principal_balance,
                interest=interest,
                installments=settled,
                non_accrual=loan.non_accrual_since(day) is not None,
                because=draft.because("/payments/payoff_tolerance"),
            )
        )
        owed = ZERO
    if owed > ZERO:
        return
    if credit:
        principal = min(credit, loan.principal_balance)
        draft.record(
            PaymentAllocated(
                effective_on=day,
                payment=0,
                interest=-credit,
                principal=principal,
                unapplied=credit - principal,
                because=draft.because("/interest/payoff"),
            )
        )
    draft.record(LoanPaidOff(effective_on=day))
