"""What follows from a pause of interest: installments that wait for later days, or are set anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from engine.catalog.terms_in_force import TermsInForce
from engine.loan import observe
from engine.loan.events import InterestPaused, InterestPauseEnded, ScheduleSet
from engine.loan.loan import InterestPause, Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.rate_path import due_days, period_ends
from engine.loan.outcomes.rates import PAUSED, RESUMED, reset_rate
from engine.loan.outcomes.reamortization import reamortize
from engine.loan.status import PausedAmounts, PausedInstallments
from engine.trace import explained

_STEP = 24


class DueDay(NamedTuple):
    """When an installment falls due, and the day its period of interest ends."""

    due: date
    ends_on: date


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


def _waiting(draft: Draft, last_day: date) -> list[DueDay]:
    """Due dates of the installments to come when none falls due through a day."""
    coming = _coming_days(draft.loan)
    kept = [days for days in coming if days.due > last_day]
    count = len(coming) - len(kept)
    after = max([last_day, *(days.due for days in coming)])
    return [*kept, *due_dates_after(draft.loan, after, count, draft.terms)]


def _sooner(draft: Draft, day: date) -> list[DueDay]:
    """Due dates of the installments to come, with those of the rhythm between the day and them."""
    coming = _coming_days(draft.loan)
    free = due_dates_after(draft.loan, day, len(coming), draft.terms)
    before = [days for days in free if days < min(coming)]
    return sorted({*before, *coming})[: len(coming)]


def _coming_days(loan: Loan) -> list[DueDay]:
    return [DueDay(row.due_date, row.ends_on) for row in observe.unbilled(loan)]


def _move(draft: Draft, day: date, dates: Sequence[DueDay], reason: str) -> None:
    """Give the installments still to come other due dates; what they ask for stays."""
    coming = observe.unbilled(draft.loan)
    moved = tuple(
        row.on_days(days.due, days.ends_on) for row, days in zip(coming, dates, strict=True)
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
def due_dates_after(loan: Loan, day: date, count: int, terms: TermsInForce) -> tuple[DueDay, ...]:
    """The first due dates of the contract's rhythm after a day, with the ends of their periods."""
    most = loan.agreed.number_of_payments + count
    while True:
        falls, ends = due_days(loan.agreed, most, terms), period_ends(loan.agreed, most, terms)
        later = [DueDay(due, end) for due, end in zip(falls, ends, strict=True) if due > day]
        if len(later) >= count:
            return tuple(later[:count])
        most += _STEP
