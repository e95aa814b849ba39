"""Random lives: happenings in any order, backdated ones too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from engine.loan import observe
from engine.loan.commands import (
    AdvanceTo,
    AssessFee,
    ChangeRate,
    ChargeOffLoan,
    Command,
    DisburseLoan,
    EndInterestPause,
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
from engine.loan.events import LoanDisbursed, PaymentReceived
from engine.loan.status import (
    BorrowerStatusKind,
    PausedAmounts,
    PausedInstallments,
    PaymentKind,
)
from tests.engine.loan.life import Life

START = date(2026, 1, 30)


class Happening(NamedTuple):
    """Something that happens some days after the last, or is recorded days late."""

    what: str
    gap: int
    late: int
    which: int


WHAT = ["pay"] * 6 + [
    "draw", "never_lent", "return", "reverse", "fee", "waive", "serve", "rate", "advance", "off",
    "pause", "resume", "doubt", "trust",
]  # fmt: skip
happenings = st.lists(
    st.builds(
        Happening,
        st.sampled_from(WHAT),
        st.sampled_from([0, 0, 1, 5, 10, 17, 30, 45]),
        st.sampled_from([0, 0, 0, 3, 12, 40]),
        st.integers(0, 11),
    ),
    min_size=2,
    max_size=10,
)
_NUMBERED = ("copy_fee", "returned_payment_fee")
AMOUNTS = ("892.87", "50.00", "2000.00", "0.01", "400.00", "6000.00")


def lived(life: Life, drawn: list[Happening]) -> Iterator[tuple[Happening, Command]]:
    """Each command as its turn comes, for whoever lives it; what makes no sense is left out."""
    day = START
    for happening in drawn:
        day += timedelta(days=happening.gap)
        command = _command(life, happening, day)
        if command is not None and not isinstance(life.ask(command), tuple):
            yield happening, command


def payments_of(life: Life) -> list[int]:
    """Numbers of the payments received, in order."""
    return [item.seq for item in life.history if isinstance(item.event, PaymentReceived)]


def disbursements_of(life: Life) -> list[int]:
    """Numbers of the parts paid out, in order."""
    return [item.seq for item in life.history if isinstance(item.event, LoanDisbursed)]


def _command(life: Life, happening: Happening, day: date) -> Command | None:
    what, _, late, which = happening
    back = max(day - timedelta(days=late), START)
    match what:
        case "pay":
            kind = PaymentKind.principal_only if which > 9 else PaymentKind.regular
            kind = PaymentKind.payoff if which == 8 else kind
            amount = AMOUNTS[which % len(AMOUNTS)]
            return ReceivePayment(amount=amount, received_on=back, kind=kind)
        case "return" | "reverse":
            received = payments_of(life)
            if not received:
                return None
            payment = received[which % len(received)]
            if what == "reverse":
                return ReversePayment(payment=payment, reversed_on=day, reason="not this loan")
            code = ("R01", "R10")[which % 2]
            return ReturnPayment(payment=payment, returned_on=day, return_code=code)
        case "draw":
            amount = ("1000.00", "2500.00")[which % 2]
            return DisburseLoan(disbursed_on=back, amount=amount)
        case "never_lent":
            parts = disbursements_of(life)
            return ReverseDisbursement(
                disbursement=parts[which % len(parts)], reversed_on=day, reason="came back"
            )
        case "fee":
            return AssessFee(fee="copy_fee", assessed_on=back, reason="asked for")
        case "waive":
            owed = [fee for fee in observe.fees(life.at(day)) if fee.owed]
            if not owed:
                return None
            fee = owed[which % len(owed)].charged
            return WaiveFee(fee_id=fee.fee_id, waived_on=day, reason="goodwill")
        case "serve":
            until = back + timedelta(days=50) if which % 2 else None
            military = BorrowerStatusKind.military_service
            return RecordBorrowerStatus(status=military, from_date=back, to_date=until)
        case "rate":
            rate = ("0.0999", "0.05", "0")[which % 3]
            return ChangeRate(note_rate=rate, effective_on=back, reason="hardship")
        case "pause":
            return PauseInterest(
                from_date=back,
                to_date=back + timedelta(days=(5, 30, 47)[which % 3]),
                installments=tuple(PausedInstallments)[which % 2],
                amounts=tuple(PausedAmounts)[which // 6],
                reason="hardship",
            )
        case "resume":
            return EndInterestPause(ended_on=back, reason="back at work")
        case "doubt":
            return PlaceOnNonAccrual(placed_on=back, reason="unlikely to pay")
        case "trust":
            return ReturnToAccrual(returned_on=back, reason="pays again")
        case "off":
            return ChargeOffLoan(charged_off_on=day, reason="gone") if which > 8 else None
        case _:
            return AdvanceTo(day=day)


def without_numbers(state: dict[str, Any]) -> dict[str, Any]:
    """A standing in which fees are known by name alone: their numbers depend on the recording."""

    def bare(found: Any) -> Any:
        if isinstance(found, str):
            name, _, number = found.partition("/")
            return name if number.isdigit() and name in _NUMBERED else found
        return tuple(map(bare, found)) if isinstance(found, tuple) else found

    fees = {name: sorted(str(bare(row)) for row in state[name]) for name in ("fees", "fees_paid")}
    sums = {
        name: sorted((bare(fee), amount.minor) for fee, amount in state[name].items())
        for name in ("fee_paid", "fee_waived")
    }
    return state | fees | sums
