"""How a boarding file fared."""

from __future__ import annotations

from servicing.views.view import View


class RowProblem(View, frozen=True, kw_only=True):
    """A bad cell of a boarding file."""

    line: int
    column: str
    value: str
    message: str
    """What is wrong and what is allowed."""


class BoardingReport(View, frozen=True, kw_only=True):
    """How a boarding file fared; nothing is half-boarded."""

    boarding_id: str
    rows: int
    boarded: int
    already_boarded: int
    bad_rows: int
    problems: tuple[RowProblem, ...]
    state: str
    """validated, boarding, done, refused."""
