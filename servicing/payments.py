"""The payments of a loan: what came in, where it went, and whether it was taken back."""

from __future__ import annotations

from datetime import date, datetime

from engine.loan.events import PaymentAllocated, PaymentReceived, PaymentReturned, PaymentReversed
from engine.loan.reapply import live
from servicing.actor import Actor
from servicing.house import House
from servicing.ids import payment_id
from servicing.permissions import require
from servicing.standing import standing
from servicing.telling import allocation_view
from servicing.views import AllocationView, View


class PaymentView(View, frozen=True, kw_only=True):
    """A payment on a loan."""

    payment_id: str
    received_on: date
    amount: str
    method: str
    reference: str
    kind: str
    """regular, principal_only, payoff, recovery."""
    state: str
    """received, returned, reversed."""
    taken_back_on: date | None
    return_code: str
    """ACH return code of a returned payment; empty otherwise."""
    allocation: AllocationView | None
    """Where it went, as last decided; None once it was taken back."""
    recorded_at: datetime


async def payments(
    house: House,
    actor: Actor,
    loan_id: str,
    as_of: date | None = None,
    as_known_at: datetime | None = None,
) -> tuple[PaymentView, ...]:
    """Every payment that had come in by the day, in the order of recording."""
    require(actor, "loans:read")
    at = await standing(house, loan_id, as_of, as_known_at, with_history=True)
    returned: dict[int, PaymentReturned | PaymentReversed] = {}
    allocated: dict[int, PaymentAllocated] = {}
    for _, event in live(at.numbered):
        match event:
            case PaymentReturned() | PaymentReversed():
                returned[event.payment] = event
            case PaymentAllocated():
                allocated[event.payment] = event
            case _:
                continue
    return tuple(
        _payment(loan_id, seq, event, stored.recorded.recorded_at, at.loan.currency,
                 allocated.get(seq), returned.get(seq))
        for stored in at.events
        for seq, event in [stored.numbered]
        if isinstance(event, PaymentReceived) and event.effective_on <= at.day
    )  # fmt: skip


def _payment(
    loan_id: str,
    seq: int,
    event: PaymentReceived,
    recorded_at: datetime,
    currency: str,
    allocated: PaymentAllocated | None,
    returned: PaymentReturned | PaymentReversed | None,
) -> PaymentView:
    state, taken_back_on, code = "received", None, ""
    match returned:
        case PaymentReturned():
            state, taken_back_on, code = "returned", returned.returned_on, returned.return_code
        case PaymentReversed():
            state, taken_back_on = "reversed", returned.reversed_on
        case None:
            pass
    kept = allocated if returned is None else None
    return PaymentView(
        payment_id=payment_id(loan_id, seq),
        received_on=event.effective_on,
        amount=event.amount.text(currency),
        method=event.method,
        reference=event.reference,
        kind=event.kind.value,
        state=state,
        taken_back_on=taken_back_on,
        return_code=code,
        allocation=allocation_view(kept, currency) if kept else None,
        recorded_at=recorded_at,
    )
