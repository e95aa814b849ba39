"""From which day a command counts."""

from __future__ import annotations

from datetime import date
from typing import Final

from engine.loan.commands import (
    AdvanceTo,
    AssessFee,
    BoardLoan,
    BookLoan,
    CancelLoan,
    ChangeRate,
    ChargeOffLoan,
    Command,
    DisburseLoan,
    EndInterestPause,
    MoveLoan,
    PauseInterest,
    PlaceOnNonAccrual,
    ReceivePayment,
    RecordBorrowerStatus,
    ReturnPayment,
    ReturnToAccrual,
    ReverseDisbursement,
    ReversePayment,
    WaiveFee,
)

_COUNTS_FROM: Final[dict[type[Command], str]] = {
    DisburseLoan: "disbursed_on",
    ReverseDisbursement: "reversed_on",
    BoardLoan: "boarded_on",
    ReceivePayment: "received_on",
    ReturnPayment: "returned_on",
    ReversePayment: "reversed_on",
    AssessFee: "assessed_on",
    WaiveFee: "waived_on",
    RecordBorrowerStatus: "from_date",
    ChangeRate: "effective_on",
    PauseInterest: "from_date",
    EndInterestPause: "ended_on",
    MoveLoan: "moved_on",
    PlaceOnNonAccrual: "placed_on",
    ReturnToAccrual: "returned_on",
    ChargeOffLoan: "charged_off_on",
    CancelLoan: "cancelled_on",
    AdvanceTo: "day",
}
"""The field of each command that holds the day it counts from; a test asks all."""


def counts_on(command: Command) -> date:
    """The day from which the command counts."""
    if isinstance(command, BookLoan):
        return command.terms.contract_date
    day: date = getattr(command, _COUNTS_FROM[type(command)])
    return day
