"""What a check of the whole book found."""

from __future__ import annotations

from servicing.views.view import View


class VerifyReport(View, frozen=True, kw_only=True):
    """What ``verify`` checked and found."""

    loans: int
    events: int
    entries: int
    problems: tuple[str, ...]
    seconds: float
