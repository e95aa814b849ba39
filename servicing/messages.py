"""What the world should hear of a decision: public messages, written with it to the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.codec.definition import to_document
from engine.loan.events import (
    Event,
    InstallmentBilled,
    InterestPeriodEnded,
    PaymentAllocated,
    ScheduleSet,
)
from engine.loan.loan import Loan

_INTERNAL = (PaymentAllocated, ScheduleSet, InstallmentBilled, InterestPeriodEnded)
"""Outcomes that say nothing to the world beyond the facts they follow from."""


def public_messages(
    loan: Loan, events: Iterable[tuple[int, Event]]
) -> tuple[tuple[int, str, dict[str, Any]], ...]:
    """(loan seq, topic, body) of each event the world hears of; ids and amounts, no names."""
    return tuple(
        (seq, topic_of(event), to_document(event, loan.currency))
        for seq, event in events
        if not isinstance(event, _INTERNAL)
    )


def topic_of(event: Event) -> str:
    """Topic of a message: "loan.payment_received"."""
    return f"loan.{type(event).__struct_config__.tag}"
