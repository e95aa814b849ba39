"""Nothing is recorded for a day to come, or time would pass over the loan too early."""

from __future__ import annotations

from datetime import date

from engine.errors import Refusal
from engine.loan.commands import BookLoan, Command
from engine.loan.counts import counts_on
from servicing.errors import CommandRefused


def refuse_ahead(command: Command, today: date) -> None:
    """Refuse a command that counts after the business date, naming the day at fault.

    A contract alone may be made ahead of its date, and a dry run may look ahead.
    """
    day = counts_on(command)
    if isinstance(command, BookLoan) or day <= today:
        return
    named = (name for name in command.__struct_fields__ if getattr(command, name) == day)
    message = f"{day} is after the business date {today}; only a dry run may look ahead"
    refusal = Refusal(
        code="ahead_of_time", message=message, path=f"/{next(named, '')}", kind="invalid"
    )
    raise CommandRefused((refusal,))
