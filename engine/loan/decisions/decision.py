"""What a decision is: the events that happen, what rules said, and what drifted."""

from __future__ import annotations

import msgspec

from engine.compliance.finding import Finding
from engine.loan.events import Event
from engine.loan.loan import Loan


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """Outcomes that today's code or rules decide differently, without any new fact."""

    stored: tuple[tuple[int, Event], ...]
    """Outcomes as they stand in the history, with their numbers."""
    decided_now: tuple[Event, ...]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a command comes to."""

    before: Loan | None
    loan: Loan
    """The loan with the events applied."""
    events: tuple[tuple[int, Event], ...]
    """Sequence number and event, in recording order."""
    findings: tuple[Finding, ...] = ()
    drift: Drift | None = None


class NeedsHistory(Exception):
    """The command counts before something already decided: call again with the whole history."""
