"""From which day a command counts, and that it is not before the loan itself."""

from __future__ import annotations

from datetime import date

from engine.errors import refuse
from engine.loan.commands import (
    Command,
    DisburseLoan,
    RecordBorrowerStatus,
    ReturnPayment,
    ReverseDisbursement,
    ReversePayment,
)
from engine.loan.counts import counts_on
from engine.loan.loan import Loan


def counting_day(loan: Loan, command: Command) -> date:
    """The day from which the command counts; a returned payment's is the day it was received."""
    if isinstance(command, ReturnPayment | ReversePayment):
        for made in loan.payments:
            if made.seq == command.payment:
                return min(made.received_on, counts_on(command))
    if isinstance(command, ReverseDisbursement):
        for part in loan.disbursements:
            if part.seq == command.disbursement:
                return min(part.disbursed_on, counts_on(command))
    if isinstance(command, RecordBorrowerStatus):
        return max(command.from_date, loan.started_on or command.from_date)
    return counts_on(command)


def not_before_start(loan: Loan, day: date, command: Command) -> None:
    """Refuse what would count before the loan was boarded, disbursed or even agreed."""
    started, what = loan.agreed.contract_date, "contracted"
    if loan.boarded_on is not None:
        started, what = loan.boarded_on, "boarded"
    elif loan.disbursed_on is not None and not isinstance(command, DisburseLoan):
        started, what = loan.disbursed_on, "disbursed"
    if day < started:
        raise refuse(
            "before_start",
            f"{day} is before the loan was {what} on {started}; nothing can count before that.",
            kind="invalid",
        )
