"""Pauses: a time in which no interest is earned, and its early end."""

from __future__ import annotations

from datetime import date

from engine.errors import refuse
from engine.interest.no_interest import NoInterest
from engine.loan.commands import EndInterestPause, PauseInterest
from engine.loan.decisions.circumstances import require_active
from engine.loan.events import InterestPaused, InterestPauseEnded
from engine.loan.loan import Loan
from engine.loan.status import PausedInstallments
from engine.product.product import Product
from engine.values.frequency import ExplicitDates, Single


def pause(loan: Loan, command: PauseInterest, product: Product) -> InterestPaused:
    """The pause as a fact, when it can be held."""
    require_active(loan)
    if command.to_date < command.from_date:
        message = f"{command.to_date} is before {command.from_date}."
        raise refuse("wrong_span", message, path="/to_date", kind="invalid")
    if isinstance(product.interest, NoInterest):
        raise refuse("nothing_to_pause", f"{product.title} earns no interest that could be paused.")
    if loan.agreed.by_period is not None:
        raise refuse(
            "interest_fixed",
            "The schedule fixes the interest of this loan; a pause would change none of it.",
        )
    for known in loan.interest_pauses:
        if command.from_date <= known.last_day and known.first_day <= command.to_date:
            raise refuse(
                "already_paused",
                f"Interest is paused from {known.first_day} to {known.last_day} already.",
                path="/from_date",
            )
    waits = command.installments is PausedInstallments.wait
    if waits and isinstance(loan.agreed.frequency, Single | ExplicitDates):
        raise refuse(
            "no_later_due_dates",
            "The contract lists its due dates, and has none after them for installments to wait "
            "for; let the installments go on.",
            path="/installments",
        )
    return InterestPaused(
        effective_on=command.from_date,
        to_date=command.to_date,
        installments=command.installments,
        amounts=command.amounts,
        reason=command.reason,
    )


def end_pause(loan: Loan, command: EndInterestPause) -> InterestPauseEnded:
    """The early end of the pause that the day lies in."""
    require_active(loan)
    paused = paused_before(loan, command.ended_on)
    if paused is None:
        raise refuse(
            "not_paused",
            f"Interest is not paused on {command.ended_on} and the day before.",
            path="/ended_on",
        )
    return InterestPauseEnded(
        effective_on=command.ended_on, first_day=paused, reason=command.reason
    )


def paused_before(loan: Loan, day: date) -> date | None:
    """First day of the pause that began before the day and holds on it; None without one."""
    for known in loan.interest_pauses:
        if known.first_day < day <= known.last_day:
            return known.first_day
    return None
