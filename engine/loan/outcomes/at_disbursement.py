"""What falls due on the very day the money goes out: a down payment, or payments in advance."""

from __future__ import annotations

from datetime import date

from engine.loan import observe
from engine.loan.events import ScheduleSet
from engine.loan.outcomes.billing import bill
from engine.loan.outcomes.draft import Draft


def bill_at_disbursement(draft: Draft, day: date) -> None:
    """Bill what is due at disbursement, moved to its day where that is another."""
    count = draft.loan.agreed.due_at_disbursement
    if not count:
        return
    rows = observe.planned(draft.loan)
    moved = [row.on_days(day, day) for row in rows[:count]]
    if moved != list(rows[:count]):
        draft.record(
            ScheduleSet(
                effective_on=day,
                installments=(*moved, *rows[count:]),
                reason="disbursement",
                because=draft.because("/down_payment"),
            )
        )
    bill(draft, day)
