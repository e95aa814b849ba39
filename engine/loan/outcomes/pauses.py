"""What follows from a pause of interest: installments that wait for later days, or are set anew."""

from __future__ import annotations

from datetime import date

from engine.catalog.terms_in_force import TermsInForce
from engine.loan import observe
from engine.loan.events import InterestPaused, InterestPauseEnded, PlannedInstallment, ScheduleSet
from engine.loan.loan import InterestPause, Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.rate_path import due_days
from engine.loan.outcomes.rates import PAUSED, RESUMED, reset_rate
from engine.loan.outcomes.reamortization import reamortize
from engine.loan.status import PausedAmounts, PausedInstallments
from engine.trace import explained

_STEP = 24


def begin_pause(draft: Draft, fact: InterestPaused) -> None:
    """Interest stops; installments due in the pause wait, or all of them are set anew."""
    day = fact.effective_on
    reset_rate(draft, day)
    if fact.installments is PausedInstallments.wait:
        _move(draft, day, _waiting(draft, fact.to_date), PAUSED)
    if fact.amounts is PausedAmounts.set_anew:
        reamortize(draft, day, PAUSED)


def end_pause(draft: Draft, fact: InterestPauseEnded) -> None:
    """Interest is earned again; installments that waited come sooner."""
    day = fact.effective_on
    ended = _pause_begun(draft.loan, fact.first_day)
    reset_rate(draft, day)
    if ended.installments is PausedInstallments.wait and observe.unbilled(draft.loan):
        _move(draft, day, _sooner(draft, day), RESUMED)
    if ended.amounts is PausedAmounts.set_anew:
        reamortize(draft, day, RESUMED)


def _pause_begun(loan: Loan, first_day: date) -> InterestPause:
    return next(pause for pause in loan.interest_pauses if pause.first_day == first_day)


def _waiting(draft: Draft, last_day: date) -> list[date]:
    """Due dates of the installments to come when none falls due through a day."""
    coming = [row.due_date for row in observe.unbilled(draft.loan)]
    kept = [due for due in coming if due > last_day]
    count = len(coming) - len(kept)
    after = max([last_day, *coming])
    return [*kept, *due_dates_after(draft.loan, after, count, draft.terms)]


def _sooner(draft: Draft, day: date) -> list[date]:
    """Due dates of the installments to come, with those of the rhythm between the day and them."""
    coming = [row.due_date for row in observe.unbilled(draft.loan)]
    free = due_dates_after(draft.loan, day, len(coming), draft.terms)
    return sorted({*(due for due in free if due < min(coming)), *coming})[: len(coming)]


def _move(draft: Draft, day: date, dates: list[date], reason: str) -> None:
    """Give the installments still to come other due dates."""
    coming = observe.unbilled(draft.loan)
    moved = tuple(
        PlannedInstallment(row.number, due, row.amount)
        for row, due in zip(coming, dates, strict=True)
    )
    if moved != coming:
        draft.record(
            ScheduleSet(
                effective_on=day,
                installments=moved,
                reason=reason,
                because=draft.because("/due_dates"),
            )
        )


@explained
def due_dates_after(loan: Loan, day: date, count: int, terms: TermsInForce) -> tuple[date, ...]:
    """The first due dates of the contract's rhythm after a day."""
    most = loan.agreed.number_of_payments + count
    while True:
        later = [due for due in due_days(loan.agreed, most, terms) if due > day]
        if len(later) >= count:
            return tuple(later[:count])
        most += _STEP
