"""How what an installment still wants divides into interest and principal.

Where interest is earned on what is owed, interest earned to the day takes its part of the oldest
installment first. Where the schedule fixes it by period, each installment takes its own period's,
whatever the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from engine.loan import observe
from engine.loan.dollars import in_parts
from engine.loan.installments import scheduled_interest
from engine.loan.loan import Loan
from engine.trace import explained
from engine.values.money import ZERO, Money, total
from engine.values.rounding import Rounding


class Wanted(NamedTuple):
    """An installment that money may pay: number, due date, what is still unpaid of it."""

    number: int
    due_date: date
    left: Money


class PartsDue(NamedTuple):
    """What an installment still wants, by component."""

    number: int
    due_date: date
    interest: Money
    principal: Money


@explained
def parts_due(
    loan: Loan, rows: Sequence[Wanted], day: date, rounding: Rounding
) -> tuple[PartsDue, ...]:
    """Interest and principal of installments, oldest first, if they are paid on a day."""
    fixed = loan.agreed.by_period is not None
    earned = ZERO if fixed or not rows else observe.interest_owed(loan, day, rounding)
    scheduled = scheduled_interest(loan, rounding) if fixed else {}
    principal = loan.principal_balance
    parts: list[PartsDue] = []
    for row in rows:
        unpaid = _unpaid_of(loan, row.number, scheduled) if fixed else earned
        part = in_parts(loan, row.number, row.left, unpaid, principal)
        earned, principal = earned - part.interest, principal - part.principal
        parts.append(PartsDue(row.number, row.due_date, part.interest, part.principal))
    return tuple(parts)


def interest_unpaid(loan: Loan, number: int, rounding: Rounding) -> Money:
    """Interest unpaid of an installment, where the schedule fixes it."""
    return _unpaid_of(loan, number, scheduled_interest(loan, rounding))


def _unpaid_of(loan: Loan, number: int, scheduled: dict[int, Money]) -> Money:
    paid = loan.interest_toward.get(number, ZERO)
    return max(scheduled.get(number, ZERO) - paid, ZERO)


def unpaid_through(loan: Loan, day: date, rounding: Rounding) -> list[Wanted]:
    """Installments due by a day, billed yet or not, with something unpaid.

    One whose period has ended counts, though its due date moved to a later day.
    """
    rows = [
        Wanted(row.number, row.due_date, row.remaining)
        for row in observe.installments_due(loan, day, rounding)
    ]
    return rows + [
        Wanted(row.number, row.due_date, observe.remaining_of(loan, row.number, row.amount))
        for row in observe.unbilled(loan)
        if row.earned_on <= day
    ]


def unpaid_to_come(loan: Loan, day: date, through: int) -> list[Wanted]:
    """Installments due after a day, up to a number, with what is unpaid of them."""
    return [
        Wanted(row.number, row.due_date, observe.remaining_of(loan, row.number, row.amount))
        for row in observe.unbilled(loan)
        if row.earned_on > day and row.number <= through
    ]


def principal_beyond(loan: Loan, rows: Sequence[Wanted], day: date, rounding: Rounding) -> Money:
    """Principal that is left once some installments are paid."""
    of_rows = total(part.principal for part in parts_due(loan, rows, day, rounding))
    return loan.principal_balance - of_rows
